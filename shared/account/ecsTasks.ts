import type { Task } from '@aws-sdk/client-ecs';
import { everyPage, inPartsOf, type Reads } from './reads.ts';

/** A task of a service that may still run: not STOPPED. Plain JSON. */
export type ServiceTask = {
  readonly arn: string;
  readonly stopping: boolean;
  /** RUNNING, and not known to be unhealthy. */
  readonly healthy: boolean;
  /** By container name; null before the image is pulled. */
  readonly digests: { readonly [container: string]: string | null };
  readonly taskDefinition: string;
  /** The deployment that started it. */
  readonly startedBy: string | null;
  /** What it was started on, e.g. 1.4.0; null on a host. */
  readonly platformVersion: string | null;
  /** When it had pulled all its images, or was stopped at it, ISO 8601 UTC; null before. */
  readonly pulledAt: string | null;
  /** Since when it pulls, or is on its way to, ISO 8601 UTC; null once it has an end. */
  readonly pullingSince: string | null;
};

/**
 * All tasks of a service, or on a host, that ECS shows, those that were stopped within the hour too: all pages, and a task that is being
 * stopped is listed under STOPPED while it still runs. Throws the SDK's own error.
 */
export async function describedTasks(
  read: Reads,
  cluster: string,
  of: { readonly serviceName: string } | { readonly containerInstance: string },
): Promise<readonly Task[]> {
  const { client, ListTasksCommand, DescribeTasksCommand } = await read.aws.ecs();
  const arns = new Set<string>();
  for (const desiredStatus of ['RUNNING', 'STOPPED'] as const) {
    const pages = await everyPage(
      (nextToken) =>
        client.send(new ListTasksCommand({ cluster, ...of, desiredStatus, maxResults: 100, nextToken }), read.call),
      (page) => page.nextToken,
    );
    for (const page of pages) for (const arn of page.taskArns ?? []) arns.add(arn);
  }
  const tasks: Task[] = [];
  for (const part of inPartsOf(100, [...arns].sort())) {
    const answer = await client.send(new DescribeTasksCommand({ cluster, tasks: part }), read.call);
    tasks.push(...(answer.tasks ?? []));
  }
  return tasks;
}

const digestsOf = ({ containers = [] }: Task): ServiceTask['digests'] =>
  Object.fromEntries(containers.map(({ name = '', imageDigest }) => [name, imageDigest ?? null]));

/** ECR notes a pull when it begins, so that one which was cut off counts, too. */
const pullEnd = ({ pullStartedAt, pullStoppedAt, startedAt, executionStoppedAt, stoppedAt }: Task): Date | undefined =>
  pullStoppedAt ?? startedAt ?? (pullStartedAt === undefined ? undefined : (executionStoppedAt ?? stoppedAt));

function pullingSince(task: Task): Date | undefined {
  const over = pullEnd(task) !== undefined || task.lastStatus === 'STOPPED';
  return over ? undefined : (task.pullStartedAt ?? task.createdAt);
}

const serviceTask = (task: Task): ServiceTask => ({
  arn: task.taskArn ?? '',
  stopping: task.desiredStatus === 'STOPPED',
  healthy: task.lastStatus === 'RUNNING' && task.desiredStatus === 'RUNNING' && task.healthStatus !== 'UNHEALTHY',
  digests: digestsOf(task),
  taskDefinition: task.taskDefinitionArn ?? '',
  startedBy: task.startedBy ?? null,
  platformVersion: task.platformVersion ?? null,
  pulledAt: pullEnd(task)?.toISOString() ?? null,
  pullingSince: pullingSince(task)?.toISOString() ?? null,
});

export interface ServiceTasks {
  /** Not STOPPED. */
  readonly live: readonly ServiceTask[];
  /** Stopped within the last hour or so. */
  readonly stopped: readonly ServiceTask[];
}

export async function readServiceTasks(read: Reads, cluster: string, service: string): Promise<ServiceTasks> {
  const tasks = await describedTasks(read, cluster, { serviceName: service });
  const isStopped = ({ lastStatus }: Task): boolean => lastStatus === 'STOPPED';
  return {
    live: tasks.filter((task) => !isStopped(task)).map(serviceTask),
    stopped: tasks.filter(isStopped).map(serviceTask),
  };
}

/** Those of the tasks that run one of the digests; undefined among them where a task has not pulled its image yet. */
export const runsDigest = ({ digests }: ServiceTask, wanted: readonly string[]): boolean =>
  Object.values(digests).some((digest) => digest !== null && wanted.includes(digest));

/** Whether it cannot be told yet what a task runs. */
export const isUnresolved = ({ digests }: ServiceTask): boolean =>
  Object.keys(digests).length === 0 || Object.values(digests).includes(null);
