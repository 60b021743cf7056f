import { namedFailure } from '../../account/awsFailure.ts';
import { inPartsOf, readsWith } from '../../account/reads.ts';
import { ActionFailed } from '../../platform/errors.ts';
import type { ReadContext } from '../contract.ts';
import { readRole } from '../targets/readRole.ts';
import { readRunningPods } from '../targets/rolePods.ts';
import type { RoleTarget } from '../targets/roleTarget.ts';
import { trustOf } from '../targets/roleTrust.ts';
import { secondAfter } from './deny.ts';

/** When what was accused, and what was stopped with it, had stopped. */
export interface Stops {
  /** Those that have not, though they should have: `Task ARN`, `Pod prod-eks/payments/checkout-5c9f`. */
  readonly running: readonly string[];
  /** ISO; null where ECS shows none of them. Of a pod nobody knows. */
  readonly last: string | null;
  /** ECS shows a stopped task for about an hour, and a cluster no pod that has ended: of these nobody knows when they stopped. */
  readonly unknown: boolean;
}

const task = /^arn:[^:]+:ecs:[^:]+:\d+:task\/([A-Za-z0-9_-]+)\/[A-Za-z0-9_-]+$/;

/** Reads the accused tasks and pods, and those that earlier steps of the plan have stopped. @throws ActionFailed, Throttled */
export async function readStops(target: RoleTarget, context: ReadContext): Promise<Stops> {
  const { aws, accusation } = context;
  const read = readsWith(aws);
  const { tasks: accused, leaving, left = [] } = accusation;
  const mustStop = new Set([...accused, ...left]);
  const arns = [...new Set([...mustStop, ...leaving])].filter((arn) => task.test(arn));
  const byCluster = Map.groupBy(arns, (arn) => task.exec(arn)?.[1] ?? '');
  const running: string[] = [];
  const stopped: string[] = [];
  let shown = 0;
  for (const [cluster, some] of byCluster) {
    for (const tasks of inPartsOf(100, some)) {
      const described = await describe(cluster, tasks);
      shown += described.length;
      for (const { taskArn = '', lastStatus, stoppedAt } of described) {
        if (lastStatus !== 'STOPPED') {
          if (mustStop.has(taskArn)) running.push(`Task ${taskArn}`);
        } else if (stoppedAt !== undefined) stopped.push(stoppedAt.toISOString());
      }
    }
  }
  for (const { cluster, namespace, name, accused: isAccused, leaves } of await readRunningPods(target, context)) {
    if (isAccused || leaves) running.push(`Pod ${cluster}/${namespace}/${name}`);
  }
  const unknown = shown < arns.length || (accusation.pods ?? []).length > 0;
  return { running, last: stopped.toSorted().at(-1) ?? null, unknown };

  async function describe(cluster: string, tasks: string[]) {
    try {
      const { client, DescribeTasksCommand } = await read.aws.ecs();
      return (await client.send(new DescribeTasksCommand({ cluster, tasks }), read.call)).tasks ?? [];
    } catch (error) {
      throw namedFailure(error, `Reading when the tasks of ${cluster} stopped`);
    }
  }
}

/**
 * The moment before which sessions are cut off, ISO. Where nobody but tasks, functions, instances and pods gets sessions of the role, that is when the last accused task
 * had stopped: nothing hands it credentials after that, and those of the task that took its place stay good. Else it is now: who may assume the role
 * by a call may have done so with what was stolen, and of a pod nobody knows when it ended.
 * @throws ActionFailed while an accused task or pod runs
 */
export async function cutOffOf(target: RoleTarget, context: ReadContext): Promise<string> {
  const { running, last, unknown } = await readStops(target, context);
  const [first] = running;
  if (first !== undefined) {
    throw new ActionFailed(`${first} still runs, and would get new credentials of role ${target.id} at once`);
  }
  const now = context.clock.now();
  if (last === null || unknown) return secondAfter(now);
  const { others, webIdentities } = trustOf(await readRole(target, context));
  const byCall = others.length > 0 || webIdentities.length > 0;
  return secondAfter(byCall ? now : new Date(last));
}
