import type { EcsServiceResource } from '../finding/resource.ts';
import type { Starters } from './definitionUsers.ts';
import { definitionsOf, servicesOf } from './ecsServiceUsers.ts';
import { readClusters } from './ecsUsers.ts';
import { attempt, everyPage, inPartsOf, type Reads, type Unread } from './reads.ts';
import { readRuleStarters } from './ruleUsers.ts';
import { readScheduleStarters, schedulePermissions } from './scheduleUsers.ts';
import { shortArn } from './sightings.ts';
import { describes, type ReadPermission } from './workloadPermissions.ts';

/** Who runs a revision of a task definition. */
export interface DefinitionRunners {
  /** Services that run the revision, or another one of its family: a copy of ours is one. */
  readonly services: readonly EcsServiceResource[];
  /** What else runs the revision, or starts it: `rule/nightly`, `2 tasks in prod that no service keeps`. */
  readonly others: readonly string[];
  readonly unread: readonly Unread[];
}

/** `arn:…:task-definition/FAMILY:7` without the revision. */
const withoutRevision = (arn: string): string => arn.replace(/:\d+$/, '');

/** Looks in every cluster of the account and Region. Throws what is no answer of AWS. */
export async function readDefinitionRunners(read: Reads, definition: string): Promise<DefinitionRunners> {
  const sightings = { users: [], unread: [] as Unread[] };
  const clusters = (await readClusters(read, sightings)) ?? [];
  const services: EcsServiceResource[] = [];
  const starters: Starters = new Map();
  const others: string[] = [];
  for (const cluster of clusters) {
    const name = cluster.slice(cluster.lastIndexOf('/') + 1);
    await attempt(sightings.unread, `ECS services of ${shortArn(cluster)}`, async () => {
      for (const service of await servicesOf(read, cluster, sightings)) {
        const runs = [...definitionsOf(service)].some((one) => withoutRevision(one) === withoutRevision(definition));
        if (service.status === 'INACTIVE' || !runs) continue;
        const { serviceName = '', serviceArn: arn = '' } = service;
        services.push({ kind: 'ecs-service', id: `${name}/${serviceName}`, arn, cluster: name, service: serviceName });
      }
    });
    await attempt(sightings.unread, `ECS tasks of ${shortArn(cluster)}`, async () => {
      const count = await looseTasks(read, cluster, definition);
      if (count > 0) others.push(`${count} task${count === 1 ? '' : 's'} in ${name} that no service keeps`);
    });
  }
  await readRuleStarters(read, clusters, sightings, starters);
  await readScheduleStarters(read, clusters, sightings, starters);
  // A rule or schedule that names the family alone starts its latest revision.
  const named = [definition, withoutRevision(definition)].flatMap((one) => starters.get(one) ?? []);
  return { services, others: [...others, ...new Set(named)], unread: sightings.unread };
}

/** How many tasks of the revision run that belong to no service. */
async function looseTasks(read: Reads, cluster: string, definition: string): Promise<number> {
  const { client, ListTasksCommand, DescribeTasksCommand } = await read.aws.ecs();
  const family = withoutRevision(definition).slice(definition.lastIndexOf('/') + 1);
  const pages = await everyPage(
    (nextToken) => client.send(new ListTasksCommand({ cluster, family, maxResults: 100, nextToken }), read.call),
    (page) => page.nextToken,
  );
  let count = 0;
  for (const tasks of inPartsOf(
    100,
    pages.flatMap((page) => page.taskArns ?? []),
  )) {
    const answer = await client.send(new DescribeTasksCommand({ cluster, tasks }), read.call);
    count += (answer.tasks ?? []).filter(
      ({ taskDefinitionArn, group = '' }) => taskDefinitionArn === definition && !group.startsWith('service:'),
    ).length;
  }
  return count;
}

/** What that needs. */
export function runnersPermissions({
  partition,
  account,
  region,
}: {
  readonly partition: string;
  readonly account: string;
  readonly region: string;
}): readonly ReadPermission[] {
  const on = (service: string, resource: string): string =>
    `arn:${partition}:${service}:${region}:${account}:${resource}/*`;
  return [
    describes('ecs:ListClusters'),
    describes('ecs:ListServices'),
    { action: 'ecs:DescribeServices', resource: on('ecs', 'service') },
    { action: 'ecs:ListTasks', resource: on('ecs', 'container-instance') },
    { action: 'ecs:DescribeTasks', resource: on('ecs', 'task') },
    describes('events:ListEventBuses'),
    describes('events:ListRuleNamesByTarget'),
    { action: 'events:ListTargetsByRule', resource: on('events', 'rule') },
    ...schedulePermissions({ partition, account, region }),
  ];
}
