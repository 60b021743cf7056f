import type { Planned, UndoPromise } from '../contract.ts';
import type { HostTarget, Observed, Params } from './types.ts';

export const reversal: UndoPromise = {
  possible: true,
  sentence:
    'Undo lets the host take tasks again, if it still drains. Tasks that run elsewhere by now do not come back by themselves.',
};

const most = 3;
/** `web, api, jobs and 2 more`. */
export function listed(names: readonly string[]): string {
  const rest = names.length - most;
  return `${names.slice(0, most).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

export const plural = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

/** Why nobody should drain it without looking: it would not end, or what runs there would have no place. */
function refusal({ standaloneTasks }: Params, observed: Observed): string | null {
  const { status, connected, services, others, alone, provider } = observed;
  if (status !== 'ACTIVE') return `it is ${status} there, and only a host that is ACTIVE can be drained`;
  if (!connected)
    return 'its agent is not connected, so that ECS cannot stop its tasks, and nobody could tell when they have ended';
  if (others === 0) return 'no other host of the cluster takes tasks, so that what runs on it would have no place';
  const stuck = services.find((one) => one.stuck !== null);
  if (stuck !== undefined) return `it would never be empty: of service ${stuck.name}, ${stuck.stuck}`;
  // Managed scaling of its capacity provider may start a host for what finds no place.
  const roomless = provider === null ? services.find((one) => one.roomless !== null) : undefined;
  if (roomless !== undefined) {
    return `no other host has room for a task of service ${roomless.name} (${roomless.roomless})`;
  }
  if (standaloneTasks !== 'hold' || alone.length === 0) return null;
  return `${plural(alone.length, 'task')} of no service ${alone.length === 1 ? 'runs' : 'run'} there (${listed(alone)}), which a drain does not move`;
}

/** What becomes of the tasks of no service. */
function standalone({ standaloneTasks }: Params, { alone }: Observed): string {
  if (alone.length === 0) return '';
  const which = `${plural(alone.length, 'task')} of no service (${listed(alone)})`;
  return standaloneTasks === 'wait'
    ? ` The host is not empty before ${which} ${alone.length === 1 ? 'has' : 'have'} ended.`
    : ` A drain leaves ${which}, and nothing here stops ${alone.length === 1 ? 'it' : 'them'}.`;
}

const afterwards = ({ group, provider }: Observed): string =>
  provider !== null
    ? ` Its capacity provider ${provider} may terminate it once it is empty.`
    : group !== null
      ? ` It is of Auto Scaling group ${group}, which starts another one when it is terminated.`
      : '';

/** Pure: what to do about one host. */
export function planDrain({ id }: HostTarget, given: Params, observed: Observed): Planned {
  const { cluster, container, status, operator, ambiguous, services, others, hosts, seen } = observed;
  if (cluster === null || container === null) return { kind: 'skip', reason: `${id} is a host of no ECS cluster` };
  if (operator !== null) return { kind: 'skip', reason: `${id} is managed by ${operator}, which drains it by itself` };
  if (ambiguous !== null) return { kind: 'hold', reason: ambiguous, seen };
  if (status === 'DRAINING') return { kind: 'skip', reason: `${id} drains already in cluster ${cluster}` };
  const why = refusal(given, observed);
  if (why !== null) return { kind: 'hold', reason: `${id}, host of cluster ${cluster}: ${why}`, seen };
  const moved = services.filter(({ daemon }) => !daemon);
  const tasks = moved.reduce((total, one) => total + one.tasks, 0);
  const of = moved.length === 0 ? '' : ` (${listed(moved.map(({ name }) => name))})`;
  const daemons = services.filter(({ daemon }) => daemon).map(({ name }) => name);
  const last = daemons.length === 0 ? '' : ` What is on every host (${listed(daemons)}) stops last.`;
  return {
    kind: 'step',
    sentence: `Drain host ${id} of cluster ${cluster}: its services start ${plural(tasks, 'task')}${of} elsewhere, as their limits allow; ${plural(others, 'other host')} ${others === 1 ? 'takes' : 'take'} tasks.${last}${standalone(given, observed)}`,
    undo: reversal,
    chosen: { cluster, container },
    remains: `Nobody is put out by a drain: who is in a task may be in what takes its place, and who is on ${id} stays there, with its network. It takes no tasks until it is replaced or an undo lets it.${standalone(given, observed)}${afterwards(observed)}`,
    leavesHealthy: { count: others, of: Math.max(hosts, others + 1) },
  };
}
