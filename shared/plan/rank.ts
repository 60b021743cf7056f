import type { Matched } from './plan.ts';

/** An unknown severity is no low one, but says less than any number. */
const weight = (matched: Matched): number => matched.finding.severity ?? -1;

/** Somebody is at work: more than whatever is not patched or configured, however that is rated. */
export const isThreat = ({ finding, decision }: Matched): boolean =>
  finding.threat !== undefined && decision !== 'ignore';

/** Threats first, then the most severe; then by id, so that the order in which findings were read decides nothing. */
export const mostSevereFirst = (matched: readonly Matched[]): readonly Matched[] =>
  matched.toSorted(
    (a, b) =>
      Number(isThreat(b)) - Number(isThreat(a)) ||
      weight(b) - weight(a) ||
      (a.finding.id < b.finding.id ? -1 : a.finding.id > b.finding.id ? 1 : 0),
  );
