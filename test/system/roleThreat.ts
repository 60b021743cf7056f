import type { JsonObject } from '../../shared/platform/json.ts';
import { sampleEvent } from '../finding/sampleEvent.ts';
import type { Stage } from './stage.ts';

/** GuardDuty finds now that credentials of a role, which a task of this id had, are used from outside of AWS. */
export function roleThreat(
  { account }: Stage,
  role: string,
  { session = '0f1e2d3c4b5a69788796a5b4c3d2e1f0', id = '1bc1a2b3c4d5e6f708192a3b4c5d6e7f' } = {},
): JsonObject {
  const event = sampleEvent('guardduty-task-role-exfiltrated');
  const now = new Date(account.clock.now()).toISOString();
  const text = JSON.stringify(event)
    .replaceAll(String(event['region']), account.region)
    .replaceAll('checkout-task-role', role)
    .replaceAll('0f1e2d3c4b5a69788796a5b4c3d2e1f0', session)
    .replaceAll(String(event.detail['id']), id)
    .replace(/("(?:eventFirstSeen|eventLastSeen|createdAt|updatedAt)":)"[^"]*"/g, `$1"${now}"`);
  return { ...JSON.parse(text), id: account.random.uuid(), time: `${now.slice(0, 19)}Z` };
}
