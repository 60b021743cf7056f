import { slice } from '../../account.ts';

/** A call as CloudTrail keeps it: no more of it than a look-up shows. */
export interface KeptEvent {
  readonly id: string;
  /** Milliseconds since the epoch, virtual. */
  readonly at: number;
  readonly source: string;
  readonly name: string;
  /** Absent of whoever could not be told. */
  readonly accessKeyId: string | undefined;
  readonly username: string | undefined;
  /** The record, as JSON. */
  readonly record: string;
}

interface Trail {
  /** Oldest first. */
  readonly events: KeptEvent[];
  /** When the last look-ups came, milliseconds, virtual. */
  readonly lookedUpAt: number[];
}

/** The event history of this Region: it is there without a trail. */
export const eventHistory = slice('cloudtrail', (): Trail => ({ events: [], lookedUpAt: [] }));

/** CloudTrail User Guide, "Working with CloudTrail event history": 90 days. */
export const keptMs = 90 * 86_400_000;

/** "Typically within an average of about 5 minutes of an API call" (CloudTrail User Guide, "How CloudTrail works"); here always. */
export const shownAfterMs = 5 * 60_000;
