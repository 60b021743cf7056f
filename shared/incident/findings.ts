import type { Finding } from '../finding/finding.ts';
import type { Json } from '../platform/json.ts';
import { later, untilWritten } from './contention.ts';
import type { Head, StoredFinding } from './items.ts';
import { keys } from './keys.ts';
import type { Item, Table } from './table.ts';
import { countsAfter, isEcho, relayedOf, waysOf } from './ways.ts';

/** One delivery of a finding. */
export interface Delivered {
  readonly finding: Finding;
  readonly hash: string;
  /** Id of the event. */
  readonly event: string;
}

/** What the delivery is to the incident. */
export type Placed =
  /** To be counted: new, changed, delivered again when that is to be decided, or left uncounted by a crash. */
  | { readonly kind: 'news'; readonly stored: StoredFinding }
  /** Known and counted. `ours`: it was this very event that brought it, before a crash. */
  | { readonly kind: 'duplicate'; readonly ours: boolean; readonly activity: string }
  /** A version older than the one that is stored. `ours`: it was there before that one. */
  | { readonly kind: 'superseded'; readonly ours: boolean };

const findingOf = (item: Item): StoredFinding => item as unknown as StoredFinding;

const attributes = (delivered: Delivered, activity: string, unchanged: boolean): { readonly [name: string]: Json } => ({
  id: delivered.finding.id,
  hash: delivered.hash,
  finding: delivered.finding as unknown as Json,
  activity,
  counted: false,
  unchanged,
  event: delivered.event,
});

/**
 * Of two versions of one finding the later activity wins, and of two with the same the greater hash: whatever order they are
 * delivered in, the same one stays.
 */
const supersedes = (delivered: Delivered, stored: StoredFinding): boolean =>
  delivered.finding.observedAt === stored.finding.observedAt
    ? delivered.hash > stored.hash
    : delivered.finding.observedAt > stored.finding.observedAt;

/**
 * Activity later than this counts though the finding says nothing new. After a verified containment: what is later than it.
 * Closed, or at rest with nothing contained: whatever is later than what was delivered, because the rules or the account may
 * have changed since it was decided. Null, none: a run is about to decide it.
 */
export function unchangedCountsAfter(head: Pick<Head, 'state' | 'containedAt'> | undefined): string | null {
  if (head === undefined || head.state === 'running') return head?.containedAt ?? null;
  return head.containedAt ?? '';
}

/** So many events back is the redelivery of one known. */
const mostBefore = 10;

/**
 * Puts a finding where it belongs, uncounted if it says something new, or if its activity is later than what was delivered of it
 * and than `after`.
 */
export async function placeFinding(
  table: Table,
  incident: string,
  delivered: Delivered,
  after: string | null,
): Promise<Placed> {
  const key = keys.finding(incident, delivered.finding.id);
  const activity = delivered.finding.observedAt;
  return untilWritten(async (): Promise<Placed | undefined> => {
    const item = await table.get(key);
    if (item === undefined) {
      const fresh: Item = { ...attributes(delivered, activity, false), ...key };
      return (await table.putIfAbsent(fresh)) ? { kind: 'news', stored: findingOf(fresh) } : undefined;
    }
    const stored = findingOf(item);
    const ways = waysOf(delivered.finding, relayedOf(stored.finding), after);
    // What Security Hub leaves out is no change, and never takes the place of what the finding itself says.
    const said = ways === 'repeat' ? { ...delivered, hash: stored.hash, finding: stored.finding } : delivered;
    const expect = { hash: stored.hash, activity: stored.activity, counted: stored.counted };
    const overwrite = async (): Promise<Placed | undefined> => {
      const unchanged = stored.hash === said.hash || ways === 'original';
      const before = [stored.event, ...(stored.before ?? [])].slice(0, mostBefore);
      const set = { ...attributes(said, later(stored.activity, activity), unchanged), before };
      const written = await table.update(key, expect, { set, remove: ['seq'] });
      return written === undefined ? undefined : { kind: 'news', stored: findingOf(written) };
    };
    const ours = stored.event === delivered.event || stored.before?.includes(delivered.event) === true;
    if (stored.hash !== said.hash && ways !== 'late')
      return ways === 'original' || supersedes(delivered, stored) ? overwrite() : { kind: 'superseded', ours };
    if (!stored.counted) return { kind: 'news', stored };
    const counts = countsAfter(after, delivered.finding, ways);
    const newsAgain = counts !== null && activity > counts && activity > stored.activity;
    if (!newsAgain && (ways === 'original' || ways === 'late')) {
      const set = { finding: delivered.finding as unknown as Json, hash: delivered.hash };
      if ((await table.update(key, expect, { set })) === undefined) return undefined;
    }
    const heard = isEcho(after, counts, delivered.finding) ? stored.activity : activity;
    return newsAgain ? overwrite() : { kind: 'duplicate', ours, activity: heard };
  });
}

/** Last of counting. Somebody who has put a newer version meanwhile counts that one. */
export async function markCounted(table: Table, incident: string, stored: StoredFinding, seq: number): Promise<void> {
  const expect = { hash: stored.hash, activity: stored.activity, counted: false };
  await table.update(keys.finding(incident, stored.id), expect, { set: { counted: true, seq } });
}

/** A duplicate with a later activity; the head has been told of it first, so that a crash in between only repeats that. */
export async function touchFinding(table: Table, incident: string, id: string, activity: string): Promise<void> {
  await untilWritten(async () => {
    const key = keys.finding(incident, id);
    const item = await table.get(key);
    if (item === undefined) return true;
    const stored = findingOf(item);
    if (stored.activity >= activity) return true;
    return table.update(key, { hash: stored.hash, activity: stored.activity }, { set: { activity } });
  });
}

/** What was found in earlier incidents of the same key, which are closed. */
export async function earlierFindings(table: Table, incident: string, closedSeq: number): Promise<readonly Finding[]> {
  const items = await table.query(keys.incident(incident), 'finding#');
  return items.map(findingOf).flatMap(({ seq, finding }) => (seq !== undefined && seq <= closedSeq ? [finding] : []));
}

/**
 * The findings of the open incident. Read after the head: what raised its `seq` was written before, so that all of it is
 * here; what is not counted yet may be here too, and does no harm.
 */
export async function findingsOf(table: Table, incident: string, closedSeq: number): Promise<readonly StoredFinding[]> {
  const items = await table.query(keys.incident(incident), 'finding#');
  return items.map(findingOf).filter(({ seq }) => seq === undefined || seq > closedSeq);
}
