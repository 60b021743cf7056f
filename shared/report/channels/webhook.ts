import { createHmac } from 'node:crypto';
import type { ChannelMessage } from './message.ts';

export interface WebhookRequest {
  readonly headers: { readonly [name: string]: string };
  readonly body: string;
}

/** The key never leaves: what is sent proves that the sender has it, and when it was sent. */
export const signatureOf = (key: string, timestamp: string, body: string): string =>
  `v1=${createHmac('sha256', key).update(`${timestamp}.${body}`, 'utf8').digest('hex')}`;

/**
 * A message as the generic webhook sends it. A repeat of the same message has the same `firebreak-id` and body, and a timestamp and signature
 * of its own: a receiver that has seen the id leaves it out.
 */
export function webhookRequest(message: ChannelMessage, key: string, now: Date): WebhookRequest {
  const body = JSON.stringify({
    version: 1,
    id: message.id,
    at: message.at,
    stage: message.stage,
    tier: message.tier,
    headline: message.headline,
    text: message.text,
    incident: message.incident,
    thread: message.thread,
    outcome: message.outcome,
    class: message.class,
    escalation: message.escalation,
    ...(message.html === undefined ? {} : { html: message.html }),
  });
  const timestamp = String(Math.floor(now.getTime() / 1000));
  return {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'user-agent': 'firebreak',
      'firebreak-id': message.id,
      'firebreak-timestamp': timestamp,
      'firebreak-signature': signatureOf(key, timestamp, body),
    },
    body,
  };
}
