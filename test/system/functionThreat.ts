import type { JsonObject } from '../../shared/platform/json.ts';
import { sampleEvent } from '../finding/sampleEvent.ts';
import type { Stage } from './stage.ts';

/** GuardDuty finds now that a function talks to a command-and-control server. */
export function functionThreat({ account }: Stage, name: string, id = '1ac1a2b3c4d5e6f708192a3b4c5d6e7f'): JsonObject {
  const event = sampleEvent('guardduty-lambda-c2');
  const now = new Date(account.clock.now()).toISOString();
  const text = JSON.stringify(event)
    .replaceAll(String(event['region']), account.region)
    .replaceAll('img-resize', name)
    .replaceAll(String(event.detail['id']), id)
    .replace(/("(?:eventFirstSeen|eventLastSeen|createdAt|updatedAt)":)"[^"]*"/g, `$1"${now}"`);
  return { ...JSON.parse(text), id: account.random.uuid(), time: `${now.slice(0, 19)}Z` };
}
