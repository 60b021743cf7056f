import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matches } from '../../shared/rules/pattern/match.ts';
import type { Pattern } from '../../shared/rules/pattern/pattern.ts';
import { compiledOf } from '../../shared/rules/patterns.ts';
import { takesAnything, widened } from '../../shared/rules/widened.ts';

const one = (written: unknown): Pattern => ({ type: [written] }) as Pattern;

describe('a pattern that takes no more than before', () => {
  it.each([
    ['the same', { type: ['a'], label: ['high'] }, { type: ['a'], label: ['high'] }],
    ['another condition', { type: ['a'] }, { type: ['a'], label: ['high'] }],
    ['a value fewer', { type: ['a', 'b'] }, { type: ['a'] }],
    ['a value more', { type: ['a'] }, { type: ['a', 'b'] }],
    ['a value of the prefix', one({ prefix: 'Crypto' }), one('CryptoMiner')],
    ['a longer prefix', one({ prefix: 'Crypto' }), one({ prefix: 'CryptoCurrency:' })],
    ['a higher bound', { severity: [{ numeric: ['>=', 7] }] }, { severity: [{ numeric: ['>=', 8] }] }],
    ['a range within', { severity: [{ numeric: ['>=', 7] }] }, { severity: [{ numeric: ['>=', 7, '<', 9] }] }],
    ['more left out', one({ 'anything-but': ['a'] }), one({ 'anything-but': ['a', 'b'] })],
    ['what may be anything', one({ exists: true }), one({ prefix: 'a' })],
    ['an alternative fewer', { $or: [{ type: ['a'] }, { label: ['b'] }] }, { label: ['b'] }],
  ])('%s', (_what, before, after) => {
    expect(widened(before as Pattern, after as Pattern)).toBeNull();
  });
});

describe('a pattern that takes much more than before', () => {
  it.each([
    [{ type: ['a'], label: ['high'] }, { type: ['a'] }, 'label is not asked for any more'],
    [one('a'), one({ prefix: 'a' }), 'type takes whatever starts with "a"'],
    [one({ prefix: 'abc' }), one({ prefix: 'a' }), 'type takes whatever starts with "a"'],
    [one('a'), one({ exists: true }), 'type takes whatever is there'],
    [one('a'), one({ exists: false }), 'type takes whatever has none'],
    [one({ 'anything-but': ['a', 'b'] }), one({ 'anything-but': ['a'] }), 'type takes whatever is not "a"'],
    [{ severity: [{ numeric: ['>=', 7] }] }, { severity: [{ numeric: ['>=', 4] }] }, 'severity takes whatever is >= 4'],
    [{ severity: [{ numeric: ['>', 7] }] }, { severity: [{ numeric: ['>=', 7] }] }, 'severity takes whatever is >= 7'],
    [{ type: ['a'], label: ['b'] }, { $or: [{ type: ['a'] }, { label: ['b'] }] }, 'label is not asked for any more'],
    [one({ suffix: 'a' }), one({ wildcard: '*a*' }), 'type takes whatever is like "*a*"'],
  ])('%j, then %j', (before, after, how) => {
    expect(widened(before as Pattern, after as Pattern)).toBe(how);
  });
});

const condition = fc.oneof(
  fc.constantFrom('a', 'ab', 'b', 'ba', 'abc'),
  fc.constantFrom('a', 'ab', 'b').map((prefix) => ({ prefix })),
  fc.constantFrom('a', 'b').map((suffix) => ({ suffix })),
  fc.uniqueArray(fc.constantFrom('a', 'ab', 'b'), { minLength: 1 }).map((but) => ({ 'anything-but': but })),
  fc.boolean().map((exists) => ({ exists })),
  fc.tuple(fc.constantFrom('<', '<=', '=', '>=', '>'), fc.constantFrom(1, 2, 3)).map((numeric) => ({ numeric })),
);
const flat = fc.dictionary(fc.constantFrom('x', 'y'), fc.array(condition, { minLength: 1, maxLength: 3 }), {
  minKeys: 1,
});
const pattern = fc.oneof(
  flat,
  fc.tuple(flat, flat).map(([first, second]) => ({ $or: [first, second] })),
) as fc.Arbitrary<Pattern>;
const literals = (written: Pattern): ReadonlySet<unknown> =>
  new Set(
    JSON.stringify(written)
      .match(/(?<=[[,])"[a-c]+"(?=[\],])/g)
      ?.map((text) => JSON.parse(text)),
  );
const value = fc.constantFrom('a', 'ab', 'b', 'ba', 'abc', 'z', 0, 1, 1.5, 2, 3, 4);
const event = fc.dictionary(fc.constantFrom('x', 'y'), value);

it('whatever is newly taken of a pattern that is not called wider has a value in it that was named', () => {
  fc.assert(
    fc.property(pattern, pattern, event, (before, after, found) => {
      if (widened(before, after) !== null) return;
      if (!matches(compiledOf(after), found) || matches(compiledOf(before), found)) return;
      expect(Object.values(found).some((one) => literals(after).has(one))).toBe(true);
    }),
    { numRuns: 3000 },
  );
});

describe('a pattern that takes anything', () => {
  it.each([
    [{ type: [{ exists: true }] }, true],
    [{ type: [{ prefix: '' }] }, true],
    [{ type: [{ wildcard: '*' }] }, true],
    [{ type: [{ 'anything-but': ['x'] }] }, true],
    [{ severity: [{ numeric: ['>=', 0] }] }, true],
    [{ $or: [{ type: ['a'] }, { label: [{ exists: true }] }] }, true],
    [{ type: ['a'] }, false],
    [{ type: [{ prefix: '' }], label: ['high'] }, false],
    [{ severity: [{ numeric: ['>=', 7] }] }, false],
    [{ threat: { role: [{ exists: false }] } }, false],
  ])('%j: %s', (written, anything) => {
    expect(takesAnything(written as Pattern)).toBe(anything);
  });
});
