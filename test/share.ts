/**
 * The share of a long test that one run goes through: all of it, or with `FIREBREAK_SHARE=2/4` every fourth cell, beginning with the second.
 * Of fewer cells than shares, each share goes through one. A change waits for one share (`.ci/run` takes the next with each commit);
 * `npm run test:all` by hand goes through everything.
 */
export function shareOf<T>(cells: readonly T[], share = process.env['FIREBREAK_SHARE']): readonly T[] {
  const wanted = wantedShare(share);
  if (wanted === undefined) return cells;
  return every(cells, wanted.nth, Math.min(wanted.of, Math.max(cells.length, 1)));
}

/** A third of what is not long, and is many, or of files that cannot be cut: where a share is asked for, as in `shareOf`. */
export function thirdOf<T>(cells: readonly T[], share = process.env['FIREBREAK_SHARE']): readonly T[] {
  const wanted = wantedShare(share);
  return wanted === undefined ? cells : every(cells, wanted.nth, 3);
}

const every = <T>(cells: readonly T[], nth: number, of: number): readonly T[] =>
  cells.filter((_, at) => at % of === (nth - 1) % of);

function wantedShare(share = ''): { readonly nth: number; readonly of: number } | undefined {
  if (share === '') return undefined;
  const [, nth, of] = /^([1-9]\d?)\/([1-9]\d?)$/.exec(share) ?? [];
  if (nth === undefined || of === undefined || Number(nth) > Number(of))
    throw new Error(`FIREBREAK_SHARE is "${share}": write it as 2/4, the second of four shares.`);
  return { nth: Number(nth), of: Number(of) };
}
