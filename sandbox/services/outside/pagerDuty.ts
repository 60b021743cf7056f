import type { Account } from '../../account.ts';
import { type Alert, outsideOf } from './state.ts';

/** PagerDuty takes no event above this many bytes ("Events API v2 overview", 512 KB). */
const LARGEST_EVENT = 512 * 1024;
const SEVERITIES: readonly unknown[] = ['critical', 'error', 'warning', 'info'];

type Fields = { readonly [name: string]: unknown };

interface Taken {
  readonly status: number;
  readonly said: object;
}

const refused = (...errors: readonly string[]): Taken => ({
  status: 400,
  said: { status: 'invalid event', message: 'Event object is invalid', errors },
});

const isFields = (value: unknown): value is Fields => value !== null && typeof value === 'object';

function fieldsOf(text: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isFields(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function wrongIn(event: Fields): readonly string[] {
  const { routing_key: key, event_action: action, dedup_key: dedup, payload } = event;
  const wrong: string[] = [];
  if (typeof key !== 'string' || key.length !== 32) wrong.push("'routing_key' is missing or not of 32 characters");
  if (!['trigger', 'acknowledge', 'resolve'].includes(String(action))) wrong.push("'event_action' is invalid");
  if (typeof dedup === 'string' && dedup.length > 255) wrong.push("'dedup_key' is too long");
  if (action !== 'trigger') return typeof dedup === 'string' ? wrong : [...wrong, "'dedup_key' is missing"];
  if (!isFields(payload)) return [...wrong, "'payload' is missing or blank"];
  const { summary, source, severity } = payload;
  if (typeof summary !== 'string' || summary === '' || summary.length > 1024)
    wrong.push("'payload.summary' is missing, or longer than 1024 characters");
  if (typeof source !== 'string' || source === '') wrong.push("'payload.source' is missing or blank");
  if (!SEVERITIES.includes(severity)) wrong.push("'payload.severity' is invalid (must be one of critical, …)");
  return wrong;
}

/** Takes an event as Events API v2 does: a trigger joins the open alert of its key, what is for no open alert is dropped. */
export function takeEvent(account: Account, path: string, body: string): Taken {
  const event = path === '/v2/enqueue' && Buffer.byteLength(body) <= LARGEST_EVENT ? fieldsOf(body) : undefined;
  if (event === undefined) return refused('not an event, or too large');
  const wrong = wrongIn(event);
  if (wrong.length > 0) return refused(...wrong);
  const { alerts } = outsideOf(account);
  const action = String(event['event_action']);
  const key = typeof event['dedup_key'] === 'string' ? event['dedup_key'] : account.random.uuid();
  const open = alerts.find((alert) => alert.key === key && alert.status !== 'resolved');
  if (open) {
    open.events.push(action);
    if (action !== 'trigger') open.status = action === 'resolve' ? 'resolved' : 'acknowledged';
  } else if (action === 'trigger') alerts.push(opened(key, event['payload'] as Fields));
  return { status: 202, said: { status: 'success', message: 'Event processed', dedup_key: key } };
}

const opened = (key: string, { severity, summary }: Fields): Alert => ({
  key,
  status: 'triggered',
  events: ['trigger'],
  severity: String(severity),
  summary: String(summary),
});
