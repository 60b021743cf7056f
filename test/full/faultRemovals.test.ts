import { describe, expect, it } from 'vitest';
import { brokenWithout } from '../faults/brokenWithout.ts';
import { removedPieces } from '../faults/removed.ts';
import { shareOf } from '../share.ts';

describe('the matrix does not hold when a piece is taken out of the product', () => {
  it.each(shareOf(removedPieces))('$what', async (piece) => {
    expect((await brokenWithout(piece)).join('\n')).toMatch(piece.says);
  });

  it.each(shareOf(removedPieces))('and holds with it: $what', async ({ trials, says }) => {
    expect(await brokenWithout({ what: '', trials, says })).toEqual([]);
  });
});
