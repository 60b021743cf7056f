import { describe, expect, test } from 'vitest';
import { countOf } from '../../shared/actions/containServiceCount.ts';

const suspendedAs = (suspended: boolean) => ({
  min: 2,
  max: 10,
  suspended: { in: suspended, out: suspended, scheduled: suspended },
});
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
