import * as z from 'zod';
import { failureOf } from './awsFailure.ts';
import { addStarter, type Starters } from './definitionUsers.ts';
import { attempt, pagesUpTo, type Reads } from './reads.ts';
import type { Sightings } from './sightings.ts';
import { describes, type ReadPermission } from './workloadPermissions.ts';

/** An account may have a million schedules: of more than so many pages of 100 nobody waits for the rest. */
const mostPages = 50;
/** Each is a call: with 50 ms for one, so many take half a minute of what Decide has. */
const mostTaskSchedules = 500;

/** A schedule starts tasks by the target that is made for it, a cluster, or by a call of ECS ("Universal targets"). */
const ecsTarget = /^arn:[^:]+:(?:ecs:[^:]+:\d{12}:cluster\/|scheduler:::aws-sdk:ecs:(?:runTask|startTask)$)/;

/**
 * Adds the task definitions that schedules of EventBridge Scheduler would start, of every group; those that are DISABLED too, because one call
 * enables them. What cannot be read, and what is beyond the bounds, is in `sightings.unread`.
 */
export async function readScheduleStarters(
  read: Reads,
  clusters: readonly string[],
  sightings: Pick<Sightings, 'unread'>,
  starters: Starters,
): Promise<void> {
  // A schedule of this account and Region starts tasks in a cluster of it: without one, there is nothing to ask for.
  const [cluster] = clusters;
  if (cluster === undefined) return;
  const place = 'EventBridge Scheduler';
  const found = await attempt(sightings.unread, place, () => taskSchedules(read));
  if (found === null) return;
  if (found.more || found.schedules.length > mostTaskSchedules) {
    const why = `it has more schedules than are read (${mostPages * 100}, of which ${mostTaskSchedules} that start tasks)`;
    sightings.unread.push({ place, why });
  }
  for (const { group, name } of found.schedules.slice(0, mostTaskSchedules)) {
    const starter = `schedule/${group}/${name}`;
    await attempt(sightings.unread, starter, async () => {
      const definition = await definitionOf(read, group, name);
      if (definition === 'gone') return;
      if (definition === null) {
        sightings.unread.push({
          place: starter,
          why: 'it calls Amazon ECS, and names no task definition that can be read',
        });
      } else addStarter(starters, arnOf(definition, cluster), starter);
    });
  }
}

interface Listed {
  readonly schedules: readonly { readonly group: string; readonly name: string }[];
  readonly more: boolean;
}

/** Without a group the list goes through all of them (Scheduler API reference, ListSchedules). */
async function taskSchedules(read: Reads): Promise<Listed> {
  const { client, ListSchedulesCommand } = await read.aws.scheduler();
  const { pages, more } = await pagesUpTo(
    mostPages,
    (NextToken) => client.send(new ListSchedulesCommand({ MaxResults: 100, NextToken }), read.call),
    (page) => page.NextToken,
  );
  const schedules = pages.flatMap((page) =>
    (page.Schedules ?? []).flatMap(({ GroupName: group = 'default', Name: name, Target }) =>
      name !== undefined && ecsTarget.test(Target?.Arn ?? '') ? [{ group, name }] : [],
    ),
  );
  return { schedules, more };
}

/** What a call of ECS is given, in the names of its API. */
const callInput = z.object({ TaskDefinition: z.string().min(1) });

/** ARN, `family:revision` or family; null where nobody can tell, `gone` for a schedule that was deleted between the two calls. */
async function definitionOf(read: Reads, GroupName: string, Name: string): Promise<string | 'gone' | null> {
  const { client, GetScheduleCommand } = await read.aws.scheduler();
  try {
    const { Target } = await client.send(new GetScheduleCommand({ GroupName, Name }), read.call);
    return Target?.EcsParameters?.TaskDefinitionArn ?? inInput(Target?.Input);
  } catch (error) {
    if (failureOf(error)?.kind === 'gone') return 'gone';
    throw error;
  }
}

function inInput(text: string | undefined): string | null {
  try {
    return callInput.parse(JSON.parse(text ?? '')).TaskDefinition;
  } catch {
    return null;
  }
}

/** A name alone is of the account and Region in which the schedule is. */
const arnOf = (definition: string, cluster: string): string =>
  definition.startsWith('arn:') ? definition : cluster.replace(/:cluster\/.*$/, `:task-definition/${definition}`);

/** What that needs. */
export const schedulePermissions = ({
  partition,
  account,
  region,
}: {
  readonly partition: string;
  readonly account: string;
  readonly region: string;
}): readonly ReadPermission[] => [
  describes('scheduler:ListSchedules'),
  { action: 'scheduler:GetSchedule', resource: `arn:${partition}:scheduler:${region}:${account}:schedule/*` },
];
