import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadArtifacts, root } from '../../cli/artifacts.ts';
import { explainAll } from '../../cli/explain/command.ts';
import type { Explained } from '../../cli/explain/explained.ts';
import { routesOf } from '../../cli/explain/routes.ts';
import type { Item } from '../../shared/incident/table.ts';
import type { JsonObject } from '../../shared/platform/json.ts';
import { intake } from '../../shared/respond/intake.ts';
import { changedAt, type Place, placesIn } from '../finding/changedEvent.ts';
import { World } from '../respond/model/world.ts';
import { thirdOf } from '../share.ts';

const deep = (levels: number): unknown => JSON.parse(`${'{"a":['.repeat(levels)}1${']}'.repeat(levels)}`);

/** What takes the place of each field in turn. Undefined: the field is not there. */
const instead: readonly (readonly [what: string, value: unknown])[] = [
  ['removed', undefined],
  ['null', null],
  ['a number', 17],
  ['a negative number', -1e300],
  ['a text', 'text'],
  ['an empty text', ''],
  ['true', true],
  ['an empty list', []],
  ['an empty object', {}],
  ['a list of everything', [null, 1, 'a', {}, []]],
  ['hostile text', '*"; DROP TABLE x; -- ${jndi:ldap://x} {{a}} <script>\r\n\u0000\u202e../../'],
  ['half a character', 'a\ud800b'],
  ['deep nesting', deep(2000)],
  ['1 MB', 'x'.repeat(1_000_000)],
];

interface Mutant {
  readonly file: string;
  readonly place: Place;
  readonly what: string;
  readonly event: () => JsonObject;
}

/** Our own events, but those that are invalid as they are. */
const own = readFileSync(join(root, 'events/expected.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as { readonly event: string; readonly decision: string })
  .filter(({ decision }) => decision !== 'invalid')
  .map(({ event }) => [event, JSON.parse(readFileSync(join(root, 'events', event), 'utf8')) as JsonObject] as const);

/** Every field of every event of ours, with everything that may stand in its place. */
function* mutants(): Generator<Mutant> {
  for (const [file, event] of own) {
    for (const place of placesIn(event)) {
      for (const [what, value] of instead) yield { file, place, what, event: () => changedAt(event, place, value) };
    }
  }
}

/** A part of all: a step that shares no factor with how many things stand in a field's place meets each of them in turn. */
const every = process.env['FIREBREAK_FULL'] === '1' ? 5 : 97;

/** The places of an event that a path may name: `detail.resources[0].id`, and what is not there. */
const pathText = (place: Place): string =>
  place.reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[${key}]` : `${text}${text === '' ? '' : '.'}${key}`),
    '',
  );

/**
 * Whether a path leads to the changed place, to something around it or into it, or to the other place where the event says the same.
 * Whose finding it is says an administrator account's event in `detail.accountId` alone: without it, what disagrees is an ARN.
 */
const concerns = (path: string, place: Place): boolean => {
  const changed = pathText(place);
  return (
    path === '$' ||
    path.startsWith(changed) ||
    changed.startsWith(path) ||
    path.split('.').at(-1) === place.at(-1) ||
    (changed === 'detail.accountId' && /^detail\..*arn$/i.test(path))
  );
};

async function taken({
  event,
}: Mutant): Promise<{ readonly records: readonly Item[]; readonly world: World; readonly failed: number }> {
  const world = new World();
  const failed = await intake(world.direct, [{ messageId: 'm', body: JSON.stringify(event()) }]);
  const records = [...world.items.values()].filter(({ pk }) => String(pk).startsWith('event#'));
  return { records, world, failed: failed.length };
}

/** DynamoDB takes 400 KB; and what is in a message must fit into SNS. */
const expectStorable = (world: World): void => {
  for (const item of world.items.values()) expect(Buffer.byteLength(JSON.stringify(item))).toBeLessThan(350_000);
  for (const { body } of world.published) expect(Buffer.byteLength(body)).toBeLessThan(200_000);
};

const expectAnswer = ({ decision, reason, path, page, findings }: Explained, mutant: Mutant): void => {
  const where = `${mutant.file} ${pathText(mutant.place)} ${mutant.what}`;
  expect(reason, where).not.toBe('');
  if (decision === 'invalid') {
    expect(path, where).toEqual(expect.any(String));
    expect(concerns(path ?? '', mutant.place), `${where}: ${path}`).toBe(true);
  }
  for (const finding of findings) expect(finding.observedAt, where).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  expect(Buffer.byteLength(page.body), where).toBeLessThan(200_000);
  expect(page.subject.length, where).toBeLessThan(100);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
  expect(page.subject, where).not.toMatch(/[\u0000-\u001f\u007f-\uffff]/);
};

describe('an event with something else in one of its fields', () => {
  const part = [...mutants()].filter((_, at) => at % every === 0);
  const chosen = thirdOf(part);
  let routed = 0;
  beforeAll(() => {
    routed = routesOf(loadArtifacts().template).length;
  });

  it('is one of many', () => {
    expect(part.length).toBeGreaterThanOrEqual(every === 5 ? 10_000 : 400);
    expect(routed).toBeGreaterThan(0);
  });

  it('ends in one record, or in the dead letters with the path, and never in a crash', async () => {
    for (const mutant of chosen) {
      const where = `${mutant.file} ${pathText(mutant.place)} ${mutant.what}`;
      const { records, world, failed } = await taken(mutant);
      expect(failed, where).toBe(0);
      expect(records, where).toHaveLength(1);
      expectStorable(world);
      const [record] = records;
      if (record?.['result'] !== 'invalid') {
        expect(['accepted', 'ignored', 'duplicate'], where).toContain(record?.['result']);
        expect(world.deadLetters, where).toEqual([]);
        continue;
      }
      expect(world.deadLetters, where).toMatchObject([{ path: record['path'], reason: record['reason'] }]);
      expect(concerns(String(record['path']), mutant.place), `${where}: ${record['path']}`).toBe(true);
    }
  }, 1_200_000);

  it('is explained: a decision, a reason, and what the message would be', async () => {
    const rules = join(root, 'rules');
    const size = 200;
    for (let from = 0; from < chosen.length; from += size) {
      const some = chosen.slice(from, from + size);
      const explained = await explainAll(
        some.map(({ event }) => event()),
        { rules, at: new Date('2026-11-20T10:00:00Z') },
      );
      for (const [at, one] of explained.entries()) {
        const mutant = some[at];
        if (mutant !== undefined) expectAnswer(one, mutant);
      }
    }
  }, 1_200_000);
});
