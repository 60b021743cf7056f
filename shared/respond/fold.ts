import type { Head, Message } from '../incident/items.ts';
import { isStorm } from '../incident/storms.ts';
import { isToldByCampaign } from './campaign.ts';
import type { FoldEffects } from './foldInto.ts';
import { isToldByStorm } from './storm.ts';

/**
 * Whether a page is told by another: by that of its campaign, or by that of a storm; or is about to be, and the sweep looks again. Acting knows
 * nothing of it. What cannot be read or written here is no reason to be silent: the page goes out by itself.
 */
export async function isToldElsewhere(effects: FoldEffects, head: Head, message: Message): Promise<boolean> {
  if (message.tier !== 'page' || message.goesOn === true || isStorm(head.incident)) return false;
  try {
    return (await isToldByCampaign(effects, head, message)) || (await isToldByStorm(effects, head, message));
  } catch (error) {
    effects.log('Whether another page tells it is not known: it goes out', { incident: head.incident, error });
    return false;
  }
}
