import { defineAction } from '../contract.ts';
import { isolateCalls } from './calls.ts';
import { isolate, restore } from './changes.ts';
import { observeHost } from './observe.ts';
import { isolatePermissions } from './permissions.ts';
import { planIsolation, reversal } from './plan.ts';
import { type ByInterface, isolated, type Observed, type Params, params } from './types.ts';
import { verifyIsolated, verifyRestored } from './verify.ts';

const intendedOf = (groups: ByInterface<string>): ByInterface<string> =>
  Object.fromEntries(Object.keys(groups).map((id) => [id, isolated]));

/**
 * Cuts a host off the network and leaves it running: memory, disks and processes stay as they are. That connections end in two steps, and why
 * it is closed before that: docs/decisions/0045.
 */
export const isolateHost = defineAction<Params, Observed, 'instance'>({
  name: 'ec2.isolate',
  summary: 'Cut a host off the network, and end the connections that are open',
  targets: ['instance'],
  declines: {
    'managed-instance': 'it is no EC2 instance, so that it has no security groups here: cut it off where it stands.',
  },
  params,
  example: '- ec2.isolate',
  permissions: isolatePermissions,
  facts: {
    phase: 'host',
    changes: true,
    destroysEvidence: false,
    needsWorkloadGone: false,
    issuesFreshCredentials: false,
    contains: true,
  },
  decisive: ['interfaces', 'scaling', 'operator', 'protectedBy'],
  restores: ['groups', 'standby'],
  volatile: ['order', 'theirs', 'serves', 'lifecycle', 'done', 'owner', 'seen'],
  reversal,
  limits: [
    'Connections through a NAT gateway, a Network Load Balancer, a transit gateway, a firewall endpoint or Global Accelerator are always tracked, and those of ICMP too: such connections go on until they end or are idle for their time-out. A network ACL of the subnet ends them, for all that is in it.',
    'For the moments in which connections are ended the host is open to everything that routes and network ACLs let through. It is closed before and after; where Act dies in between, its next try begins with closing.',
    'How long a change of groups takes to reach the network AWS does not say: that EC2 shows it is all that is waited for. That connections really ended can be seen in VPC flow logs.',
    'Security groups do not filter the instance metadata service, Route 53 Resolver, the time service and DHCP: credentials of its role can still be fetched on the host, and queries of DNS still leave it.',
    'Network interfaces that a service of AWS has attached (of a task of ECS in the mode awsvpc, or the trunk for such) nobody else may change. With one that carries a task, the host counts as not contained: its tasks are to be stopped.',
    'All that runs on the host loses its network: tasks of bridge and host mode are not moved first, and ECS finds its agent gone.',
    'Systems Manager no longer reaches the host, nor does GuardDuty hear of its runtime: what is to be collected through an agent is collected before. To look into it, give its own closed group a rule: Firebreak leaves that alone, and says so.',
    'A host of an Auto Scaling group stands by in it, and the group starts another in its place. After an undo AWS has the group want one more than before, which it may answer by terminating one (its termination policy), or refuse where no more are allowed (from memory, not from documentation). A group that refreshes its instances may terminate what stands by.',
    'A target group that no Auto Scaling group keeps still lists the host: it fails its health checks there and is sent nothing. It is not deregistered.',
    'Once the instance is terminated, its closed security group is left behind; it costs nothing and counts towards the quota of the Region.',
    'Firebreak has no hosts of its own.',
  ],
  timeoutSeconds: 330,
  observe: (target, _params, context) => observeHost(target, context),
  plan: (target, _params, observed) => planIsolation(target, observed),
  // Less than the whole network of a host cannot be cut off.
  minimum: (given) => given,
  stillThere: ({ groups = {}, ...rest }, observed) => ({
    ...rest,
    groups: Object.fromEntries(Object.entries(groups).filter(([id]) => Object.hasOwn(observed.groups, id))),
  }),
  changedBy: isolateCalls,
  intended: (_target, _params, { groups, standby, serves }) => ({
    groups: intendedOf(groups),
    ...(serves && standby !== null ? { standby: true } : {}),
  }),
  execute: (target, _params, _before, context) => isolate(target, context),
  verify: (target, _params, _before, context) => verifyIsolated(target, context),
  undo: (target, _params, before, context) => restore(target, before, context),
  verifyUndone: (target, _params, before, context) => verifyRestored(target, before, context),
  // What is fixed lies on the host: its network is all that was taken.
  release: {
    plan: async ({ id }, _params, { groups }, to, { chosen = {} }) =>
      to === null
        ? {
            kind: 'release',
            sentence: `Give host ${id} its network back: ${Object.keys(groups).length} interfaces in the groups that they were in.`,
            chosen,
            runs: [],
            named: false,
          }
        : {
            kind: 'elsewhere',
            reason: `${id} stays cut off: a host is not put on a version. Leave out --to.`,
          },
    intended: (_target, { groups, standby }) => ({ groups, standby }),
    execute: (target, _params, before, context) => restore(target, before, context),
    verify: (target, _params, before, context) => verifyRestored(target, before, context),
  },
});
