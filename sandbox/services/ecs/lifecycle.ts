import type { TaskStopCode } from '@aws-sdk/client-ecs';
import type { Json } from '../../../shared/platform/json.ts';
import type { Account } from '../../account.ts';
import { instanceChanged, taskChanged } from './events.ts';
import { failedToStart, startedWell } from './failures.ts';
import { cannotBeGiven } from './givenSecrets.ts';
import { startLogging } from './logging.ts';
import { newInterface } from './network.ts';
import { bindingsFor } from './ports.ts';
import { cannotPull, pull } from './pull.ts';
import {
  type Cluster,
  type ContainerInstance,
  clusters,
  ecsArn,
  type ResolvedContainer,
  type StoredTask,
  type StoredTaskDefinition,
  type Tags,
} from './state.ts';
import { isWanted, serviceOfTask } from './tasks.ts';
import { STOP_TIMEOUT, STOPPED_VISIBLE, secondsFor } from './timing.ts';
import { wake } from './wake.ts';

export const STEP = 'ecs.step';
export const GONE = 'ecs.gone';

export interface Launch {
  readonly definition: StoredTaskDefinition;
  readonly containers: readonly ResolvedContainer[];
  readonly group: string;
  readonly startedBy?: string;
  readonly host?: ContainerInstance | undefined;
  /** The platform version of Fargate that it runs on. */
  readonly platform?: string | undefined;
  readonly tags?: Tags;
  /** Ids of the groups of its interface; those of its service, else the default one. */
  readonly securityGroups?: readonly string[] | undefined;
}

/** A new task begins its life, which goes on by itself: an interface, the pull, and then it runs, or fails to. */
export function launch(account: Account, cluster: Cluster, asked: Launch): StoredTask {
  const id = account.random.hex(32);
  const now = account.clock.now();
  const hasInterface = (asked.definition.settings.networkMode ?? 'awsvpc') === 'awsvpc';
  const service = serviceOfTask(cluster, asked);
  const groups = asked.securityGroups ?? service?.securityGroups;
  const ports = bindingsFor(account, asked.definition, asked.host, service?.targetGroup !== undefined);
  const task: StoredTask = {
    id,
    arn: ecsArn(account, `task/${cluster.name}/${id}`),
    definition: asked.definition,
    group: asked.group,
    startedBy: asked.startedBy,
    createdAt: now,
    containers: asked.containers,
    status: hasInterface ? 'PROVISIONING' : 'PENDING',
    version: 0,
    listedAt: now + secondsFor(account, 'list'),
    ...(asked.host === undefined ? {} : { host: asked.host }),
    ...(asked.platform === undefined ? {} : { platform: asked.platform }),
    ...(hasInterface ? { network: newInterface(account, id, groups) } : {}),
    ...(ports.length === 0 ? {} : { ports }),
    ...(asked.tags === undefined ? {} : { tags: asked.tags }),
    ...(service?.targetGroup === undefined ? {} : { targetHealthy: false }),
  };
  cluster.tasks.set(id, task);
  taskChanged(account, cluster, task);
  if (hasInterface) next(account, cluster, task, 'pend', secondsFor(account, 'provision'));
  else next(account, cluster, task, 'pull', secondsFor(account, 'accept'));
  return task;
}

export type Step = 'pend' | 'pull' | 'start' | 'run' | 'serve' | 'terminate' | 'deprovision' | 'end';

/** The task's next step. On a host that is down none is taken: `takeUp` goes on from there. */
export function next(account: Account, cluster: Cluster, task: StoredTask, step: Step, delay: number): void {
  if (task.host?.downSince !== undefined) return;
  task.step = account.clock.after(delay, STEP, { cluster: cluster.name, task: task.id, step });
}

const STEPS: Readonly<Record<Step, (account: Account, cluster: Cluster, task: StoredTask) => void>> = {
  pend: (account, cluster, task) => {
    to(account, cluster, task, 'PENDING');
    next(account, cluster, task, 'pull', secondsFor(account, 'accept'));
  },
  pull: (account, cluster, task) => {
    task.pullStartedAt = account.clock.now();
    next(account, cluster, task, 'start', secondsFor(account, 'pull'));
  },
  start: pullEnds,
  run: (account, cluster, task) => {
    task.startedAt = account.clock.now();
    startLogging(account, task, task.startedAt);
    to(account, cluster, task, 'RUNNING');
    if (task.targetHealthy === false) next(account, cluster, task, 'serve', secondsFor(account, 'targetHealth'));
    else isWell(account, cluster, task);
  },
  serve: (account, cluster, task) => {
    task.targetHealthy = true;
    isWell(account, cluster, task);
  },
  terminate: (account, cluster, task) => {
    to(account, cluster, task, 'STOPPING');
    terminate(account, cluster, task);
  },
  deprovision: (account, cluster, task) => {
    task.executionStoppedAt = account.clock.now();
    to(account, cluster, task, 'DEPROVISIONING');
    next(account, cluster, task, 'end', secondsFor(account, 'deprovision'));
  },
  end: ended,
};

/** Does the step that an event of the kind STEP names. A task that is gone meanwhile takes none. */
export function doStep(account: Account, args: Json): void {
  const asked = args as { readonly cluster: string; readonly task: string; readonly step: Step };
  const cluster = clusters(account).get(asked.cluster);
  const task = cluster?.tasks.get(asked.task);
  if (cluster === undefined || task === undefined) return;
  delete task.step;
  STEPS[asked.step](account, cluster, task);
}

/** Its secrets are read and every container is pulled, or the task fails with the first that cannot be. */
function pullEnds(account: Account, cluster: Cluster, task: StoredTask): void {
  const unread = cannotBeGiven(account, task);
  if (unread !== undefined) {
    over(account, cluster, task, 'TaskFailedToStart', unread);
    return;
  }
  const pulled = task.containers.map((container) => ({ container, result: pull(account, task, container) }));
  const failed = pulled.find(({ result }) => result === undefined);
  if (failed !== undefined) {
    const reason = cannotPull(failed.container);
    task.containers = pulled.map(({ container, result }) => ({
      ...container,
      digest: result?.digest,
      ...(container === failed.container ? { reason } : {}),
    }));
    over(account, cluster, task, 'TaskFailedToStart', reason);
    return;
  }
  task.pullStoppedAt = account.clock.now();
  task.containers = pulled.map(({ container, result }) => ({ ...container, digest: result?.digest }));
  const exiting = pulled.filter(({ result }) => result?.exits === true).map(({ container }) => container.name);
  const essential = task.definition.containers.find(
    ({ name, essential: is }) => exiting.includes(name) && is !== false,
  );
  if (essential === undefined) {
    next(account, cluster, task, 'run', secondsFor(account, 'start'));
    return;
  }
  task.containers = task.containers.map((each) => ({ ...each, exitCode: exiting.includes(each.name) ? 1 : 143 }));
  over(account, cluster, task, 'EssentialContainerExited', 'Essential container in task exited');
}

/** The task ends, and nobody asked for it: it could not start, or its containers have ended. */
export function over(account: Account, cluster: Cluster, task: StoredTask, code: TaskStopCode, reason: string): void {
  const now = account.clock.now();
  task.stoppingAt = now;
  task.executionStoppedAt ??= now;
  task.stopCode = code;
  task.stoppedReason = reason;
  to(account, cluster, task, 'DEPROVISIONING');
  const service = serviceOfTask(cluster, task);
  if (service !== undefined) {
    if (task.startedAt === undefined) failedToStart(account, cluster, service, task);
    wake(account, cluster, service);
  }
  next(account, cluster, task, 'end', secondsFor(account, 'deprovision'));
}

function isWell(account: Account, cluster: Cluster, task: StoredTask): void {
  const service = serviceOfTask(cluster, task);
  if (service === undefined) return;
  startedWell(service, task);
  wake(account, cluster, service);
}

/**
 * Stops a task, as a person or the scheduler asks: out of its target group, SIGTERM, SIGKILL after 30 seconds. Its tags go at
 * once. One that is being stopped already is left to it.
 */
export function stop(account: Account, cluster: Cluster, task: StoredTask, code: TaskStopCode, reason: string): void {
  if (!isWanted(task)) return;
  if (task.step !== undefined) account.clock.cancel(task.step);
  delete task.step;
  delete task.tags;
  delete task.protectedUntil;
  const now = account.clock.now();
  task.stoppingAt = now;
  task.stopCode = code;
  task.stoppedReason = reason;
  task.wantedInListsUntil = now + secondsFor(account, 'list');
  if (task.status !== 'RUNNING') {
    // What was not pulled has no digest to show.
    if (task.pullStoppedAt === undefined)
      task.containers = task.containers.map((each) => ({ ...each, digest: undefined }));
    STEPS.deprovision(account, cluster, task);
  } else if (task.targetHealthy === undefined) STEPS.terminate(account, cluster, task);
  else {
    to(account, cluster, task, 'DEACTIVATING');
    next(account, cluster, task, 'terminate', secondsFor(account, 'drain'));
  }
  const service = serviceOfTask(cluster, task);
  if (service !== undefined) wake(account, cluster, service);
}

/** 143 when the container ended by itself, 137 when it had to be killed. */
function terminate(account: Account, cluster: Cluster, task: StoredTask): void {
  const wanted = secondsFor(account, 'terminate');
  const takes = Math.min(wanted, STOP_TIMEOUT);
  task.containers = task.containers.map((each) => ({ ...each, exitCode: wanted > STOP_TIMEOUT ? 137 : 143 }));
  next(account, cluster, task, 'deprovision', takes);
}

function ended(account: Account, cluster: Cluster, task: StoredTask): void {
  task.stoppedAt = account.clock.now();
  delete task.tags;
  to(account, cluster, task, 'STOPPED');
  // What it had reserved is free again (the developer guide, "container instance state change events").
  if (task.host !== undefined) instanceChanged(account, cluster, task.host);
  account.clock.after(STOPPED_VISIBLE, GONE, { cluster: cluster.name, task: task.id }, { background: true });
  const service = serviceOfTask(cluster, task);
  if (service !== undefined) wake(account, cluster, service);
  if (task.host?.status === 'DRAINING') wakeDaemons(account, cluster);
}

/** The daemons of a host that drains go when nothing else is left there. */
function wakeDaemons(account: Account, cluster: Cluster): void {
  for (const service of cluster.services.values()) {
    if (service.schedulingStrategy === 'DAEMON') wake(account, cluster, service);
  }
}

/** An hour after it stopped, nothing is known of a task any more. */
export function vanish(account: Account, args: Json): void {
  const { cluster, task } = args as { readonly cluster: string; readonly task: string };
  clusters(account).get(cluster)?.tasks.delete(task);
}

function to(account: Account, cluster: Cluster, task: StoredTask, status: StoredTask['status']): void {
  task.status = status;
  taskChanged(account, cluster, task);
}
