import type { Account } from '../../account.ts';
import type { Cluster, StoredService } from './state.ts';
import { secondsFor } from './timing.ts';

export const LOOK = 'ecs.look';

/** The scheduler will look at the service in a few seconds, unless it does so sooner already. */
export function wake(account: Account, cluster: Cluster, service: StoredService): void {
  if (service.look !== undefined) return;
  service.look = account.clock.after(secondsFor(account, 'look'), LOOK, {
    cluster: cluster.name,
    service: service.name,
  });
}

/**
 * The scheduler will look at the service at a given time, whatever happens before.
 * @param background upkeep, which those who let the account settle do not wait for
 */
export function wakeAt(account: Account, cluster: Cluster, service: StoredService, at: number, background: boolean) {
  const args = { cluster: cluster.name, service: service.name, timed: true };
  account.clock.after(at - account.clock.now(), LOOK, args, { background });
}
