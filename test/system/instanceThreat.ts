import type { JsonObject } from '../../shared/platform/json.ts';
import { sampleEvent } from '../finding/sampleEvent.ts';
import type { Stage } from './stage.ts';

/** GuardDuty finds now that an instance asks for a pool of miners. */
export function instanceThreat({ account }: Stage, instance: string): JsonObject {
  const event = sampleEvent('guardduty-instance-bitcoin-dns');
  const now = new Date(account.clock.now()).toISOString();
  const text = JSON.stringify(event)
    .replaceAll(String(event['region']), account.region)
    .replaceAll('i-0ab12cd34ef567890', instance)
    .replace(/("(?:eventFirstSeen|eventLastSeen|createdAt|updatedAt)":)"[^"]*"/g, `$1"${now}"`);
  return { ...JSON.parse(text), id: account.random.uuid(), time: `${now.slice(0, 19)}Z` };
}
