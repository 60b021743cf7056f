import { describe, expect, it } from 'vitest';
import { shareOf } from '../share.ts';
import { atNth, callsOfOneRun, containedDespite } from '../system/crashes.ts';

const calls = await callsOfOneRun();
const each = Array.from({ length: calls }, (_, n) => n + 1);

describe(`a function dies at any of the ${calls} calls of a containment: one containment, told once`, () => {
  it('goes through every call', () => {
    expect(calls).toBeGreaterThan(80);
  });

  it.each(shareOf(each))('before call %i', (n) => containedDespite(atNth(n, 'crash-before', () => true)));
  it.each(shareOf(each))('after call %i', (n) => containedDespite(atNth(n, 'crash-after', () => true)));
});
