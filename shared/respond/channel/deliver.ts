import { chatNotification } from '../../report/channels/chat.ts';
import type { ChannelMessage } from '../../report/channels/message.ts';
import { eventAction, pagerDutyEvent } from '../../report/channels/pagerDuty.ts';
import { webhookRequest } from '../../report/channels/webhook.ts';
import type { ChannelEffects } from './effects.ts';
import type { Channel } from './schema.ts';

/** What became of one attempt. `refused`: the other side has it, and will not take it however often it comes. */
export type Delivered =
  | { readonly state: 'taken' | 'late' | 'not-for-it' }
  | { readonly state: 'failed' | 'refused'; readonly why: string; readonly retryAfter?: number };

/** A key that was changed is in use within so many milliseconds. */
const secretKeptMs = 30_000;
/** What ends an alert comes within so many milliseconds or not at all: it might end the next one, and hide a page. */
const endsWithinMs = 60_000;

const pagerDutyHosts = { us: 'events.pagerduty.com', eu: 'events.eu.pagerduty.com' } as const;

/** Brings one message to one channel, once. Throws where Parameter Store cannot be read. */
export async function deliver(effects: ChannelEffects, channel: Channel, message: ChannelMessage): Promise<Delivered> {
  if (channel.kind === 'chat') return chat(effects, message);
  const key = await keyOf(effects, channel.key);
  if (key === undefined) return { state: 'failed', why: `its key, the parameter ${channel.key}, is not there` };
  const now = effects.clock.now();
  if (channel.kind === 'webhook') return post(effects, channel.url, webhookRequest(message, key, now));
  const action = eventAction(message, channel.tiers);
  if (action === null) return { state: 'not-for-it' };
  if (action !== 'trigger' && now.getTime() - Date.parse(message.at) > endsWithinMs) return { state: 'late' };
  return post(effects, `https://${pagerDutyHosts[channel.region]}/v2/enqueue`, {
    headers: { 'content-type': 'application/json', 'user-agent': 'firebreak' },
    body: JSON.stringify(pagerDutyEvent(message, action, key)),
  });
}

async function chat({ chat: publish }: ChannelEffects, message: ChannelMessage): Promise<Delivered> {
  try {
    await publish(chatNotification(message));
    return { state: 'taken' };
  } catch (error) {
    return { state: 'failed', why: `SNS did not take it (${nameOf(error)})` };
  }
}

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'unknown');

async function keyOf({ parameters, clock, kept }: ChannelEffects, name: string): Promise<string | undefined> {
  const now = clock.now().getTime();
  kept.secrets ??= new Map();
  const known = kept.secrets.get(name);
  if (known !== undefined && known.until > now) return known.value;
  const value = (await parameters.readSecret(name))?.value.trim();
  if (value === undefined) return undefined;
  kept.secrets.set(name, { until: now + secretKeptMs, value });
  return value;
}

/** These say that it may be taken later (RFC 9110: 408, 425, 429), and so does whatever is wrong on the other side. */
const passes = (status: number): boolean => status === 408 || status === 425 || status === 429 || status >= 500;

async function post(
  effects: ChannelEffects,
  url: string,
  request: { readonly headers: { readonly [name: string]: string }; readonly body: string },
): Promise<Delivered> {
  try {
    const { status, retryAfter } = await effects.post({ url, ...request });
    if (status >= 200 && status < 300) return { state: 'taken' };
    const why = `it answered ${status}`;
    if (!passes(status)) return { state: 'refused', why };
    return { state: 'failed', why, ...(retryAfter === undefined ? {} : { retryAfter }) };
  } catch (error) {
    // Its message may name the address, which may be a secret.
    effects.log.warn('A channel does not answer', { error: nameOf(error), code: (error as { code?: unknown }).code });
    return { state: 'failed', why: 'nobody answered' };
  }
}
