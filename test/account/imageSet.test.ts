import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { imageSet, sharedWith } from '../../shared/account/imageSet.ts';

describe('the set of an image', () => {
  test('indexes of indexes are followed up and down, each before what it lists', () => {
    const contents = { top: ['middle', 'c'], middle: ['a', 'b'], apart: ['x'] };
    expect(imageSet('a', contents)).toEqual(['top', 'c', 'middle', 'b', 'a']);
    expect(imageSet('x', contents)).toEqual(['apart', 'x']);
    expect(imageSet('alone', contents)).toEqual(['alone']);
  });

  test('whatever the repository, indexes come first, nothing comes twice, and no index outside holds the digest', () => {
    // Layer by layer, so that nothing lists itself: a digest cannot be part of what it is the digest of.
    const layer = fc.uniqueArray(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 3 });
    const repository = fc
      .array(layer, { maxLength: 8 })
      .map((rows) =>
        Object.fromEntries(
          rows.map((row, at) => [`i${at}`, row.map((n) => (n < at && n % 2 === 0 ? `i${n}` : `p${n}`))]),
        ),
      );
    fc.assert(
      fc.property(repository, fc.integer({ min: 0, max: 5 }), (contents, at) => {
        const digest = `p${at}`;
        const set = imageSet(digest, contents);
        expect(new Set(set).size).toBe(set.length);
        expect(set).toContain(digest);
        for (const [index, children] of Object.entries(contents)) {
          for (const child of children) {
            if (set.includes(index)) expect(set.indexOf(child)).toBeGreaterThan(set.indexOf(index));
          }
          if (children.includes(digest)) expect(set).toContain(index);
        }
        for (const index of sharedWith(set, contents)) expect(contents[index]).not.toContain(digest);
      }),
      { numRuns: 200 },
    );
  });
});
