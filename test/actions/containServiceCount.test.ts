import { describe, expect, test } from 'vitest';
import { countOf, isHeld } from '../../shared/actions/containService/count.ts';

const suspendedAs = (suspended: boolean) => ({
  min: 2,
  max: 10,
  suspended: { in: suspended, out: suspended, scheduled: suspended },
});
const clean = { revision: 'r', taskDefinition: 'd', digests: {}, deployedAt: '', pins: {}, roles: [] };
const from = { taskDefinition: 'e', pins: {} };
const chosen = { how: 'rollback' as const, passes: [], from, clean, heldCount: 2, fullCount: 4 };
const before = { count: 'autoscaled' as const, desired: 4, scaling: suspendedAs(false) };

describe('the desired count, to be compared', () => {
  test('is no number while autoscaling sets it', () => {
    expect(countOf(7, suspendedAs(false), null)).toBe('autoscaled');
    expect(countOf(7, suspendedAs(false), before)).toBe('autoscaled');
  });

  test('is a number where nothing scales', () => {
    expect(countOf(7, null, null)).toBe(7);
    expect(countOf(4, null, { count: 4, desired: 4, scaling: null })).toBe(4);
    expect(countOf(7, suspendedAs(true), null)).toBe(7);
  });

  test('is as it was while it is what autoscaling had set when we suspended that', () => {
    expect(countOf(4, suspendedAs(true), before)).toBe('autoscaled');
    expect(countOf(3, suspendedAs(true), before)).toBe(3);
    expect(countOf(2, suspendedAs(true), { ...before, desired: 1 })).toBe('autoscaled');
  });
});

describe('a service of which the accused tasks are stopped', () => {
  const held = (desired: number, fields: object = {}) =>
    isHeld(chosen, desired, null, { count: 4, scheduling: 'REPLICA', ...fields });

  test('is held until it wants as many as before, and not when it wants what a person has set since', () => {
    expect(held(2)).toBe(true);
    expect(held(4)).toBe(false);
    expect(held(3)).toBe(false);
    expect(isHeld({ ...chosen, heldCount: 4 }, 4, null, { count: 4, scheduling: 'REPLICA' })).toBe(false);
  });

  test('is not where nobody but AWS sets its count, or where it was not rolled back', () => {
    expect(held(2, { count: 'autoscaled' })).toBe(false);
    expect(held(2, { scheduling: 'DAEMON' })).toBe(false);
    expect(isHeld({ how: 'replace', fullCount: 4 }, 2, null, { count: 4, scheduling: 'REPLICA' })).toBe(false);
  });
});
