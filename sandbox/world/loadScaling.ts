import type { Account } from '../account.ts';
import { addPolicy, addScheduledAction, addTarget } from '../services/applicationAutoScaling/add.ts';
import type { World } from './schema.ts';

/** The scalable targets of a cluster's services, with their policies and scheduled actions. A count outside the bounds stays as it is. */
export function loadScaling(account: Account, { name: cluster, services }: World['clusters'][number]): void {
  for (const { name, autoscaling } of services) {
    if (autoscaling === undefined) continue;
    const resourceId = `service/${cluster}/${name}`;
    addTarget(account, resourceId, autoscaling.min, autoscaling.max);
    if (autoscaling.target !== undefined) addPolicy(account, resourceId, autoscaling.target);
    for (const { name: action, schedule, min, max } of autoscaling.scheduled) {
      addScheduledAction(account, resourceId, { name: action, schedule, minCapacity: min, maxCapacity: max });
    }
  }
}
