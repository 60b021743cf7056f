import type { JsonObject } from '../../../shared/platform/json.ts';
import type { Account } from '../../account.ts';
import { putServiceEvent } from '../eventbridge/bus.ts';
import { describedInstance } from './describe/containerInstance.ts';
import { taskEvent } from './describe/taskEvent.ts';
import type { Cluster, ContainerInstance, StoredService, StoredTask } from './state.ts';

const MOST_EVENTS = 100;

/** A line of the service's event list, as the console shows it: `(service NAME) …`. */
export function say(account: Account, service: StoredService, message: string): void {
  const event = {
    id: account.random.uuid(),
    createdAt: new Date(account.clock.now()),
    message: `(service ${service.name}) ${message}`,
  };
  service.events = [event, ...service.events].slice(0, MOST_EVENTS);
}

/** The same, unless it is what the list says last. */
export function sayOnce(account: Account, service: StoredService, message: string): boolean {
  if (service.events[0]?.message === `(service ${service.name}) ${message}`) return false;
  say(account, service, message);
  return true;
}

/** Counts the change of a task and emits `ECS Task State Change` (Amazon ECS developer guide, "Task state change events"). */
export function taskChanged(account: Account, cluster: Cluster, task: StoredTask): void {
  task.version = (task.version ?? 1) + 1;
  putServiceEvent(account, {
    source: 'aws.ecs',
    detailType: 'ECS Task State Change',
    resources: [task.arn],
    detail: taskEvent(account, cluster, task),
  });
}

/** Counts the change of a host and emits `ECS Container Instance State Change` (the same guide, "Container instance state change events"). */
export function instanceChanged(account: Account, cluster: Cluster, instance: ContainerInstance): void {
  instance.version += 1;
  const updatedAt = new Date(account.clock.now());
  const detail = { ...describedInstance(cluster, instance), clusterArn: cluster.arn, updatedAt };
  putServiceEvent(account, {
    source: 'aws.ecs',
    detailType: 'ECS Container Instance State Change',
    resources: [instance.arn],
    // Times are text in an event.
    detail: JSON.parse(JSON.stringify(detail)) as JsonObject,
  });
}

type ServiceAction =
  | 'SERVICE_STEADY_STATE'
  | 'TASKSET_STEADY_STATE'
  | 'SERVICE_TASK_START_IMPAIRED'
  | 'SERVICE_TASK_PLACEMENT_FAILURE'
  | 'TASKS_STOPPED'
  | 'SERVICE_DESIRED_COUNT_UPDATED';

const TYPE_OF: Readonly<Record<ServiceAction, 'INFO' | 'WARN' | 'ERROR'>> = {
  SERVICE_STEADY_STATE: 'INFO',
  TASKSET_STEADY_STATE: 'INFO',
  SERVICE_TASK_START_IMPAIRED: 'WARN',
  SERVICE_TASK_PLACEMENT_FAILURE: 'ERROR',
  TASKS_STOPPED: 'INFO',
  SERVICE_DESIRED_COUNT_UPDATED: 'INFO',
};

/** Emits `ECS Service Action` (the same guide, "Service action events"). */
export function serviceAction(
  account: Account,
  cluster: Cluster,
  service: StoredService,
  eventName: ServiceAction,
  more: JsonObject = {},
): void {
  putServiceEvent(account, {
    source: 'aws.ecs',
    detailType: 'ECS Service Action',
    resources: [service.arn],
    detail: {
      eventType: TYPE_OF[eventName],
      eventName,
      clusterArn: cluster.arn,
      createdAt: new Date(account.clock.now()).toISOString(),
      ...more,
    },
  });
}

/** Emits `ECS Deployment State Change` (the same guide, "Service deployment state change events"). */
export function deploymentChanged(
  account: Account,
  service: StoredService,
  eventName: 'SERVICE_DEPLOYMENT_IN_PROGRESS' | 'SERVICE_DEPLOYMENT_COMPLETED' | 'SERVICE_DEPLOYMENT_FAILED',
  deploymentId: string,
  reason: string,
): void {
  putServiceEvent(account, {
    source: 'aws.ecs',
    detailType: 'ECS Deployment State Change',
    resources: [service.arn],
    detail: {
      eventType: eventName === 'SERVICE_DEPLOYMENT_FAILED' ? 'ERROR' : 'INFO',
      eventName,
      deploymentId,
      updatedAt: new Date(account.clock.now()).toISOString(),
      reason,
    },
  });
}
