import type { Head, Message } from '../incident/items.ts';
import { incidentHash } from '../incident/keys.ts';
import { putLink } from '../incident/links.ts';
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

/** The text that goes out: of a page with a link, the link, too. What is kept of it has none. */
const withLink = ({ body, link }: Message, consoleUrl: string | undefined): string =>
  link === undefined || consoleUrl === undefined
    ? body
    : `${body}\n\nOpen it in a browser, until ${link.until}: ${consoleUrl}l/${link.secret}\n`;

/** Sends one message of an outbox, and notes that it is out. */
export async function publishMessage(
  effects: Pick<Effects, 'table' | 'publisher' | 'log' | 'consoleUrl'>,
  head: Head,
  message: Message,
): Promise<void> {
  await putLink(effects.table, head.incident, message);
  const body = withLink(message, effects.consoleUrl);
  await effects.publisher.publish(message.tier, message.subject, body, aboutMessage(head, message));
  await markSent(effects.table, head.incident, message);
  effects.log('Message sent', { incident: head.incident, message: message.id, tier: message.tier });
}
