import type { Head, Message } from '../incident/items.ts';
import { isToldElsewhere } from './fold.ts';
import type { FoldEffects } from './foldInto.ts';
import { publishMessage } from './publish.ts';

/** Longer than whoever wrote it takes to send it. */
const justMs = 60_000;

/** Several come upon a page that is to go on at the same moment; whoever wrote that it does sends it, and a later sweep where that died. */
const isJustWritten = ({ id, goesOn, at }: Message, mine: string | undefined, now: Date): boolean =>
  goesOn === true && id !== mine && now.getTime() - Date.parse(at) < justMs;

/**
 * Publishes what of the head's outbox does not wait for working hours and is told by no other page, each at least once and always with the text
 * that was stored.
 */
export async function sendOutbox(effects: FoldEffects, head: Head, mine?: string): Promise<void> {
  const now = effects.clock.now().toISOString();
  for (const message of head.outbox) {
    if ((message.notBefore ?? '') > now || isJustWritten(message, mine, effects.clock.now())) continue;
    if (await isToldElsewhere(effects, head, message)) continue;
    await publishMessage(effects, head, message);
  }
}
