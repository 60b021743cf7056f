import type { Matched } from './plan.ts';

/** An unknown severity is no low one, but says less than any number. */
const weight = (matched: Matched): number => matched.finding.severity ?? -1;

/** The most severe first; then by id, so that the order in which findings were read decides nothing. */
export const mostSevereFirst = (matched: readonly Matched[]): readonly Matched[] =>
  matched.toSorted(
    (a, b) => weight(b) - weight(a) || (a.finding.id < b.finding.id ? -1 : a.finding.id > b.finding.id ? 1 : 0),
  );
