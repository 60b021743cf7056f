import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { shareOf, thirdOf } from './share.ts';
import { uncut } from './uncut.ts';

const cells = Array.from({ length: 10 }, (_, n) => n);
const shares = (of: number): readonly string[] => Array.from({ length: of }, (_, n) => `${n + 1}/${of}`);

describe('the share of a long test', () => {
  it('is all of it where nobody asks for less', () => {
    expect(shareOf(cells, '')).toEqual(cells);
    expect(thirdOf(cells, '')).toEqual(cells);
  });

  it('leaves out no cell over all shares, and takes none twice', () => {
    const over = shares(4).flatMap((share) => shareOf(cells, share));
    expect(over).toHaveLength(cells.length);
    expect(new Set(over)).toEqual(new Set(cells));
  });

  it('is one cell where there are fewer cells than shares, and leaves out none over all', () => {
    const over = shares(24).map((share) => shareOf(cells, share));
    for (const share of over) expect(share).toHaveLength(1);
    expect(new Set(over.flat())).toEqual(new Set(cells));
    expect(shareOf([], '3/4')).toEqual([]);
  });

  it('is a third of it, by three shares that follow each other all of it', () => {
    const over = ['7/24', '8/24', '9/24'].map((share) => thirdOf(cells, share));
    for (const share of over) expect(share.length).toBeLessThanOrEqual(4);
    expect(over.flat().toSorted((a, b) => a - b)).toEqual(cells);
  });

  it.each(['0/4', '5/4', '2', '1/0', 'half'])('is refused as %s', (share) => {
    expect(() => shareOf(cells, share)).toThrow(`FIREBREAK_SHARE is "${share}"`);
    expect(() => thirdOf(cells, share)).toThrow(`FIREBREAK_SHARE is "${share}"`);
  });
});

it.each(uncut)('%s, which is run by thirds, is there', (file) => {
  expect(existsSync(join(import.meta.dirname, '..', file))).toBe(true);
});
