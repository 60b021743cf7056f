/**
 * The share of a long test that one run goes through: all of it, or with `FIREBREAK_SHARE=2/4` every fourth cell, beginning with the second.
 * A change waits for one share (`.ci/run` takes the next with each commit); `npm run test:all` by hand goes through everything.
 */
export function shareOf<T>(cells: readonly T[], share = process.env['FIREBREAK_SHARE']): readonly T[] {
  if (share === undefined || share === '') return cells;
  const [, nth, of] = /^([1-9]\d?)\/([1-9]\d?)$/.exec(share) ?? [];
  if (nth === undefined || of === undefined || Number(nth) > Number(of))
    throw new Error(`FIREBREAK_SHARE is "${share}": write it as 2/4, the second of four shares.`);
  return cells.filter((_, at) => at % Number(of) === Number(nth) - 1);
}
