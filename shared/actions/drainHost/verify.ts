import { readsWith } from '../../account/reads.ts';
import type { ReadContext, Verified } from '../contract.ts';
import { readHost } from '../targets/containerInstance.ts';
import { readInstance } from '../targets/instanceTarget.ts';
import { leftOn } from './changes.ts';
import { listed, plural } from './plan.ts';
import { readTasksOn } from './reads.ts';
import { chosenShape, type HostTarget, type Params } from './types.ts';

const said = (state: Verified['state'], seen: string): Verified => ({ state, seen, absence: false });

/** The host drains and what was to leave it has. What is there when its time is over is told; ECS goes on with it by itself. */
export async function verifyDrained({ id }: HostTarget, given: Params, context: ReadContext): Promise<Verified> {
  const { aws, clock, begunAt, chosen } = context;
  const read = readsWith(aws);
  const host = chosenShape.parse(chosen);
  await readInstance(read, id);
  const instance = await readHost(read, host.cluster, host.container);
  if (instance === undefined) return said('broken', `${id} is not in cluster ${host.cluster} any more.`);
  const { status = 'unknown', agentConnected } = instance;
  if (status !== 'DRAINING')
    return said('broken', `${id} is ${status} in cluster ${host.cluster}, and does not drain.`);
  const { count, names, alone } = leftOn(instance, await readTasksOn(read, host), given);
  const stay =
    alone.length === 0
      ? ''
      : ` ${plural(alone.length, 'task')} of no service ${alone.length === 1 ? 'is' : 'are'} left there, and not stopped: ${listed(alone)}.`;
  if (count === 0) {
    const what = alone.length === 0 ? 'no task' : 'no task of a service';
    return {
      ...said('holds', `${id} drains in cluster ${host.cluster}, and ${what} is left there.${stay}`),
      absence: true,
    };
  }
  const agent = agentConnected === true ? '' : ' Its agent is not connected, so that ECS cannot stop them.';
  const left = `${plural(count, 'task')} left: ${listed(names)}.${agent}${stay}`;
  const waited = begunAt === undefined ? 0 : clock.now().getTime() - Date.parse(begunAt);
  if (waited < given.drainTimeoutSeconds * 1000) return said('pending', `${id} drains, ${left}`);
  return said(
    'broken',
    `${id} is not empty after ${given.drainTimeoutSeconds} s, ${left} It drains on: the events of the services say what they wait for.`,
  );
}
