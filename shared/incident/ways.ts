import type { Finding } from '../finding/finding.ts';
import { contentHash } from '../finding/hash.ts';
import { isRelayed } from '../finding/relayed.ts';

/**
 * How a delivery of a finding stands to the one that is stored, by the ways that they came (docs/decisions/0043). `repeat`: the finding
 * itself is there, and Security Hub repeats it. `original`: it comes itself, where Security Hub was first. `late`: that, and all that it
 * adds is what Security Hub never has, on something that was contained meanwhile.
 */
export type Ways = 'alike' | 'repeat' | 'original' | 'late';

/** How a task was launched, and what AWS Config annotates, which stands in the title; the others change while a finding says the same. */
const neverThere = ['resource.launchType', 'title', 'observedAt', 'threat.count', 'product'];

/** What is kept of a version to hold the next against it: itself where it came through Security Hub, else nothing. */
export const relayedOf = (finding: Finding): Finding | null => (isRelayed(finding) ? finding : null);

/**
 * @param stored see `relayedOf`
 * @param after activity later than this counts though the finding says nothing new (`unchangedCountsAfter`)
 */
export function waysOf(delivered: Finding, stored: Finding | null, after: string | null): Ways {
  if (isRelayed(delivered)) return stored === null ? 'repeat' : 'alike';
  if (stored === null) return 'alike';
  const containedSince = after !== null && delivered.observedAt <= after;
  return containedSince && contentHash(delivered, neverThere) === contentHash(stored, neverThere) ? 'late' : 'original';
}

/**
 * After which activity a delivery that says nothing new counts: what comes by two ways counts again only if a verified containment lies
 * between. That the rules may have changed since is the business of the next delivery by the same way; and what Security Hub
 * sends again each day about one thing is none. A threat that only Security Hub tells of is seen by nobody else: its time is when it was seen,
 * and it counts as it would by its own way. What is over, and was known to be, counts however often it is sent: never.
 */
export function countsAfter(after: string | null, delivered: Finding, ways: Ways): string | null {
  if (isOver(delivered)) return null;
  if (ways === 'alike' && (!isRelayed(delivered) || delivered.threat !== undefined)) return after;
  // '' is a head of which nothing was contained.
  return after === '' ? null : after;
}

/** Archived, suppressed, mended: nothing happens there any more. What is inconclusive is not. */
const isOver = ({ status }: Finding): boolean => status === 'resolved' || status === 'suppressed';

/**
 * What keeps nothing open though it is delivered: that something is over, once more; and what Security Hub repeats and does not count, which
 * is not in the way of the finding itself, which comes yet.
 */
export const isEcho = (after: string | null, counts: string | null, delivered: Finding): boolean =>
  isOver(delivered) || (after !== null && counts === null && isRelayed(delivered));
