import type { JsonObject } from '../platform/json.ts';
import { keys } from './keys.ts';
import type { Table } from './table.ts';

/** Whom an event with this correlation wakes. */
export interface WaitingToken {
  readonly correlation: string;
  readonly token: string;
  readonly incident: string;
  readonly run: string;
  readonly round: number;
  readonly step: number;
  readonly at: string;
}

/** Stores whom to wake; a later token for the same correlation (a retried Act has a new one) takes its place. */
export async function putToken(table: Table, waiting: WaitingToken): Promise<void> {
  const key = keys.token(waiting.correlation);
  const attributes = waiting as unknown as JsonObject;
  if (await table.putIfAbsent({ ...attributes, ...key })) return;
  await table.update(key, {}, { set: attributes });
}

/** Whom an event with this correlation wakes; undefined when nobody waits for it. */
export async function readToken(table: Table, correlation: string): Promise<WaitingToken | undefined> {
  const item = await table.get(keys.token(correlation));
  return item as unknown as WaitingToken | undefined;
}
