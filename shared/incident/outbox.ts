import type { Json } from '../platform/json.ts';
import { outAttribute } from './head.ts';
import type { Message } from './items.ts';
import { keys } from './keys.ts';
import type { Table } from './table.ts';

/** What has waited for working hours or for the digest when something newer is told: that tells all of it. */
export const waitingIn = (outbox: readonly Message[], now: Date): readonly Message[] =>
  outbox.filter(({ notBefore, collected }) => collected === true || (notBefore ?? '') > now.toISOString());

/** What is kept of a message: not what opens its incident. */
export const withoutLink = ({ link: _link, ...message }: Message): Omit<Message, 'link'> => message;

/** Keeps messages that were taken out of the outbox because a newer one tells it all. A crash before that loses texts that nobody was told. */
export async function keepReplaced(
  table: Table,
  incident: string,
  replaced: readonly Message[],
  replacedBy: string,
): Promise<void> {
  for (const message of replaced) {
    const kept = { ...withoutLink(message), replacedBy } as unknown as { readonly [name: string]: Json };
    await table.putIfAbsent({ ...kept, ...keys.message(incident, message.id) });
  }
}

/**
 * Marks a message as sent: first the item that is kept of it, then it leaves the head's outbox, conditional on being there. A
 * crash before that publishes it again, with the same id and text.
 */
export async function markSent(table: Table, incident: string, message: Message): Promise<void> {
  const kept = { ...withoutLink(message), sent: true } as unknown as { readonly [name: string]: Json };
  await table.putIfAbsent({ ...kept, ...keys.message(incident, message.id) });
  await table.update(keys.head(incident), {}, { remove: [outAttribute(message.id)] });
}
