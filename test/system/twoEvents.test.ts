import { describe, expect, it } from 'vitest';
import { expectOneOfEach, firstDifference } from './twoEvents.ts';

describe('both demo events, 100 times each, in an order that a seed shuffles', () => {
  it.each([1, 2])(
    'seed %i: one incident and one set of changes each, one message per state; again, the same trace',
    expectOneOfEach,
  );
});

describe('the comparison of traces', () => {
  it('sees one byte', () => {
    expect(firstDifference('a\nb', 'a\nb')).toBeUndefined();
    expect(firstDifference('a\nb', 'a\nc')).toBe('line 2: b | c');
  });
});
