import type { JsonObject } from '../../shared/platform/json.ts';
import { sampleEvent } from '../finding/sampleEvent.ts';
import type { Stage } from './stage.ts';

/** GuardDuty finds now that somebody at an address tries the passwords of a host. */
export function addressThreat(
  { account }: Stage,
  host: string,
  from: string,
  id = 'd6c1a2b3c4d5e6f708192a3b4c5d6e70',
): JsonObject {
  const event = sampleEvent('guardduty-instance-brute-force');
  const now = new Date(account.clock.now()).toISOString();
  const text = JSON.stringify(event)
    .replaceAll(String(event['region']), account.region)
    .replaceAll('i-0ab12cd34ef567890', host)
    .replaceAll('198.51.100.23', from)
    .replaceAll(String(event.detail['id']), id)
    .replace(/("(?:eventFirstSeen|eventLastSeen|createdAt|updatedAt)":)"[^"]*"/g, `$1"${now}"`);
  return { ...JSON.parse(text), id: account.random.uuid(), time: `${now.slice(0, 19)}Z` };
}
