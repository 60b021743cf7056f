import { InvalidEvent } from '../platform/errors.ts';
import { parseDate } from './dates.ts';
import { readObject, readText } from './read.ts';
import type { Envelope } from './source.ts';

/**
 * The part of an EventBridge envelope that we rely on. `resources` is not read: it is missing from some events and
 * empty in others. `time` comes back as ISO 8601 UTC with milliseconds.
 * Throws InvalidEvent with the path (`$` for the event itself).
 */
export function parseEnvelope(value: unknown): Envelope {
  const event = readObject(value, '$');
  const account = readText(event['account'], 'account');
  if (!/^\d{12}$/.test(account)) throw new InvalidEvent('account', 'account must be 12 digits');
  const region = readText(event['region'], 'region');
  if (!isRegion(region)) throw new InvalidEvent('region', 'region must be a Region name such as us-east-1');
  const time = parseDate(readText(event['time'], 'time'));
  if (time === null) throw new InvalidEvent('time', 'time must be a date that exists, such as 2026-11-20T09:14:03Z');
  return {
    id: readText(event['id'], 'id', 256),
    source: readText(event['source'], 'source', 256),
    'detail-type': readText(event['detail-type'], 'detail-type', 256),
    account,
    region,
    time,
    detail: event['detail'],
  };
}

export const isRegion = (text: string): boolean => /^[a-z]{2,8}(-[a-z]{2,12}){1,3}-\d{1,2}$/.test(text);

export { unwrap } from './unwrap.ts';
