import type { Head, Message } from '../incident/items.ts';
import { isToldElsewhere } from './fold.ts';
import type { FoldEffects } from './foldInto.ts';
import { publishMessage } from './publish.ts';

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

/**
 * Publishes what of the head's outbox does not wait for working hours or a digest and is told by no other page, each at least once and always with
 * the text that was stored.
 */
export async function sendOutbox(
  effects: FoldEffects,
  head: Head,
  mine?: string,
  hasDigest?: HasDigest,
): Promise<void> {
  const now = effects.clock.now().toISOString();
  for (const message of head.outbox) {
    if (waitsForDigest(message, hasDigest, effects.clock.now())) continue;
    if ((message.notBefore ?? '') > now || isJustWritten(message, mine, effects.clock.now())) continue;
    if (await isToldElsewhere(effects, head, message)) continue;
    await publishMessage(effects, head, message);
  }
}
