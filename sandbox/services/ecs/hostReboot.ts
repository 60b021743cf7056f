import type { Account } from '../../account.ts';
import { instanceChanged } from './events.ts';
import { next, over } from './lifecycle.ts';
import { type Cluster, type ContainerInstance, clusters, type StoredTask } from './state.ts';
import { wake } from './wake.ts';

/** The cluster that an EC2 instance is a host of; undefined where it is none. */
function placeOf(account: Account, ec2InstanceId: string) {
  for (const cluster of clusters(account).values()) {
    const host = [...cluster.instances.values()].find((each) => each.ec2InstanceId === ec2InstanceId);
    if (host !== undefined) return { cluster, host };
  }
  return undefined;
}

const tasksOn = (cluster: Cluster, { id }: ContainerInstance): readonly StoredTask[] =>
  [...cluster.tasks.values()].filter((task) => task.host?.id === id && task.status !== 'STOPPED');

/**
 * An instance goes down to come up again: where it is a host, its agent is disconnected and its containers end. ECS shows the tasks as
 * they were, and places none there, until the agent tells what became of them.
 */
export function goDown(account: Account, ec2InstanceId: string): void {
  const place = placeOf(account, ec2InstanceId);
  if (place === undefined) return;
  const { cluster, host } = place;
  for (const task of tasksOn(cluster, host)) {
    if (task.step !== undefined) account.clock.cancel(task.step);
    delete task.step;
  }
  host.downSince = account.clock.now();
  instanceChanged(account, cluster, host);
}

/**
 * It is up, and the agent connected: "any tasks that were running on the container instance stop" (developer guide, "container agent",
 * Lifecycle), those that did not run yet start, and services replace what they lost.
 */
export function comeUp(account: Account, ec2InstanceId: string): void {
  const place = placeOf(account, ec2InstanceId);
  const since = place?.host.downSince;
  if (place === undefined || since === undefined) return;
  const { cluster, host } = place;
  delete host.downSince;
  instanceChanged(account, cluster, host);
  for (const task of tasksOn(cluster, host)) takeUp(account, cluster, task, since);
  for (const service of cluster.services.values()) {
    if (service.launchType !== 'EC2') continue;
    // There may be room now.
    delete service.retryAt;
    wake(account, cluster, service);
  }
}

/** AWS says neither which code containers have that end with their host, nor how the agent words it: as for others that end unasked. */
function takeUp(account: Account, cluster: Cluster, task: StoredTask, since: number): void {
  switch (task.status) {
    case 'PROVISIONING':
      next(account, cluster, task, 'pend', 0);
      return;
    case 'PENDING':
      next(account, cluster, task, 'pull', 0);
      return;
    case 'DEPROVISIONING':
      next(account, cluster, task, 'end', 0);
      return;
    case 'RUNNING':
      delete task.protectedUntil;
      task.executionStoppedAt = since;
      task.containers = task.containers.map((each) => ({ ...each, exitCode: 137 }));
      over(account, cluster, task, 'EssentialContainerExited', 'Essential container in task exited');
      return;
    default:
      // It was to be stopped, and is.
      task.containers = task.containers.map((each) => ({ ...each, exitCode: 137 }));
      next(account, cluster, task, 'deprovision', 0);
  }
}
