import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cutBytes } from '../../shared/platform/cutBytes.ts';

it('keeps what fits, and counts bytes, not characters', () => {
  expect(cutBytes('abc', 3)).toEqual({ kept: 'abc', bytes: 3, all: 3 });
  expect(cutBytes('äbc', 3)).toEqual({ kept: 'äb', bytes: 3, all: 4 });
  expect(cutBytes('aä', 2)).toEqual({ kept: 'a', bytes: 1, all: 3 });
  expect(cutBytes('😀', 3)).toEqual({ kept: '', bytes: 0, all: 4 });
});

it('never splits a character, and never keeps too much', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.nat(40), (text, most) => {
      const { kept, bytes } = cutBytes(text, most);
      expect(text.startsWith(kept)).toBe(true);
      expect(Buffer.byteLength(kept)).toBe(bytes);
      expect(bytes).toBeLessThanOrEqual(most);
    }),
  );
});
