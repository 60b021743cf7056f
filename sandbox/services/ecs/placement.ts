import type { Account } from '../../account.ts';
import { sayOnce, serviceAction } from './events.ts';
import type { Cluster, ContainerInstance, StoredService } from './state.ts';
import { isWanted, tasksOf } from './tasks.ts';

/**
 * Where up to `count` new tasks of a service go: on Fargate anywhere; of a DAEMON onto each active container instance that has
 * none left, not even one that is being stopped; else onto the active instance with the fewest tasks. Instances have room without end.
 */
export function placesFor(
  account: Account,
  cluster: Cluster,
  service: StoredService,
  count: number,
): readonly { readonly host: ContainerInstance | undefined }[] {
  if (service.launchType === 'FARGATE') return Array.from({ length: count }, () => ({ host: undefined }));
  const active = [...cluster.instances.values()].filter(({ status }) => status === 'ACTIVE');
  if (service.schedulingStrategy === 'DAEMON') {
    const left = tasksOf(cluster, service).filter(({ status }) => status !== 'STOPPED');
    const taken = new Set(left.map(({ host }) => host?.id));
    return active
      .filter(({ id }) => !taken.has(id))
      .slice(0, count)
      .map((host) => ({ host }));
  }
  if (active.length === 0) {
    if (sayOnce(account, service, NOWHERE)) {
      serviceAction(account, cluster, service, 'SERVICE_TASK_PLACEMENT_FAILURE', { reason: 'NO ACTIVE INSTANCES' });
    }
    return [];
  }
  const load = new Map(active.map((host) => [host, tasksOn(cluster, host)]));
  return Array.from({ length: count }, () => {
    const host = least(load);
    if (host !== undefined) load.set(host, (load.get(host) ?? 0) + 1);
    return { host };
  });
}

/** Of equal ones, the first. */
const least = (load: ReadonlyMap<ContainerInstance, number>): ContainerInstance | undefined =>
  [...load].sort(([, a], [, b]) => a - b)[0]?.[0];

/** The active container instance with the fewest tasks, if there is one. */
export const leastLoaded = (cluster: Cluster): ContainerInstance | undefined =>
  least(
    new Map(
      [...cluster.instances.values()]
        .filter(({ status }) => status === 'ACTIVE')
        .map((host) => [host, tasksOn(cluster, host)]),
    ),
  );

const NOWHERE =
  'was unable to place a task because no container instance met all of its requirements. Reason: No Container Instances were found in your cluster. For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.';

export const tasksOn = (cluster: Cluster, { id }: ContainerInstance): number =>
  [...cluster.tasks.values()].filter((task) => task.host?.id === id && isWanted(task)).length;
