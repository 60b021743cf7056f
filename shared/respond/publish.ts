import type { Head, Message } from '../incident/items.ts';
import { incidentHash } from '../incident/keys.ts';
import { markSent } from '../incident/outbox.ts';
import type { About } from '../platform/topics.ts';
import type { Effects } from './effects.ts';

/** What the channels show a message by. Each is left out where it is not known. */
const aboutMessage = ({ incident }: Head, { id, outcome, class: known, team, level }: Message): About => ({
  id,
  incident,
  thread: incidentHash(incident),
  outcome: outcome ?? '',
  class: known ?? '',
  team: team ?? '',
  escalation: String(level ?? 0),
});

/** Sends one message of an outbox, and notes that it is out. */
export async function publishMessage(
  effects: Pick<Effects, 'table' | 'publisher' | 'log'>,
  head: Head,
  message: Message,
): Promise<void> {
  await effects.publisher.publish(message.tier, message.subject, message.body, aboutMessage(head, message));
  await markSent(effects.table, head.incident, message);
  effects.log('Message sent', { incident: head.incident, message: message.id, tier: message.tier });
}
