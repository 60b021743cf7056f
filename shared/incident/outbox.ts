import type { Json } from '../platform/json.ts';
import { outAttribute } from './head.ts';
import type { Message } from './items.ts';
import { keys } from './keys.ts';
import type { Table } from './table.ts';

/**
 * Marks a message as sent: first the item that is kept of it, then it leaves the head's outbox, conditional on being there. A
 * crash before that publishes it again, with the same id and text.
 */
export async function markSent(table: Table, incident: string, message: Message): Promise<void> {
  const kept = { ...message, sent: true } as unknown as { readonly [name: string]: Json };
  await table.putIfAbsent({ ...kept, ...keys.message(incident, message.id) });
  await table.update(keys.head(incident), {}, { remove: [outAttribute(message.id)] });
}
