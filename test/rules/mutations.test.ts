import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isMap, isScalar, parseDocument, visit } from 'yaml';
import { readRuleFolder } from '../../cli/files.ts';
import { catalogue } from '../../shared/actions/catalogue.ts';
import { codes } from '../../shared/rules/codes.ts';
import { compileRuleSet } from '../../shared/rules/compile.ts';
import type { RuleSource } from '../../shared/rules/rule.ts';
import { parseRuleSet } from '../../shared/rules/storedSet.ts';

const root = join(import.meta.dirname, '../..');
const pack = readRuleFolder(join(root, 'rules'));
const examples = readRuleFolder(join(root, 'examples/rules')).filter(({ path }) => path !== 'settings');

interface Mutant {
  readonly what: string;
  readonly file: string;
  /** Made when it is its turn: some are large. */
  readonly text: () => string;
}

const deep = (levels: number): unknown => JSON.parse(`${'['.repeat(levels)}1${']'.repeat(levels)}`);

/** What takes the place of each value in turn. */
const instead: readonly (readonly [what: string, value: unknown])[] = [
  ['null', null],
  ['a number', 17],
  ['a huge number', 1e300],
  ['no number', Number.NaN],
  ['a text', 'text'],
  ['an empty text', ''],
  ['true', true],
  ['an empty list', []],
  ['a list', ['a']],
  ['an empty object', {}],
  ['an object', { a: [1] }],
  ['an operator', [{ wildcard: '**' }]],
  ['alternatives without end', { $or: Array.from({ length: 40 }, (_, at) => ({ type: [`${at}`] })) }],
  ['hostile text', '*"; DROP TABLE x; -- ${jndi:ldap://x} <script>\r\n\u0000\u202e../../'],
  ['deep nesting', deep(60)],
];

const renamed: readonly (readonly [what: string, rename: (key: string) => string])[] = [
  ['longer', (key) => `${key}x`],
  ['shorter', (key) => key.slice(1)],
  ['in capitals', (key) => key.toUpperCase()],
  ['__proto__', () => '__proto__'],
];

const changed = (text: string, change: (document: ReturnType<typeof parseDocument>) => void) => (): string => {
  const document = parseDocument(text);
  change(document);
  return String(document);
};

type Made = readonly [what: string, text: () => string];

function* inside(text: string): Generator<Made> {
  const places: (readonly unknown[])[] = [];
  const collect = (value: unknown, path: readonly unknown[]): void => {
    if (value === null || typeof value !== 'object') return;
    for (const [key, member] of Object.entries(value)) {
      const at = [...path, Array.isArray(value) ? Number(key) : key];
      places.push(at);
      collect(member, at);
    }
  };
  collect(parseDocument(text).toJS(), []);
  for (const place of places) {
    for (const [what, value] of instead) {
      yield [`${place.join('.')}: ${what}`, changed(text, (document) => document.setIn(place, value))];
    }
    yield [`${place.join('.')}: removed`, changed(text, (document) => document.deleteIn(place))];
  }
  const keys = countKeys(text);
  for (let at = 0; at < keys; at += 1) {
    for (const [what, rename] of renamed) yield [`key ${at} ${what}`, () => withKey(text, at, rename)];
  }
}

function countKeys(text: string): number {
  let keys = 0;
  visit(parseDocument(text), {
    Pair: () => {
      keys += 1;
    },
  });
  return keys;
}

function withKey(text: string, wanted: number, rename: (key: string) => string): string {
  const document = parseDocument(text);
  let at = 0;
  visit(document, {
    Map: (_key, map) => {
      if (!isMap(map)) return;
      for (const pair of map.items) {
        if (at === wanted && isScalar(pair.key)) pair.key.value = rename(String(pair.key.value));
        at += 1;
      }
    },
  });
  return String(document);
}

const laughs = ['a: &a [x, x, x, x, x, x, x, x, x]']
  .concat(['ba', 'cb', 'dc', 'ed', 'fe', 'gf'].map(([n, of]) => `${n}: &${n} [${Array(9).fill(`*${of}`).join(', ')}]`))
  .join('\n');

function* outside(text: string): Generator<Made> {
  for (let length = 0; length < text.length; length += 3) yield [`cut after ${length}`, () => text.slice(0, length)];
  for (const at of [...text.matchAll(/\n/g)].map(({ index }) => index + 1)) {
    const [before, after] = [text.slice(0, at), text.slice(at)];
    const line = after.split('\n')[0] ?? '';
    yield [`a tab at ${at}`, () => `${before}\t${after}`];
    yield [`no UTF-8 at ${at}`, () => `${before}\uFFFD${after}`];
    yield [`half a character at ${at}`, () => `${before}\uD800${after}`];
    yield [`twice, the line at ${at}`, () => `${before}${line}\n${after}`];
    yield [`an anchor at ${at}`, () => `${before}${line.replace(/: /, ': &a ')}\n${after}`];
    yield [`an alias at ${at}`, () => `${before}${line.replace(/: .*/, ': *a')}\n${after}`];
    yield [`a bracket at ${at}`, () => `${before}[{${after}`];
    yield [`Windows, from ${at}`, () => `${before}${after.replaceAll('\n', '\r\n')}`];
  }
  yield ['a byte order mark', () => `\uFEFF${text}`];
  yield ['aliases without end', () => `${text}\n${laughs}`];
  yield ['a merge of all', () => `${text}\n<<: *x`];
  yield ['two documents', () => `${text}\n---\n${text}`];
  yield ['10 MB of comment', () => `${text}\n# ${'x'.repeat(10_000_000)}`];
  yield ['10 MB of value', () => `${text}\ndescription: ${'ä'.repeat(5_000_000)}`];
  yield ['10 MB of brackets', () => '['.repeat(10_000_000)];
  yield ['brackets that fit', () => '['.repeat(4000)];
  yield ['objects that fit', () => '{a: '.repeat(1000)];
  yield ['lists of lists', () => '- '.repeat(2000)];
  yield ['quotes', () => '"'.repeat(4001)];
  yield [
    'alternatives of alternatives',
    () => `name: a\nwhen:\n  $or: [${Array(30).fill('{$or: [{a: [1]}, {b: [1]}]}').join(', ')}]`,
  ];
}

function* mutants(): Generator<Mutant> {
  for (const { path: file, text } of [...pack, ...examples]) {
    for (const [what, mutated] of inside(text)) yield { what, file, text: mutated };
    for (const [what, mutated] of outside(text)) yield { what, file, text: mutated };
  }
}

/** Beside it: the settings, a rule that takes much, and one that its exemptions concern. */
const beside = pack.filter(({ path }) => ['settings', 'rules/threat-ecs', 'rules/image-critical'].includes(path));
const others = (file: string): readonly RuleSource[] => beside.filter(({ path }) => path !== file);

/** What is said has a code, a place in the file, and words. */
function judge({ what, file, text: made }: Mutant): 'refused' | 'means something' {
  const where = `${file}: ${what}`;
  const text = made();
  const { set, problems } = compileRuleSet([...others(file), { path: file, text }], catalogue, { now: new Date(0) });
  for (const problem of problems) {
    expect(Object.keys(codes), where).toContain(problem.code);
    expect(problem.level, where).toBe(codes[problem.code].level);
    expect(problem.message.length, where).toBeGreaterThan(3);
    expect(problem.message.length, where).toBeLessThan(3000);
    expect(Number.isInteger(problem.column) && problem.column >= 1, where).toBe(true);
    if (problem.file === file) {
      expect(problem.line, where).toBeGreaterThanOrEqual(1);
      expect(problem.line, where).toBeLessThanOrEqual(text.split('\n').length + 1);
    }
  }
  if (set === null) {
    expect(problems.filter(({ level, file: of }) => level === 'error' && of === file).length, where).toBeGreaterThan(0);
    return 'refused';
  }
  // What is published is read back to the letter.
  expect(parseRuleSet(JSON.stringify(set), catalogue), where).toEqual(set);
  return 'means something';
}

/** A part of all; a step that shares no factor with how many things stand in a value's place meets each of them in turn. */
const full = process.env['FIREBREAK_FULL'] === '1';
const chosen = [...mutants()].filter((_, at) => at % (full ? 2 : 97) === 0);

describe('a shipped rule, exemption or settings with something wrong in it', () => {
  it('is one of many', () => expect(chosen.length).toBeGreaterThan(full ? 5000 : 120));

  it('is refused with a place and a reason, or still means something, and never crashes', () => {
    const results = chosen.map(judge);
    for (const result of ['refused', 'means something'] as const) {
      expect(results.filter((one) => one === result).length).toBeGreaterThan(results.length / 20);
    }
  }, 600_000);
});
