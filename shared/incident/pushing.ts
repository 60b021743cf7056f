import type { Clock } from '../platform/clock.ts';
import type { Key, Table } from './table.ts';

const key: Key = { pk: 'ruleset', sk: 'pushing' };

/** However much is pushed, and whatever became of who pushes it: the guard waits no longer than this. */
const longestMs = 5 * 60_000;
/** Parameter Store takes three writes a second; twice that, for when it asks to slow down. */
const perWriteMs = 667;
const atLeastMs = 10_000;

/**
 * Does many writes that belong together, and says so meanwhile: they take longer than the guard waits for edits to come to rest. Two at once: what
 * the later says counts. Where that cannot be said, the writes are done all the same. Throws what they throw.
 */
export async function asOnePush<T>(
  { table, clock, newId }: { readonly table: Table; readonly clock: Clock; readonly newId: () => string },
  writeCount: number,
  write: () => Promise<T>,
): Promise<T> {
  const id = newId();
  const untilMs = clock.now().getTime() + Math.min(longestMs, atLeastMs + writeCount * perWriteMs);
  const set = { id, until: new Date(untilMs).toISOString() };
  const isSaid = await quietly(
    async () => (await table.update(key, {}, { set })) ?? table.putIfAbsent({ ...key, ...set }),
  );
  try {
    return await write();
  } finally {
    if (isSaid) await quietly(() => table.update(key, { id }, { set: { id: null, until: null } }));
  }
}

async function quietly(call: () => Promise<unknown>): Promise<boolean> {
  try {
    await call();
    return true;
  } catch {
    return false;
  }
}

/** Whether somebody is in the middle of many writes. A clock that is far ahead keeps nobody waiting. */
export async function isPushed(table: Pick<Table, 'get'>, nowMs: number): Promise<boolean> {
  const until = (await table.get(key))?.['until'];
  if (typeof until !== 'string') return false;
  const leftMs = Date.parse(until) - nowMs;
  return leftMs > 0 && leftMs <= longestMs;
}
