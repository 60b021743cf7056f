import type { JsonObject } from '../../shared/platform/json.ts';
import { sampleEvent } from '../finding/sampleEvent.ts';
import type { Stage } from './stage.ts';

export interface PodNamed {
  readonly cluster: string;
  readonly namespace: string;
  readonly pod: string;
}

/** GuardDuty finds now that a pod has opened a reverse shell. */
export function podThreat(
  { account }: Pick<Stage, 'account'>,
  { cluster, namespace, pod }: PodNamed,
  id = '1ec1a2b3c4d5e6f708192a3b4c5d6e7f',
): JsonObject {
  const event = sampleEvent('guardduty-eks-reverse-shell');
  const now = new Date(account.clock.now()).toISOString();
  const text = JSON.stringify(event)
    .replaceAll(String(event['region']), account.region)
    .replaceAll('prod-eks', cluster)
    .replaceAll('"payments"', JSON.stringify(namespace))
    .replaceAll('checkout-5c9f', pod)
    .replaceAll(String(event.detail['id']), id)
    .replace(/("(?:eventFirstSeen|eventLastSeen|createdAt|updatedAt)":)"[^"]*"/g, `$1"${now}"`);
  return { ...JSON.parse(text), id: account.random.uuid(), time: `${now.slice(0, 19)}Z` };
}
