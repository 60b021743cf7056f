import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { catalogue } from '../../shared/actions/catalogue.ts';
import type { ProblemCode } from '../../shared/rules/codes.ts';
import type { Files } from '../../tools/lintExamples/example.ts';
import { lintExamples } from '../../tools/lintExamples/examples.ts';
import { ruleSchemas } from '../../tools/ruleSchemas.ts';

const root = join(import.meta.dirname, '../..');
const ajv = new Ajv({ strict: false, validateFormats: false });
const kindOf = (path: string) =>
  path.endsWith('settings.yaml') ? 'settings' : path.includes('exemptions/') ? 'exemption' : 'rule';
const validators = new Map(
  [...ruleSchemas(catalogue)].map(([path, text]) => [
    path.split('/')[1]?.split('.')[0],
    ajv.compile(JSON.parse(text())),
  ]),
);
const fits = (path: string, text: string): boolean => validators.get(kindOf(path))?.(parse(text)) === true;

/** What an editor is told to hold a file against. */
const schemaLine = /^# yaml-language-server: \$schema=(\S+)\n/;

const filesBelow = (folder: string, ending: string): readonly string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(ending))
    .map((file) => `${folder}/${file}`);
const shipped = ['rules', 'examples/rules'].flatMap((folder) => filesBelow(folder, '.yaml'));

describe.each(shipped)('%s', (path) => {
  const text = readFileSync(join(root, path), 'utf8');

  it('leads an editor to its schema, fits it, and fits into a parameter', () => {
    const [, to = ''] = schemaLine.exec(text) ?? [];
    expect(join(dirname(path), to)).toBe(`docs/${kindOf(path)}.schema.generated.json`);
    expect(fits(path, text), JSON.stringify(validators.get(kindOf(path))?.errors)).toBe(true);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(4096);
  });
});

describe.each(filesBelow('examples', '.account.yaml'))('%s', (path) => {
  it('leads an editor to the schema of account files, and fits it', () => {
    const text = readFileSync(join(root, path), 'utf8');
    const [, to = ''] = schemaLine.exec(text) ?? [];
    const schema = JSON.parse(readFileSync(join(root, dirname(path), to), 'utf8'));
    const { $schema: _, ...undrafted } = schema;
    const validate = ajv.compile(undrafted);
    expect(validate(parse(text)), JSON.stringify(validate.errors)).toBe(true);
  });
});

describe('a rule', () => {
  const good = readFileSync(join(root, 'rules/malware-ecs.yaml'), 'utf8');

  it.each([
    ['a key', 'mode: enforce', 'mod: enforce'],
    ['a mode', 'mode: enforce', 'mode: enforced'],
    ['a field', 'status: [open]', 'staus: [open]'],
    ['a value of a field', 'status: [open]', 'status: [Open]'],
    ['a kind', 'ecs-cluster]', 'ecs-clutser]'],
    ['an operator', 'prefix: "Execution:ECS/"', 'prefixx: "Execution:ECS/"'],
    ['an operator for another type', 'prefix: "Execution:ECS/"', 'numeric: [">", 1]'],
    ['an action', '- evidence.capture', '- evidence.captur'],
    ['an action with parameters', '- ecs.stop-task:', '- ecs.stop-tasks:'],
    ['a parameter', 'strategy: by-cause', 'stragety: by-cause'],
    ['a parameter’s value', 'strategy: by-cause', 'strategy: by-caus'],
    ['a list', 'status: [open]', 'status: open'],
    ['an order', 'order: 20', 'order: first'],
  ])('with a slip in %s is underlined', (_what, right, wrong) => {
    expect(good.split(`  - ${right}`).length + good.split(right).length).toBeGreaterThan(2);
    // The comment before it names some of them, too.
    const at = good.lastIndexOf(right);
    expect(fits('rules/a.yaml', good)).toBe(true);
    expect(fits('rules/a.yaml', `${good.slice(0, at)}${wrong}${good.slice(at + right.length)}`)).toBe(false);
  });
});

describe('an editor and lint agree', () => {
  const each = (files: Files): readonly [string, string][] =>
    Object.entries(files).flatMap(([path, text]) =>
      typeof text === 'string' ? [[path, text] as [string, string]] : [],
    );

  it.each(Object.entries(lintExamples).filter(([code]) => code !== 'encoding'))(
    'about the good example of %s',
    (_code, { good }) => {
      for (const [path, text] of each(good)) expect(fits(path, text), path).toBe(true);
    },
  );

  const seen: readonly Exclude<ProblemCode, 'path'>[] = [
    ...(['unknown-key', 'missing', 'value', 'unknown-action', 'misplaced', 'empty'] as const),
    ...(['unknown-field', 'wrong-type', 'unknown-value'] as const),
  ];
  it.each(seen)('about the bad example of %s', (code) => {
    expect(each(lintExamples[code].bad).every(([path, text]) => fits(path, text))).toBe(false);
  });
});

describe('the schemas', () => {
  it('describe every key of a file', () => {
    for (const [path, text] of ruleSchemas(catalogue)) {
      for (const [key, { description }] of Object.entries<{ description?: string }>(JSON.parse(text()).properties))
        expect(description, `${path} ${key}`).toEqual(expect.any(String));
    }
  });
});
