import type { ContainerInstance, Task } from '@aws-sdk/client-ecs';
import { readsWith } from '../../account/reads.ts';
import { ActionFailed, Throttled } from '../../platform/errors.ts';
import type { ActContext, Executed } from '../contract.ts';
import { readListed, setStatus, tasksOn } from '../targets/containerInstance.ts';
import { refuseWhilePatching } from '../targets/patchCommands.ts';
import { listed, plural } from './plan.ts';
import { readTasksOn, sortedTasks } from './reads.ts';
import { chosenShape, type HostTarget, type Observed, type Params } from './types.ts';

/** What is to leave the host, in words, e.g. `web (2), api (1)`, and what stays there. */
export interface Left {
  readonly count: number;
  readonly names: readonly string[];
  readonly alone: readonly string[];
}

/**
 * What is waited for: tasks of services, those that a list does not show yet, and unless they are left, those of no service.
 */
export function leftOn(instance: ContainerInstance, tasks: readonly Task[], { standaloneTasks }: Params): Left {
  const { services, alone } = sortedTasks(tasks);
  // ECS counts on its host what its lists show some seconds later.
  const unlisted = Math.max(0, tasksOn(instance) - tasks.length);
  const waited = standaloneTasks === 'leave' ? [] : alone;
  const ofServices = [...services].map(([name, some]) => `${name} (${some.length})`).toSorted();
  const inService = tasks.length - alone.length;
  return {
    count: inService + unlisted + waited.length,
    names: [
      ...ofServices,
      ...waited.map((task) => `task ${task}`),
      ...(unlisted === 0 ? [] : [`${unlisted} not listed`]),
    ],
    alone: alone.filter((task) => !waited.includes(task)),
  };
}

/**
 * Asks for the host to be emptied, unless somebody has meanwhile. Where it will have no task at all, an event says so; where tasks of no service are
 * left there, none will, and it is looked at again and again.
 */
export async function drain(target: HostTarget, given: Params, context: ActContext): Promise<Executed> {
  const host = chosenShape.parse(context.chosen);
  const read = readsWith(context.aws);
  const was = await readListed(read, host);
  const instance = was.status === 'DRAINING' ? was : await setStatus(context, host, 'DRAINING');
  const { count, names, alone } = leftOn(instance, await readTasksOn(read, host), given);
  const rest = alone.length === 0 ? '' : `; ${plural(alone.length, 'task')} of no service stay`;
  const did = `${target.id}: it drains in cluster ${host.cluster}, ${plural(count, 'task')} to leave${count === 0 ? '' : `: ${listed(names)}`}${rest}`;
  if (count === 0 || alone.length > 0) return { kind: 'done', did };
  return { kind: 'waiting', did, correlation: host.container, atMostSeconds: given.drainTimeoutSeconds };
}

/** Lets the host take tasks again: nothing but what was drained here, and nothing that cannot run a task or is about to reboot. */
export async function activate(target: HostTarget, before: Observed, context: ActContext): Promise<Executed> {
  const { id } = target;
  const host = chosenShape.parse(context.chosen);
  if (before.status !== 'ACTIVE') return { kind: 'done', did: `${id}: it drained before, and stays so` };
  await refuseWhilePatching(target, context);
  const instance = await readListed(readsWith(context.aws), host);
  if (instance.status === 'ACTIVE') return { kind: 'done', did: `${id}: somebody has let it take tasks already` };
  if (instance.agentConnected !== true) {
    // One that ec2.isolate has cut off is so; of any other the agent is off for moments several times an hour.
    const why = `the agent of ECS on ${id} is not connected, so that it would take no task`;
    throw context.lastTry ? new ActionFailed(`It stays DRAINING: ${why}`) : new Throttled(why);
  }
  await setStatus(context, host, 'ACTIVE');
  return { kind: 'done', did: `${id}: it takes tasks of cluster ${host.cluster} again` };
}
