import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readWorld, WorldError } from '../../sandbox/world/read.ts';
import { accountFileSchema } from '../../tools/accountSchema.ts';

const page = readFileSync(join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'docs', 'account-file.md'), 'utf8');
const example = /```yaml\n(.*?)```/s.exec(page)?.[1] ?? '';

interface Schema {
  readonly properties?: { readonly [key: string]: Schema };
  readonly propertyNames?: { readonly enum?: readonly string[] };
  readonly items?: Schema;
  readonly enum?: readonly string[];
}

/** Every key that a schema knows, however deep. */
function keysOf({ properties = {}, items }: Schema): readonly string[] {
  return [
    ...(items === undefined ? [] : keysOf(items)),
    ...Object.entries(properties).flatMap(([key, inner]) => [key, ...keysOf(inner)]),
  ];
}

/** Every word that it allows, however deep. */
function valuesOf({ properties = {}, propertyNames, items, enum: values = [] }: Schema): readonly string[] {
  return [
    ...values,
    ...(propertyNames?.enum ?? []),
    ...(items === undefined ? [] : valuesOf(items)),
    ...Object.values(properties).flatMap(valuesOf),
  ];
}

/** What a value holds, by path without positions: `repositories.images.tags`. */
function pathsOf(value: unknown, path = ''): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((inner) => pathsOf(inner, path));
  if (value === null || typeof value !== 'object') return [path];
  return Object.entries(value).flatMap(([key, inner]) => pathsOf(inner, path === '' ? key : `${path}.${key}`));
}

const schema: Schema = JSON.parse(accountFileSchema());
const keys = [...new Set(keysOf(schema))];
const words = [...new Set([...keys, ...valuesOf(schema)])];

describe('the page on account files', () => {
  it('has an example that is read', () => {
    const world = readWorld(example, 'example.account.yaml');
    expect(world.repositories[0]?.images.map(({ tags }) => tags)).toEqual([['prod', '1.42'], ['1.41']]);
    expect(world.clusters[0]?.services[0]?.desiredCount).toBe(2);
  });

  it('shows the message that a mistake in the example gives', () => {
    const broken = example.replace('    tags: { team: payments', '    tag: { team: payments');
    const quoted = /```\n(prod\.account\.yaml:\d+:\d+: .*)\n```/.exec(page)?.[1] ?? '';
    expect(() => readWorld(broken, 'prod.account.yaml')).toThrow(new WorldError(quoted));
  });

  it('uses every key of the schema in its example', () => {
    const used = new Set(pathsOf(readWorld(example, 'example.account.yaml')).flatMap((path) => path.split('.')));
    expect(keys.filter((key) => !used.has(key))).toEqual([]);
  });

  it('explains every key and every allowed word', () => {
    expect(words.length).toBeGreaterThan(30);
    const tables = page.slice(page.indexOf('## The keys'));
    expect(words.filter((word) => !tables.includes(`\`${word}\``))).toEqual([]);
  });
});
