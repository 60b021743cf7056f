import type { Planned, UndoPromise } from '../contract.ts';
import { fitsSession } from '../sessionPolicy.ts';
import type { InstanceTarget } from '../targets/instanceTarget.ts';
import { isolatePermissions } from './permissions.ts';
import type { Chosen, Observed } from './types.ts';

export const reversal: UndoPromise = {
  possible: true,
  sentence:
    'Undo gives each network interface its security groups back and lets the host serve in its Auto Scaling group again; connections that were ended do not come back.',
};

const chosenFrom = ({ interfaces, order, scaling, serves }: Observed): Chosen => ({
  interfaces,
  groups: [...new Set(Object.values(order).flat())].toSorted(),
  standsBy: serves ? scaling : null,
});

/** Why nobody can do it from here. */
function impossible(target: InstanceTarget, chosen: Chosen, { operator, interfaces }: Observed): string | null {
  const { id } = target;
  if (operator !== null) return `${id} is managed by ${operator}, so that nobody else may change its network`;
  if (Object.keys(interfaces).length === 0) return `${id} has no network interface that can be changed`;
  const { read, write } = isolatePermissions(target, chosen);
  return fitsSession([...read, ...write])
    ? null
    : `${id} has more network interfaces and security groups than the credentials of one step can name`;
}

/** Pure: what to do about the network of one host. */
export function planIsolation(target: InstanceTarget, observed: Observed): Planned {
  const { id } = target;
  const { interfaces, done, seen, theirs, scaling, lifecycle } = observed;
  if (done) return { kind: 'skip', reason: `${id} is isolated already: its interfaces are in a group without rules` };
  const chosen = chosenFrom(observed);
  const reason = impossible(target, chosen, observed);
  if (reason !== null) return { kind: 'hold', reason, seen };
  const count = Object.keys(interfaces).length;
  const away =
    chosen.standsBy === null
      ? ''
      : ` It stands by in Auto Scaling group ${scaling} first, which starts another in its place and does not terminate it.`;
  return {
    kind: 'step',
    sentence: `Cut host ${id} off the network: put ${count === 1 ? 'its network interface' : `its ${count} network interfaces`} into a security group without rules, and end the connections that are open.${away}`,
    undo: reversal,
    chosen,
    remains: [
      ...(theirs.length === 0 ? [] : [theirsSaid(id, theirs)]),
      ...(chosen.standsBy === null && scaling !== null && lifecycle !== 'Standby'
        ? [`${id} is ${lifecycle} in Auto Scaling group ${scaling} and cannot stand by there.`]
        : []),
      `Connections of ${id} through a NAT gateway, a Network Load Balancer, a transit gateway, a firewall endpoint or Global Accelerator are always tracked and go on until they end, and so do credentials that were taken from it.`,
    ].join(' '),
  };
}

export const theirsSaid = (id: string, theirs: readonly string[]): string =>
  `${theirs.join(', ')} on ${id} is of a service of AWS, and nobody else may change it: a task on it keeps its own network. Stop the tasks there.`;
