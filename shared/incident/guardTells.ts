import type { Clock } from '../platform/clock.ts';
import { sha256Hex } from '../platform/hash.ts';
import type { Key, Table } from './table.ts';

const key: Key = { pk: 'ruleset', sk: 'telling' };

/** Longer than whoever tells it takes to note that it is told. */
const justMs = 60_000;

/**
 * Whether the caller is to tell the owner of the rules that they stand so. The guard runs by event and by the clock, and an edit that has come to rest
 * is looked at by both at once: one of them tells it, and a later one where that died before it was noted. Where the table cannot be asked,
 * each does.
 * @param status what is told
 */
export async function tellsStatus(
  { table, clock }: { readonly table: Pick<Table, 'get' | 'update' | 'putIfAbsent'>; readonly clock: Clock },
  status: string,
): Promise<boolean> {
  const now = clock.now();
  const set = { status: sha256Hex(status), at: now.toISOString() };
  try {
    const known = await table.get(key);
    if (known === undefined) return await table.putIfAbsent({ ...key, ...set });
    const told = { status: String(known['status']), at: String(known['at']) };
    if (told.status === set.status && now.getTime() - Date.parse(told.at) < justMs) return false;
    return (await table.update(key, told, { set })) !== undefined;
  } catch {
    return true;
  }
}
