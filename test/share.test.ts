import { describe, expect, it } from 'vitest';
import { shareOf } from './share.ts';

const cells = Array.from({ length: 10 }, (_, n) => n);

describe('the share of a long test', () => {
  it('is all of it where nobody asks for less', () => {
    expect(shareOf(cells, '')).toEqual(cells);
  });

  it('leaves out no cell over all shares, and takes none twice', () => {
    const over = ['1/4', '2/4', '3/4', '4/4'].flatMap((share) => shareOf(cells, share));
    expect(over).toHaveLength(cells.length);
    expect(new Set(over)).toEqual(new Set(cells));
  });

  it.each(['0/4', '5/4', '2', '1/0', 'half'])('is refused as %s', (share) => {
    expect(() => shareOf(cells, share)).toThrow(`FIREBREAK_SHARE is "${share}"`);
  });
});
