import type { Planned, UndoPromise } from '../contract.ts';
import { groupName } from './reads.ts';
import type { Chosen, Observed, TaskTarget } from './types.ts';

export const reversal: UndoPromise = {
  possible: true,
  sentence:
    'Undo registers the task with its target groups again, where it still runs; of one that was stopped nothing is left to put back.',
};

const outgoing = 'What runs in it goes on, and may call out: it is contained only once it is stopped.';

/** Pure: what to do about one task. */
export function planRemoval({ id }: TaskTarget, _params: unknown, observed: Observed): Planned {
  const { service, state, targets, addresses, drainSeconds, reachedBy, others, desired, seen } = observed;
  const skip = (reason: string): Planned => ({ kind: 'skip', reason: `${id} ${reason}` });
  if (state !== 'running') return skip(state === 'stopped' ? 'is stopped already' : 'is being stopped already');
  if (service === null) return skip('was started for no service, so no load balancer is known to send it requests');
  const chosen: Chosen = {
    targets: Object.entries(addresses).flatMap(([name, one]) => (targets[name] === true ? [{ name, ...one }] : [])),
  };
  const besides = reachedBy.join(', ');
  const noWay = `${besides}, and AWS documents no way to take one task out of that and let it run`;
  const groups = [...new Set(chosen.targets.map(({ group }) => groupName(group)))];
  if (groups.length === 0) {
    if (reachedBy.length > 0) return skip(`is reached by ${noWay}`);
    return skip(
      Object.keys(targets).length === 0
        ? `is behind no load balancer: service ${service} has none`
        : 'gets no new requests any more: it is no target of its service’s target groups',
    );
  }
  const where = `target group${groups.length === 1 ? '' : 's'} ${groups.join(', ')}`;
  if (others === 0) {
    return {
      kind: 'hold',
      reason: `${id}: without it no healthy target that nothing accuses is left in ${where}, so that nobody would answer`,
      seen,
    };
  }
  const longest = Math.max(...groups.map((name) => drainSeconds[name] ?? 0));
  const also = reachedBy.length === 0 ? '' : ` It is still reached by ${noWay}.`;
  return {
    kind: 'step',
    sentence: `Take task ${id} out of ${where}: it gets no new requests, and has up to ${longest} s for those that it has; ${others} other healthy target${others === 1 ? ' stays' : 's stay'}.`,
    undo: reversal,
    chosen,
    remains: `${outgoing}${also}`,
    // Nothing is stopped, and others answer.
    sparing: true,
    leavesHealthy: { count: others, of: desired },
  };
}
