import type { Head, Outcome, Receipt, StoredPlan } from '../incident/items.ts';
import { type Lease, leaseOfDays } from '../incident/leases.ts';
import { isLent } from '../plan/lease.ts';
import { resultOf } from '../report/outcome.ts';

/** What a run came to, as far as it says how long what it leaves contained stays so. */
interface Ended {
  readonly head: Head;
  readonly stored: StoredPlan;
  readonly receipts: readonly Receipt[];
  readonly outcome: Outcome;
  readonly now: Date;
}

/**
 * The lease of an incident from the end of a run on; undefined: as it is. It begins with the first that was read back as done and can be put back; what comes
 * after that neither prolongs it nor begins it anew, and what a person has decided about it stays. It is over with what it is about.
 */
export function leaseAfter({ head, stored, receipts, outcome, now }: Ended): Lease | null | undefined {
  // Of a release some may stay contained: then the lease is still about that.
  const isOver = outcome === 'undone' || (outcome === 'released' && stored.plan.notDone.length === 0);
  if (stored.direction === 'undo') return isOver && head.lease !== null ? null : undefined;
  const { leaseDays } = stored.settings;
  if (head.lease !== null || leaseDays === undefined) return undefined;
  const stands = stored.plan.steps.some(
    (step) => isLent(step) && step.direction === 'do' && resultOf(step, receipts) === 'ok',
  );
  return stands ? leaseOfDays(now, leaseDays) : undefined;
}
