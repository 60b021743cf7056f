import type { Task } from '@aws-sdk/client-ecs';
import { readDefinitions, type Starters } from './definitionUsers.ts';
import { readServiceUsers } from './ecsServiceUsers.ts';
import { runs, type Wanted } from './imageMatch.ts';
import { attempt, everyPage, inPartsOf, type Reads } from './reads.ts';
import { readRuleStarters } from './ruleUsers.ts';
import { readScheduleStarters } from './scheduleUsers.ts';
import { note, type Sightings, shortArn } from './sightings.ts';

/** The clusters of the account and Region, all pages of 100; null when they cannot be listed, which `sightings` then says. */
export async function readClusters(read: Reads, sightings: Pick<Sightings, 'unread'>): Promise<string[] | null> {
  const { client, ListClustersCommand } = await read.aws.ecs();
  const pages = await attempt(sightings.unread, 'ECS clusters', () =>
    everyPage(
      (nextToken) => client.send(new ListClustersCommand({ maxResults: 100, nextToken }), read.call),
      (page) => page.nextToken,
    ),
  );
  return pages?.flatMap((page) => page.clusterArns ?? []) ?? null;
}

/** Finds the tasks, the services and the definitions that a service, rule or schedule would start, in every cluster. */
export async function readEcsUsers(read: Reads, wanted: Wanted, sightings: Sightings): Promise<void> {
  const clusters = (await readClusters(read, sightings)) ?? [];
  const starters: Starters = new Map();
  for (const cluster of clusters) await readTasks(read, cluster, wanted, sightings);
  await readServiceUsers(read, clusters, wanted, sightings, starters);
  await readRuleStarters(read, clusters, sightings, starters);
  await readScheduleStarters(read, clusters, sightings, starters);
  await readDefinitions(read, starters, wanted, sightings);
}

/** Finds the tasks alone, for a second look at what is running. */
export async function readTaskUsers(read: Reads, wanted: Wanted, sightings: Sightings): Promise<void> {
  for (const cluster of (await readClusters(read, sightings)) ?? []) await readTasks(read, cluster, wanted, sightings);
}

async function readTasks(read: Reads, cluster: string, wanted: Wanted, sightings: Sightings): Promise<void> {
  await attempt(sightings.unread, `ECS tasks of ${shortArn(cluster)}`, async () => {
    for (const task of await tasksOf(read, cluster, sightings)) {
      if (task.lastStatus === 'STOPPED' || task.taskArn === undefined) continue;
      for (const container of task.containers ?? []) {
        const names = { image: container.image, digest: container.imageDigest };
        note(sightings, { kind: 'task', arn: task.taskArn, pulling: isStarting(task) }, runs(wanted, names));
      }
    }
  });
}

const isStarting = ({ lastStatus = '', pullStoppedAt }: Task): boolean =>
  pullStoppedAt === undefined && ['PROVISIONING', 'PENDING', 'ACTIVATING'].includes(lastStatus);

/** All tasks of a cluster, those too that are stopped and still shown. */
export async function tasksOf(read: Reads, cluster: string, sightings: Pick<Sightings, 'unread'>): Promise<Task[]> {
  const { client, ListTasksCommand, DescribeTasksCommand } = await read.aws.ecs();
  const arns: string[] = [];
  // A task that is being stopped is listed under STOPPED while it still runs.
  for (const desiredStatus of ['RUNNING', 'STOPPED'] as const) {
    const pages = await everyPage(
      (nextToken) =>
        client.send(new ListTasksCommand({ cluster, desiredStatus, maxResults: 100, nextToken }), read.call),
      (page) => page.nextToken,
    );
    arns.push(...pages.flatMap((page) => page.taskArns ?? []));
  }
  const tasks: Task[] = [];
  for (const part of inPartsOf(100, [...new Set(arns)])) {
    const answer = await client.send(new DescribeTasksCommand({ cluster, tasks: part }), read.call);
    tasks.push(...(answer.tasks ?? []));
    for (const { arn, reason } of answer.failures ?? []) {
      // MISSING: it was gone between the two calls, and what is gone runs nothing.
      if (reason !== 'MISSING')
        sightings.unread.push({ place: shortArn(arn ?? cluster), why: reason ?? 'no reason given' });
    }
  }
  return tasks;
}
