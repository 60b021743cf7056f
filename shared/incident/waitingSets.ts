import type { Json } from '../platform/json.ts';
import type { Called, PublishedPointer } from './rulesets.ts';
import type { Item, Key, Table } from './table.ts';

/** Which published set, of all that ever decided: no two have the same number. */
export type Over = Pick<PublishedPointer, 'hash' | 'number'>;

/** A set that may do harm and waits for a person. There is one at most: what is in Parameter Store now. */
export interface WaitingSet {
  readonly hash: string;
  /** The set that decides, against which it was judged. */
  readonly over: Over;
  /** Sentences: why it waits. */
  readonly dangers: readonly string[];
  /** Sentences: what would be different. */
  readonly changes: readonly string[];
  /** ISO. */
  readonly since: string;
}

/** What a person said about a set that waits. */
export interface SetApproval extends Called {
  readonly by: string;
  readonly reason: string;
  /** ISO. */
  readonly at: string;
}

const waitingKey: Key = { pk: 'ruleset', sk: 'waiting' };

interface Stored {
  readonly waiting: WaitingSet;
  readonly approval: SetApproval | undefined;
}

/** What an earlier version noted names no set that it was judged against: it is judged anew within a minute. */
function storedIn({ hash, overHash, overNumber, dangers, changes, since, approval }: Item): Stored | undefined {
  if (typeof hash !== 'string' || typeof overHash !== 'string' || typeof overNumber !== 'number') return undefined;
  const waiting = { hash, over: { hash: overHash, number: overNumber }, dangers, changes, since };
  return {
    waiting: waiting as unknown as WaitingSet,
    approval: (approval ?? undefined) as unknown as SetApproval | undefined,
  };
}

async function readStored(table: Pick<Table, 'get'>): Promise<Stored | undefined> {
  const item = await table.get(waitingKey);
  return item === undefined ? undefined : storedIn(item);
}

/** Undefined while none waits. */
export const readWaiting = async (table: Pick<Table, 'get'>): Promise<WaitingSet | undefined> =>
  (await readStored(table))?.waiting;

type Judged = Pick<WaitingSet, 'hash' | 'over'>;

const isSame = (one: Judged, other: Judged): boolean =>
  one.hash === other.hash && one.over.hash === other.over.hash && one.over.number === other.over.number;

/** Notes which set waits; undefined: none does. Nothing is written where that is known; an approval ends with what it was given to. */
export async function noteWaiting(
  table: Table,
  waiting: Omit<WaitingSet, 'since'> | undefined,
  at: string,
): Promise<void> {
  const known = (await readStored(table))?.waiting;
  if (known === undefined ? waiting === undefined : waiting !== undefined && isSame(known, waiting)) return;
  const since = known !== undefined && known.hash === waiting?.hash ? known.since : at;
  const set: { readonly [name: string]: Json } =
    waiting === undefined
      ? { hash: null, overHash: null, overNumber: null, dangers: null, changes: null, since: null, approval: null }
      : {
          hash: waiting.hash,
          overHash: waiting.over.hash,
          overNumber: waiting.over.number,
          dangers: waiting.dangers,
          changes: waiting.changes,
          since,
          approval: null,
        };
  if ((await table.update(waitingKey, {}, { set })) === undefined) await table.putIfAbsent({ ...waitingKey, ...set });
}

/**
 * The approval of a set, given while it waited over the very set that it would replace. Whatever is edited, published or rolled back
 * afterwards is another thing, and so is the same text that is taken back and written again.
 */
export async function approvalOf(table: Pick<Table, 'get'>, judged: Judged): Promise<SetApproval | undefined> {
  const known = await readStored(table);
  return known !== undefined && isSame(known.waiting, judged) ? known.approval : undefined;
}

/** `known`: somebody approved it before, and that stands. `other`: it does not wait any more as it was shown. */
export async function approveSet(
  table: Pick<Table, 'get' | 'update'>,
  judged: Judged,
  approval: SetApproval,
): Promise<'approved' | 'known' | 'other'> {
  const { hash, over } = judged;
  const expect = { hash, overHash: over.hash, overNumber: over.number, approval: null };
  const set = { approval: { ...approval } };
  if ((await table.update(waitingKey, expect, { set })) !== undefined) return 'approved';
  return (await approvalOf(table, judged)) === undefined ? 'other' : 'known';
}
