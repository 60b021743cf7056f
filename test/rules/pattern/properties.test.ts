import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compilePattern } from '../../../shared/rules/pattern/compile.ts';
import { matches } from '../../../shared/rules/pattern/match.ts';

const accepts = (condition: unknown, value: unknown): boolean =>
  matches(compilePattern({ x: [condition] }), { x: value });

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'A', 'ä', '*', '\\', '.'), maxLength: 8 });
const scalar = fc.oneof(word, fc.constantFrom(null, true, false, 'null', 'true', '7'), fc.integer({ min: -9, max: 9 }));

/** A wildcard as it is written, and as a regular expression. */
const wildcard = fc
  .array(fc.oneof(fc.constant('*'), fc.constantFrom('a', 'b', '\\*', '\\\\', '.')), { maxLength: 8 })
  .map((parts) => parts.filter((part, at) => part !== '*' || parts[at - 1] !== '*'))
  .map((parts) => ({
    text: parts.join(''),
    regex: new RegExp(`^${parts.map((part) => (part === '*' ? '[^]*' : part === '.' ? '\\.' : part)).join('')}$`),
  }));

describe('wildcard', () => {
  it('is the regular expression with .* for each *', () => {
    fc.assert(
      fc.property(wildcard, word, ({ text, regex }, value) => {
        expect(accepts({ wildcard: text }, value)).toBe(regex.test(value));
      }),
      { numRuns: 2000 },
    );
  });

  it('ends on what makes backtracking explode', () => {
    expect(accepts({ wildcard: `${'a*'.repeat(500)}b` }, 'a'.repeat(200_000))).toBe(false);
  });
});

describe('anything-but', () => {
  const nested = fc.oneof(
    fc.record({ 'equals-ignore-case': word }),
    fc.record({ prefix: word.filter((text) => text !== '') }),
    fc.record({ suffix: word.filter((text) => text !== '') }),
    wildcard.map(({ text }) => ({ wildcard: text })),
  );

  it('is the complement of what it nests, for every value that is there', () => {
    fc.assert(
      fc.property(nested, scalar, (inner, value) => {
        expect(accepts({ 'anything-but': inner }, value)).toBe(!accepts(inner, value));
      }),
      { numRuns: 1000 },
    );
  });

  it('of a list accepts what each of its members alone accepts', () => {
    const values = fc.oneof(
      fc.array(word, { minLength: 1 }),
      fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1 }),
    );
    fc.assert(
      fc.property(values, scalar, (excluded, value) => {
        const each = [...excluded].every((one) => accepts({ 'anything-but': one }, value));
        expect(accepts({ 'anything-but': excluded }, value)).toBe(each);
        expect(each).toBe([...excluded].every((one) => one !== value));
      }),
    );
  });

  it('never accepts a field that is not there', () => {
    fc.assert(fc.property(nested, (inner) => !matches(compilePattern({ x: [{ 'anything-but': inner }] }), { y: 1 })));
  });
});

describe('numeric', () => {
  const number = fc.integer({ min: -5_000_000, max: 5_000_000 }).map((thousandths) => thousandths / 1000);

  it('splits the numbers: below, equal, above', () => {
    fc.assert(
      fc.property(number, number, (bound, value) => {
        const answers = ['<', '=', '>'].map((by) => accepts({ numeric: [by, bound] }, value));
        expect(answers).toEqual([value < bound, value === bound, value > bound]);
        expect(accepts({ numeric: ['<=', bound] }, value)).toBe(value <= bound);
        expect(accepts({ numeric: ['>=', bound] }, value)).toBe(value >= bound);
      }),
    );
  });

  it('takes a range as both of its bounds', () => {
    fc.assert(
      fc.property(number, number, number, (a, b, value) => {
        fc.pre(a !== b);
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        expect(accepts({ numeric: ['>=', low, '<', high] }, value)).toBe(value >= low && value < high);
      }),
    );
  });
});

describe('ignoring case', () => {
  it('equals exactly what has the same lower and upper case, for letters that keep their length', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'A', 'b', 'Ä', 'ä', '1', '-'), maxLength: 5 });
    fc.assert(
      fc.property(letters, letters, (text, value) => {
        expect(accepts({ 'equals-ignore-case': text }, value)).toBe(text.toLowerCase() === value.toLowerCase());
        expect(accepts({ prefix: { 'equals-ignore-case': text } }, value)).toBe(
          value.toLowerCase().startsWith(text.toLowerCase()),
        );
        expect(accepts({ suffix: { 'equals-ignore-case': text } }, value)).toBe(
          value.toLowerCase().endsWith(text.toLowerCase()),
        );
      }),
    );
  });
});
