import type { Cluster, ContainerInstance, StoredService, StoredTask } from './state.ts';
import { serviceOfTask } from './tasks.ts';

/**
 * How a task of a service leaves a host that drains: `next`, as the limits of its deployments allow, or `last`, a daemon's while
 * other tasks are left there. Undefined where it stays. The limits hold "during a deployment or when a container instance is
 * draining" (developer guide, "service event messages").
 */
export function onItsWay(cluster: Cluster, service: StoredService, { host }: StoredTask): 'next' | 'last' | undefined {
  if (host?.status !== 'DRAINING') return undefined;
  return service.schedulingStrategy === 'DAEMON' && hasOthers(cluster, host) ? 'last' : 'next';
}

/** Tasks that are no daemon's; those of no service stay "until they stop on their own or you stop them". */
const hasOthers = (cluster: Cluster, { id }: ContainerInstance): boolean =>
  [...cluster.tasks.values()].some(
    (task) =>
      task.host?.id === id &&
      task.status !== 'STOPPED' &&
      serviceOfTask(cluster, task)?.schedulingStrategy !== 'DAEMON',
  );
