import type { Account } from '../../account.ts';
import { calm } from './deployment.ts';
import { serviceAction } from './events.ts';
import { clusters, type StoredService } from './state.ts';
import { wake } from './wake.ts';

const scalable = (account: Account, cluster: string, service: string): StoredService | undefined => {
  const found = clusters(account).get(cluster)?.services.get(service);
  return found?.schedulingStrategy === 'REPLICA' ? found : undefined;
};

/** For Application Auto Scaling, by names. Undefined for a service that is not there, or has no count (DAEMON). */
export const desiredCountOf = (account: Account, cluster: string, service: string): number | undefined =>
  scalable(account, cluster, service)?.desiredCount;

/**
 * Application Auto Scaling sets a count: like a call of UpdateService, but for the event
 * `SERVICE_DESIRED_COUNT_UPDATED`, which "is not sent when the desired count is manually updated by a user".
 * @returns whether there is such a service
 */
export function setDesiredCount(account: Account, cluster: string, service: string, count: number): boolean {
  const place = clusters(account).get(cluster);
  const found = scalable(account, cluster, service);
  if (place === undefined || found === undefined) return false;
  if (found.desiredCount === count) return true;
  found.desiredCount = count;
  serviceAction(account, place, found, 'SERVICE_DESIRED_COUNT_UPDATED', { desiredCount: count });
  calm(found);
  wake(account, place, found);
  return true;
}
