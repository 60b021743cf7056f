import type { Json } from '../platform/json.ts';
import type { Key, Table } from './table.ts';

/** A set that may do harm and waits for a person. There is one at most: what is in Parameter Store now. */
export interface WaitingSet {
  readonly hash: string;
  /** Sentences: why it waits. */
  readonly dangers: readonly string[];
  /** Sentences: what would be different. */
  readonly changes: readonly string[];
  /** ISO. */
  readonly since: string;
}

/** What a person said about a set. Bound to its hash: whatever is edited afterwards is another. */
export interface SetApproval {
  readonly by: string;
  readonly reason: string;
  /** ISO. */
  readonly at: string;
}

const waitingKey: Key = { pk: 'ruleset', sk: 'waiting' };
const approvalKey = (hash: string): Key => ({ pk: 'ruleset', sk: `approval#${hash}` });

/** Undefined while none waits. */
export async function readWaiting(table: Pick<Table, 'get'>): Promise<WaitingSet | undefined> {
  const item = await table.get(waitingKey);
  if (typeof item?.['hash'] !== 'string') return undefined;
  const { pk: _pk, sk: _sk, ...waiting } = item;
  return waiting as unknown as WaitingSet;
}

/** Notes which set waits; undefined: none does. Nothing is written where that is known. */
export async function noteWaiting(
  table: Table,
  waiting: Omit<WaitingSet, 'since'> | undefined,
  at: string,
): Promise<void> {
  const known = await readWaiting(table);
  if (known?.hash === waiting?.hash) return;
  const set: { readonly [name: string]: Json } =
    waiting === undefined ? { hash: null, dangers: null, changes: null, since: null } : { ...waiting, since: at };
  if ((await table.update(waitingKey, {}, { set })) === undefined) await table.putIfAbsent({ ...waitingKey, ...set });
}

export async function approvalOf(table: Pick<Table, 'get'>, hash: string): Promise<SetApproval | undefined> {
  const item = await table.get(approvalKey(hash));
  if (item === undefined) return undefined;
  const { pk: _pk, sk: _sk, ...approval } = item;
  return approval as unknown as SetApproval;
}

/** False: somebody approved it before, and that stands. */
export const approveSet = (table: Pick<Table, 'putIfAbsent'>, hash: string, approval: SetApproval): Promise<boolean> =>
  table.putIfAbsent({ ...approvalKey(hash), ...approval });
