import type { JsonObject } from '../platform/json.ts';
import type { EventRecord } from './items.ts';
import { keys } from './keys.ts';
import type { Item, Table } from './table.ts';

/** Puts what became of an event, unless that is recorded: the first record stays, however often the event comes. */
export async function putRecord(table: Table, record: EventRecord): Promise<void> {
  await table.putIfAbsent({ ...(record as unknown as JsonObject), ...keys.event(record.id) });
}

export async function readRecord(table: Table, id: string): Promise<EventRecord | undefined> {
  const item: Item | undefined = await table.get(keys.event(id));
  return item as unknown as EventRecord | undefined;
}
