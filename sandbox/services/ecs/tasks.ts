import type { Cluster, StoredService, StoredTask } from './state.ts';
import { desiredStatus } from './state.ts';

export const tasksOf = (cluster: Cluster, service: StoredService): readonly StoredTask[] =>
  [...cluster.tasks.values()].filter(({ group }) => group === `service:${service.name}`);

export const serviceOfTask = (cluster: Cluster, { group }: Pick<StoredTask, 'group'>): StoredService | undefined =>
  group.startsWith('service:') ? cluster.services.get(group.slice('service:'.length)) : undefined;

/** Not being stopped. */
export const isWanted = (task: StoredTask): boolean => desiredStatus(task) === 'RUNNING';

/** "Tasks for services that do use a load balancer are considered healthy" when that finds them so, others when they run. */
export const isHealthy = (task: StoredTask): boolean => task.status === 'RUNNING' && task.targetHealthy !== false;

export const isProtected = (task: StoredTask, now: number): boolean => (task.protectedUntil ?? 0) > now;

/** How many tasks a service wants: for a DAEMON, one for each active container instance. */
export const wantedCount = (cluster: Cluster, service: StoredService): number =>
  service.schedulingStrategy === 'DAEMON'
    ? [...cluster.instances.values()].filter(({ status }) => status === 'ACTIVE').length
    : service.desiredCount;

/** Of these tasks: running, and wanted but not running yet. */
export function countsOf(tasks: readonly StoredTask[]): { readonly running: number; readonly pending: number } {
  const wanted = tasks.filter(isWanted);
  const running = wanted.filter(({ status }) => status === 'RUNNING').length;
  return { running, pending: wanted.length - running };
}
