import fc from 'fast-check';
import type { Pattern } from '../../../shared/rules/pattern/pattern.ts';

/** A small world of values, so that patterns and events often meet and as often just miss. */
const word = fc.constantFrom('a', 'ab', 'abc', 'b', 'A', '', '7');
const number = fc.integer({ min: 0, max: 3 });
const scalar = fc.oneof(word, number, fc.constantFrom(null, true));

const condition = fc.oneof(
  { weight: 8, arbitrary: scalar },
  { weight: 2, arbitrary: fc.record({ prefix: word }) },
  fc.record({ suffix: word }),
  fc.record({ prefix: fc.record({ 'equals-ignore-case': word }) }),
  fc.record({ 'equals-ignore-case': word }),
  fc.constantFrom({ wildcard: 'a*' }, { wildcard: '*b' }, { wildcard: 'ab' }, { wildcard: 'a*c' }, { wildcard: '*' }),
  fc.record({ 'anything-but': fc.array(word, { minLength: 1, maxLength: 2 }) }),
  fc.record({ 'anything-but': fc.record({ prefix: word.filter((text) => text !== '') }) }),
  fc.record({ numeric: fc.tuple(fc.constantFrom('>=', '<', '='), number) }),
  fc.record({ exists: fc.boolean() }),
);
const conditions = fc.array(condition, { minLength: 1, maxLength: 3 });

const within = fc.dictionary(fc.constantFrom('x', 'y'), conditions, { minKeys: 1, maxKeys: 2 });
const alternatives = fc.array(within, { minLength: 2, maxLength: 3 });

/** Patterns over the fields of `event`: alone, beside others, nested, with `$or`, or asking for what is never there. */
export const pattern: fc.Arbitrary<Pattern> = fc.oneof(
  within,
  fc.record({ a: within }),
  fc.record({ $or: alternatives }),
  fc.record({ x: conditions, a: within }),
  fc.record({ x: conditions, a: fc.record({ x: conditions, $or: alternatives }) }),
  fc.record({ a: within, b: fc.oneof(conditions, within) }),
  fc.record({ never: conditions, x: conditions }),
) as fc.Arbitrary<Pattern>;

const value = fc.oneof({ weight: 3, arbitrary: scalar }, fc.array(scalar, { maxLength: 2 }));
const object = fc.record({ x: value, y: value }, { requiredKeys: [] });
const some = fc.oneof(object, value, fc.array(fc.oneof(object, value), { maxLength: 3 }));

/** Events of values, objects and lists of both, so that elements of an array must agree. */
export const event = fc.record({ x: value, y: value, a: some, b: some }, { requiredKeys: [] });
