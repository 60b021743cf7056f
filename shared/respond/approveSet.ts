import type { Called } from '../incident/rulesets.ts';
import type { Table } from '../incident/table.ts';
import { approveSet, readWaiting, type WaitingSet } from '../incident/waitingSets.ts';
import type { Clock } from '../platform/clock.ts';

export type ApprovedSet =
  | { readonly kind: 'approved' | 'known'; readonly waiting: WaitingSet }
  | { readonly kind: 'nothing'; readonly reason: string };

/** Fewer letters of a hash may be those of another. */
const leastLetters = 8;

/**
 * A person says that a set which may do harm is meant. Only the set that waits now can be approved, by the hash under which it was shown:
 * what has been edited since is another, and so is the same once another set decides. The guard publishes it within a minute.
 */
export async function approveWaiting(
  { table, clock }: { readonly table: Table; readonly clock: Clock },
  { hash, ...who }: { readonly hash: string; readonly by: string; readonly reason: string } & Called,
): Promise<ApprovedSet> {
  const waiting = await readWaiting(table);
  if (waiting === undefined) return { kind: 'nothing', reason: 'No edit waits for approval.' };
  if (hash.length < leastLetters || !waiting.hash.startsWith(hash)) {
    return {
      kind: 'nothing',
      reason: `What waits now is ${waiting.hash.slice(0, 12)}, and not ${hash}: it was edited since, or the hash is of another stage. Look at what it would change, and approve that.`,
    };
  }
  const kind = await approveSet(table, waiting, { ...who, at: clock.now().toISOString() });
  if (kind === 'other') {
    return { kind: 'nothing', reason: 'It was edited at this very moment: look at what waits now, and approve that.' };
  }
  return { kind, waiting };
}
