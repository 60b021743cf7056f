import type { Task } from '@aws-sdk/client-ecs';
import * as z from 'zod';
import { namedFailure } from '../account/awsFailure.ts';
import { clusterProtection, ecsOwnership, taskOwnership } from '../account/ecsOwner.ts';
import { type Ownership, ownerText } from '../account/owner.ts';
import { type Reads, readsWith } from '../account/reads.ts';
import { TargetGone } from '../platform/errors.ts';
import type { Accusation } from './accusation.ts';
import {
  defineAction,
  type Permissions,
  type Planned,
  type ReadContext,
  type Target,
  type UndoPromise,
  type Verified,
} from './contract.ts';
import { substepsOf } from './substeps.ts';
import { arnIn, checkedName, clusterArn, clusterOf } from './targets/ecsTarget.ts';
import { stopReason, stopTask } from './targets/stopTasks.ts';

const params = z.strictObject({ only: z.enum(['any', 'standalone']).default('any') });
type Params = z.infer<typeof params>;

type TaskTarget = Target<'ecs-task'>;

/** What `ecs.stop-task` reads of its target. */
type Observed = {
  /** Name of the service that replaces it; null for a task that none does. */
  readonly service: string | null;
  readonly protectedBy: string | null;
  readonly state: 'running' | 'stopping' | 'stopped';
  /** Other tasks of the service that run. */
  readonly siblings: number;
  /** So many tasks the service should have; null for a task of none. */
  readonly desired: number | null;
  readonly owner: string;
  readonly seen: readonly string[];
};

const reversal: UndoPromise = {
  possible: false,
  why: 'A stopped task is gone. A service starts another in its place; a task of no service has to be started again by whoever started it.',
};

/** Stops one task that a finding names: of a service, which replaces it, or of none. */
export const stopTaskAction = defineAction<Params, Observed, 'ecs-task'>({
  name: 'ecs.stop-task',
  summary: 'Stop one task',
  targets: ['ecs-task'],
  params,
  minimum: (params) => params,
  example: '- ecs.stop-task: { only: standalone }',
  permissions: (target) => taskPermissions(target),
  facts: {
    phase: 'workload',
    changes: true,
    destroysEvidence: true,
    needsWorkloadGone: false,
    issuesFreshCredentials: false,
    contains: true,
  },
  decisive: ['service', 'protectedBy'],
  restores: [],
  volatile: ['state', 'siblings', 'desired', 'owner', 'seen'],
  reversal,
  limits: [
    'Its memory and file system are lost, and its tags with them: take evidence first.',
    'A task of a service is replaced at once by another of the same image; ecs.contain-service is for that.',
    'What started a standalone task (a schedule, a pipeline, a person) may start it again.',
  ],
  timeoutSeconds: 330,
  observe: observeTask,
  plan: (target, { only }, observed) => planStop(target, only, observed),
  intended: () => ({}),
  execute: async (target, _params, _before, context) => {
    const substeps = substepsOf(context);
    const reason = stopReason(target.id, context.key);
    await stopTask(context, substeps, { cluster: target.cluster, task: target.arn, reason });
    return { kind: 'done', did: `${target.id}: ${substeps.finish()}` };
  },
  verify: verifyStopped,
});

async function readTask(read: Reads, target: TaskTarget): Promise<Task | undefined> {
  const { client, DescribeTasksCommand } = await read.aws.ecs();
  const answer = await client.send(
    new DescribeTasksCommand({ cluster: target.cluster, tasks: [target.arn], include: ['TAGS'] }),
    read.call,
  );
  return answer.tasks?.[0];
}

const serviceIn = (group: string | undefined): string | null =>
  group?.startsWith('service:') === true ? group.slice('service:'.length) : null;

async function observeTask(target: TaskTarget, { only }: Params, context: ReadContext): Promise<Observed> {
  const read = readsWith(context.aws);
  try {
    const task = await readTask(read, target);
    if (task === undefined && only === 'standalone' && target.service !== null) return ofService(target.service);
    if (task === undefined) throw new TargetGone(`${target.id} is not there any more`);
    const service = serviceIn(task.group);
    const around = service === null ? null : await readSiblings(read, target, service);
    const own = taskOwnership(task.tags);
    const state = stateOf(task);
    const isOurs = only !== 'standalone' || service === null;
    return {
      service,
      protectedBy:
        own.protectedBy ??
        around?.ownership.protectedBy ??
        (isOurs ? await clusterProtection(read, target.cluster) : null),
      state,
      siblings: siblingsOf(target, state, around?.running ?? 0, context.accusation),
      desired: around?.desired ?? null,
      owner: ownerText(around === null ? own : around.ownership),
      seen: [`task ${target.id} is ${task.lastStatus ?? 'unknown'}, group ${task.group ?? 'unknown'}`],
    };
  } catch (error) {
    throw namedFailure(error, `Reading task ${target.id}`);
  }
}

/** Tasks that keep a service up: none that is accused, too, and none where their image is to blame. */
function siblingsOf({ arn }: TaskTarget, state: Observed['state'], running: number, accusation: Accusation): number {
  if (accusation.cause === 'image') return 0;
  const going = new Set([...accusation.tasks, ...(state === 'running' ? [arn] : [])]);
  return Math.max(0, running - going.size);
}

/** A task of a service is not this rule's business, whether it is still there or not. */
const ofService = (service: string): Observed => ({
  service,
  protectedBy: null,
  state: 'stopped',
  siblings: 0,
  desired: null,
  owner: '',
  seen: [],
});

function stateOf({ lastStatus, desiredStatus }: Task): Observed['state'] {
  if (lastStatus === 'STOPPED') return 'stopped';
  return desiredStatus === 'STOPPED' ? 'stopping' : 'running';
}

async function readSiblings(
  read: Reads,
  { cluster }: TaskTarget,
  name: string,
): Promise<{ readonly running: number; readonly desired: number; readonly ownership: Ownership }> {
  const { client, DescribeServicesCommand } = await read.aws.ecs();
  const answer = await client.send(
    new DescribeServicesCommand({ cluster, services: [name], include: ['TAGS'] }),
    read.call,
  );
  const [service] = answer.services ?? [];
  return {
    running: service?.runningCount ?? 0,
    desired: service?.desiredCount ?? 0,
    ownership: ecsOwnership(service?.tags),
  };
}

function planStop(target: TaskTarget, only: Params['only'], observed: Observed): Planned {
  const { service, state, siblings, desired } = observed;
  if (only === 'standalone' && service !== null) {
    return {
      kind: 'skip',
      reason: `${target.id} was started for service ${service}: it is contained with that`,
      expected: true,
    };
  }
  if (state === 'stopped') return { kind: 'skip', reason: `${target.id} is stopped already` };
  const replaced = service === null ? 'no service starts another' : `service ${service} starts another`;
  return {
    kind: 'step',
    sentence: `Stop task ${target.id}; ${replaced}.`,
    undo: reversal,
    leaves: { arns: [target.arn], pulledUntil: null },
    sparing: service !== null && siblings > 0,
    ...(desired === null ? {} : { leavesHealthy: { count: siblings, of: desired } }),
  };
}

async function verifyStopped(
  target: TaskTarget,
  _params: unknown,
  _before: Observed,
  context: ReadContext,
): Promise<Verified> {
  try {
    const task = await readTask(readsWith(context.aws), target);
    // ECS shows a stopped task for about an hour: MISSING is an absence, STOPPED is seen.
    if (task === undefined) return { state: 'holds', seen: `${target.id} is not there any more`, absence: true };
    const seen = `${target.id} is ${task.lastStatus ?? 'unknown'}`;
    const state = stateOf(task);
    return { state: state === 'stopped' ? 'holds' : state === 'stopping' ? 'pending' : 'broken', seen, absence: false };
  } catch (error) {
    throw namedFailure(error, `Reading task ${target.id} back`);
  }
}

function taskPermissions(target: TaskTarget): Permissions {
  const cluster = clusterOf(target);
  const id = target.arn.split('/').at(-1) ?? '';
  const task = arnIn(cluster, 'task', checkedName(id));
  const services = target.service === null ? '*' : checkedName(target.service);
  return {
    read: [
      { action: 'ecs:DescribeTasks', resource: task },
      { action: 'ecs:GetTaskProtection', resource: task },
      { action: 'ecs:DescribeServices', resource: arnIn(cluster, 'service', services) },
      { action: 'ecs:DescribeClusters', resource: clusterArn(cluster) },
    ],
    write: [
      { action: 'ecs:StopTask', resource: task },
      { action: 'ecs:UpdateTaskProtection', resource: task },
    ],
  };
}
