import { findingsOf } from '../incident/findings.ts';
import type { Head } from '../incident/items.ts';
import type { Effects } from './effects.ts';

/**
 * What speaks against an undo, a sentence each: there was activity after the containment, or what was found is not closed. It keeps nobody from
 * undoing it: whether it was a false alarm is a person's decision, and they shall know.
 */
export async function stillActive(
  { table }: Pick<Effects, 'table'>,
  { incident, closedSeq, containedAt, lastFindingAt }: Head,
): Promise<readonly string[]> {
  const open = (await findingsOf(table, incident, closedSeq)).filter(({ finding }) => finding.status === 'open');
  const [first] = open.toSorted((a, b) => (b.finding.severity ?? 0) - (a.finding.severity ?? 0));
  return [
    ...(containedAt !== null && lastFindingAt > containedAt
      ? [`There was activity at ${lastFindingAt}, after the containment of ${containedAt}.`]
      : []),
    ...(first === undefined
      ? []
      : [
          open.length === 1
            ? `What was found is still open: ${first.finding.title}`
            : `${open.length} findings are still open, the most severe: ${first.finding.title}`,
        ]),
  ];
}
