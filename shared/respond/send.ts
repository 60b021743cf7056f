import type { Head } from '../incident/items.ts';
import { markSent } from '../incident/outbox.ts';
import type { Effects } from './effects.ts';

/** Publishes what the head's outbox holds, each at least once and always with the text that was stored. */
export async function sendOutbox(effects: Pick<Effects, 'table' | 'publisher' | 'log'>, head: Head): Promise<void> {
  for (const message of head.outbox) {
    await effects.publisher.publish(message.tier, message.subject, message.body);
    await markSent(effects.table, head.incident, message);
    effects.log('Message sent', { incident: head.incident, message: message.id, tier: message.tier });
  }
}
