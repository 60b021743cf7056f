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

/** Longer than whoever wrote it takes to send it. */
const justMs = 60_000;

/** Several come upon a page that is to go on at the same moment; whoever wrote that it does sends it, and a later sweep where that died. */
const isJustWritten = ({ id, goesOn, at }: Message, mine: string | undefined, now: Date): boolean =>
  goesOn === true && id !== mine && now.getTime() - Date.parse(at) < justMs;

/** What no digest has told so long after its hour goes out by itself: nothing is lost because none comes. */
const collectedAtMostMs = 24 * 3_600_000;

/** Whether it waits for a digest. Where the settings know of none any more (`hasDigest`), it goes out at that hour by itself. */
function waitsForDigest(
  { collected, notBefore, at, team }: Message,
  hasDigest: HasDigest | undefined,
  now: Date,
): boolean {
  const isLate = now.getTime() - Date.parse(notBefore ?? at) > collectedAtMostMs;
  return collected === true && !isLate && hasDigest?.(team ?? null) !== false;
}

/** Whether a team is told in a digest. */
export type HasDigest = (team: string | null) => boolean;

/** Publishes what of the head's outbox does not wait for working hours or a digest, each at least once and always with the text that was stored. */
export async function sendOutbox(
  effects: Pick<Effects, 'table' | 'publisher' | 'clock' | 'log' | 'consoleUrl'>,
  head: Head,
  mine?: string,
  hasDigest?: HasDigest,
): Promise<void> {
  const now = effects.clock.now().toISOString();
  for (const message of head.outbox) {
    if (waitsForDigest(message, hasDigest, effects.clock.now())) continue;
    if ((message.notBefore ?? '') > now || isJustWritten(message, mine, effects.clock.now())) continue;
    await putLink(effects.table, head.incident, message);
    const body = withLink(message, effects.consoleUrl);
    await effects.publisher.publish(message.tier, message.subject, body, aboutMessage(head, message));
    await markSent(effects.table, head.incident, message);
    effects.log('Message sent', { incident: head.incident, message: message.id, tier: message.tier });
  }
}
