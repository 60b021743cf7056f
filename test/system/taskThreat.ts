import type { JsonObject } from '../../shared/platform/json.ts';
import { sampleEvent } from '../finding/sampleEvent.ts';
import type { Stage } from './stage.ts';

/** GuardDuty finds a reverse shell now in one task of a service; the container has the name of the service. */
export function taskThreat(
  { account }: Stage,
  { cluster, service, task }: { readonly cluster: string; readonly service: string; readonly task: string },
): JsonObject {
  const event = sampleEvent('guardduty-ecs-reverse-shell');
  const now = new Date(account.clock.now()).toISOString();
  const text = JSON.stringify(event)
    .replaceAll(String(event['region']), account.region)
    .replaceAll('task/prod/', `task/${cluster}/`)
    .replaceAll('cluster/prod', `cluster/${cluster}`)
    .replace('"name":"prod"', `"name":"${cluster}"`)
    .replaceAll('checkout-api', service)
    .replaceAll('0f1e2d3c4b5a69788796a5b4c3d2e1f0', task)
    .replace(/("(?:eventFirstSeen|eventLastSeen|createdAt|updatedAt)":)"[^"]*"/g, `$1"${now}"`);
  return { ...JSON.parse(text), id: account.random.uuid(), time: `${now.slice(0, 19)}Z` };
}
