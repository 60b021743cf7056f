import type { TargetRecord, UndoneByPerson } from '../incident/items.ts';

/** The undo that is still held to on a target, whichever incident asks. */
export function undoHeldTo(record: TargetRecord | undefined, now: Date): UndoneByPerson | undefined {
  const undone = record?.undone ?? undefined;
  return undone !== undefined && undone.until > now.toISOString() ? undone : undefined;
}

/** Who, when and until when, for whoever wonders why nothing is done. */
export const undoText = ({ by, at, incident, until }: UndoneByPerson): string =>
  `${by} had it put back (undo of ${incident}, decided ${at}), so nothing is changed there until ${until}`;
