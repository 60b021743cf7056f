import { keys } from './keys.ts';
import type { Table } from './table.ts';

/** What was taken in on one day, UTC, and is not in the archive. */
export interface MissedEvents {
  /** `2026-11-20`. */
  readonly day: string;
  readonly count: number;
}

const dayOf = (at: Date): string => at.toISOString().slice(0, 10);

/** Counts events that were not archived. A repeat counts twice: that there were some is what matters. */
export async function noteMissed(table: Table, at: Date, count: number): Promise<void> {
  const key = keys.missed(dayOf(at));
  await table.putIfAbsent({ ...key, count: 0 });
  await table.update(key, {}, { add: { count } });
}

/** The days from one time to another on which some were missed, oldest first. */
export async function missedBetween(table: Table, since: Date, until: Date): Promise<readonly MissedEvents[]> {
  const { pk } = keys.missed('');
  const [from, to] = [dayOf(since), dayOf(until)];
  return (await table.query(pk, '')).flatMap(({ sk, count }) =>
    sk >= from && sk <= to ? [{ day: sk, count: Number(count ?? 0) }] : [],
  );
}
