import { shortList } from '../../account/shortList.ts';
import type { Planned, UndoPromise } from '../contract.ts';
import { sparedFor } from '../targets/roleSpared.ts';
import type { RoleTarget } from '../targets/roleTarget.ts';
import { boundaryArn } from './boundary.ts';
import type { Observed, Params } from './types.ts';

export const reversal: UndoPromise = {
  possible: true,
  sentence:
    'Undo takes the boundary away again, and the role may do at once what it might before: with it whoever still has its credentials, until they expire.',
};

/** What ends on a host whose role may no longer do what its agents do. */
const stops =
  'SSM (Session Manager, ssm.patch-hosts) no longer reaches it, ECS starts and stops no task there (ecs.contain-service does not hold), and Kubernetes pulls no image and gives no pod an address or, by EKS Pod Identity, a role';

const instances = (hosts: readonly string[]): string =>
  `${hosts.length === 1 ? 'instance' : 'instances'} ${shortList(hosts)}`;

/** Pure: what to do about one role. Held where the boundary would limit nothing, or take the place of another. */
export function planLimit(target: RoleTarget, given: Params, observed: Observed): Planned {
  const { id, account } = target;
  const { boundary: name, maxOtherUsers } = given;
  const { boundary, version, limits, hosts, seen } = observed;
  const wanted = boundaryArn(target, name);
  const hold = (reason: string): Planned => ({ kind: 'hold', reason, seen });
  const spared = sparedFor(target, observed, maxOtherUsers, 'be limited');
  if (spared !== null) return hold(spared);
  if (hosts.length > 0 && !given.hosts) {
    return hold(
      `role ${id} is what the agents on ${instances(hosts)} call AWS with, and the rule does not let the role of a host be limited (hosts): where ${name} does not let them, ${stops}; contain the host itself, or let the boundary keep what they need (docs/operations.md, "Roles that are limited")`,
    );
  }
  if (version === null) {
    return hold(
      `role ${id} is not limited: account ${account} has no policy ${name}; create one that allows what such a role may still do, and no more (docs/operations.md, "Roles that are limited", has a text)`,
    );
  }
  if (!limits) {
    return hold(
      `role ${id} is not limited: policy ${name} (${version}) lets everything through, or cannot be read; let it allow only what such a role may still do (docs/operations.md, "Roles that are limited")`,
    );
  }
  if (boundary === wanted) return { kind: 'skip', reason: `role ${id} has the boundary ${name} already` };
  if (boundary !== null) {
    return hold(
      `role ${id} has the permissions boundary ${boundary}, and IAM puts a new one in its place: what the old one denied might be allowed then; deny what must stop in ${boundary} itself`,
    );
  }
  return {
    kind: 'step',
    sentence: `Limit role ${id}: set policy ${name} (${version}) as its permissions boundary, so that sessions that are there and new ones may do what both allow, and no more; ${usersText(observed)}.`,
    undo: reversal,
    remains: remainsOf(target, name, observed),
    chosen: { boundary: wanted },
  };
}

function usersText({ others, services }: Observed): string {
  const own = services.length === 0 ? '' : ` besides service ${shortList(services)}`;
  return others.length === 0
    ? `nothing else is seen to use it${own}`
    : `it is also used by ${shortList(others)}, which are limited with it`;
}

function remainsOf({ id }: RoleTarget, name: string, { others, services, siblings, holder, hosts }: Observed): string {
  const limited = [
    ...services.map((service) => `service ${service}`),
    ...siblings.map((task) => `task ${task}`),
    ...others,
    ...(holder === null ? [] : [holder]),
  ];
  return [
    `Role ${id} may do only what ${name} allows, until an undo or a release${
      limited.length === 0 ? '' : `: with it ${shortList(limited)}, though nobody accuses all of that`
    }.`,
    ...(hosts.length === 0
      ? []
      : [
          `The agents on ${instances(hosts)} call AWS with it: where ${name} does not let them, ${stops}, whoever’s tasks and pods those are.`,
        ]),
    `What the policy of a resource (a bucket, a queue, a key) grants a session of the role by its ARN is stopped only by what ${name} denies, not by what it leaves out.`,
  ].join(' ');
}
