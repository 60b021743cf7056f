import type { ListTasksRequest, ListTasksResponse } from '@aws-sdk/client-ecs';
import { AwsError, operation } from '../../account.ts';
import { next, pageOf, pageSize } from '../paging.ts';
import { type Cluster, clusterNamed, desiredStatus, ecsArn, lastPart, named, type StoredTask } from './state.ts';

/** Throws AwsError where the filters exclude each other, or name a service that is not there. */
function filterOf(cluster: Cluster, input: ListTasksRequest, now: number): (task: StoredTask) => boolean {
  const { serviceName, family, startedBy, containerInstance, daemonName, launchType } = input;
  const others = [serviceName, family, containerInstance, daemonName, launchType, input.desiredStatus];
  if (startedBy !== undefined && others.some((other) => other !== undefined)) {
    throw new AwsError('InvalidParameterException', 'startedBy must be the only filter.');
  }
  const service = serviceName === undefined ? undefined : named(cluster.services, serviceName);
  if (serviceName !== undefined && service === undefined) {
    throw new AwsError('ServiceNotFoundException', 'Service not found.');
  }
  return (task) =>
    // No task here is one of a managed daemon.
    daemonName === undefined &&
    listedStatus(task, now) === (input.desiredStatus ?? 'RUNNING') &&
    (service === undefined || task.group === `service:${service.name}`) &&
    (family === undefined || task.definition.family === family) &&
    (launchType === undefined || launchType === (task.host === undefined ? 'FARGATE' : 'EC2')) &&
    (containerInstance === undefined || (task.host !== undefined && lastPart(containerInstance) === task.host.id)) &&
    (startedBy === undefined || task.startedBy === startedBy);
}

/** Lists lag behind by a few seconds: undefined for a task that they do not show yet. */
function listedStatus(task: StoredTask, now: number): 'RUNNING' | 'STOPPED' | undefined {
  if ((task.listedAt ?? 0) > now) return undefined;
  return (task.wantedInListsUntil ?? 0) > now ? 'RUNNING' : desiredStatus(task);
}

export const listTasks = operation<ListTasksRequest, ListTasksResponse>(
  (input, account) => [
    {
      action: 'ecs:ListTasks',
      resource: ecsArn(account, `container-instance/${lastPart(input.cluster ?? 'default')}/*`),
    },
  ],
  (input, { account }) => {
    const cluster = clusterNamed(account, input.cluster);
    const tasks = [...cluster.tasks.values()].filter(filterOf(cluster, input, account.clock.now()));
    const page = pageOf(tasks, pageSize(input.maxResults, 100, 100), input.nextToken);
    return { taskArns: page.items.map(({ arn }) => arn), ...next(page.nextToken) };
  },
);
