import { accusedBy } from '../../shared/account/accused.ts';
import { isolateHost } from '../../shared/actions/isolateHost/isolateHost.ts';
import { revokeRoleSessions } from '../../shared/actions/revokeRoleSessions/revokeRoleSessions.ts';
import { scaleWorkload } from '../../shared/actions/scaleWorkload.ts';
import type { Finding, Threat } from '../../shared/finding/finding.ts';
import type { PlanRef } from '../../shared/incident/items.ts';
import type { KnownPod } from '../../shared/plan/plan.ts';
import { withPods } from '../../shared/respond/accusedHosts.ts';
import { withRoles } from '../../shared/respond/accusedRoles.ts';
import { answeringAws } from '../actions/answeringAws.ts';
import { refusedAs } from '../actions/clusterAws.ts';
import { oneFinding, sampleEvent } from '../finding/sampleEvent.ts';
import { rule, ruleSet } from '../plan/fakes.ts';

const ofHost = oneFinding(sampleEvent('guardduty-container-c2'));
export const { account, region } = ofHost;
export const host = ofHost.resource.id;
export const container = ofHost.threat?.inside?.container ?? '';
export const address = '10.0.78.31';
export const node = 'ip-10-0-1-23.ec2.internal';
export const seenAt = new Date(ofHost.observedAt);
const before = new Date(seenAt.getTime() - 60_000);

interface Running {
  readonly name: string;
  readonly container?: string;
  /** Of the container that ended before this one. */
  readonly last?: string;
  readonly addresses?: readonly string[];
  readonly hostNetwork?: boolean;
  readonly startTime?: Date;
  /** It has ended: when its container did, or null where nobody says. */
  readonly ended?: Date | null;
  readonly serviceAccountName?: string;
}

const podOf = ({ name, addresses = [], hostNetwork = false, startTime = before, ...one }: Running) => ({
  metadata: { namespace: 'payments', name },
  spec: {
    hostNetwork,
    containers: [],
    ...(one.serviceAccountName ? { serviceAccountName: one.serviceAccountName } : {}),
  },
  status: {
    phase: one.ended === undefined ? 'Running' : 'Failed',
    startTime,
    podIP: addresses[0],
    podIPs: addresses.map((ip) => ({ ip })),
    containerStatuses: [
      {
        ...(one.container === undefined ? {} : { containerID: `containerd://${one.container}` }),
        ...(one.ended ? { state: { terminated: { finishedAt: one.ended } } } : {}),
        ...(one.last === undefined ? {} : { lastState: { terminated: { containerID: `containerd://${one.last}` } } }),
      },
    ],
  },
});

export interface Given {
  readonly tags?: readonly { readonly Key: string; readonly Value: string }[];
  /** Provider ids of the nodes. */
  readonly nodes?: readonly string[];
  readonly pods?: readonly Running[];
  readonly refused?: Error;
  readonly inside?: Threat['inside'] | null;
  readonly actions?: readonly string[];
  readonly lastTry?: boolean;
  /** Name of the role of the node. */
  readonly nodeRole?: string;
  readonly mode?: 'observe' | 'enforce';
  /** What the plan before this one knew. */
  readonly before?: readonly KnownPod[];
  /** Of that plan. */
  readonly direction?: 'do' | 'undo';
}

const tag = { Key: 'aws:eks:cluster-name', Value: 'prod-eks' };
export const provided = `aws:///us-east-1a/${host}`;

/** What becomes of a finding on a host, in such a cluster. */
export async function readHost({ tags = [tag], nodes = [provided], pods = [], refused, ...given }: Given) {
  const {
    inside = { container, address: null },
    actions = ['eks.scale-workload'],
    lastTry = false,
    nodeRole,
    mode = 'enforce',
    before: knew,
    direction = 'do',
  } = given;
  const profile =
    nodeRole === undefined ? {} : { IamInstanceProfile: { Arn: `arn:aws:iam::${account}:instance-profile/node` } };
  const asked: object[] = [];
  const { aws, sent } = answeringAws({
    DescribeInstances: () => ({
      Reservations: [{ Instances: [{ InstanceId: host, State: { Name: 'running' }, Tags: tags, ...profile }] }],
    }),
    GetInstanceProfile: () => ({ InstanceProfile: { Roles: [{ Arn: `arn:aws:iam::${account}:role/${nodeRole}` }] } }),
    ListPodIdentityAssociations: () => ({ associations: [{ associationId: 'a-1' }] }),
    DescribePodIdentityAssociation: () => ({ association: { roleArn: `arn:aws:iam::${account}:role/checkout` } }),
  });
  const core = {
    listNode: async () => ({
      items: nodes.map((providerID, at) => ({
        metadata: { name: at === 0 ? node : `other-${at}` },
        spec: { providerID },
      })),
    }),
    // One to a page.
    listPodForAllNamespaces: async (param: { readonly _continue?: string }) => {
      asked.push(param);
      if (refused !== undefined) throw refused;
      const at = Number(param._continue ?? 0);
      const more = at + 1 < pods.length ? { _continue: String(at + 1) } : {};
      return { items: pods.slice(at, at + 1).map(podOf), metadata: more };
    },
    readNamespacedPod: async ({ name }: { readonly name: string }) => {
      const found = pods.find((one) => one.name === name);
      if (found === undefined) throw refusedAs('NotFound', 404);
      return podOf(found);
    },
    readNamespacedServiceAccount: async () => ({}),
  };
  const both = { ...aws, kubernetes: async () => ({ core }) as never };
  const effects = {
    bodies: { get: async () => JSON.stringify({ pods: knew }), put: async () => 'h' },
    sessions: { read: async () => both, write: async () => both, role: () => 'ours' },
    catalogue: [revokeRoleSessions, scaleWorkload, isolateHost],
  };
  const set = ruleSet([rule({ name: 'r1', mode, do: actions.map((action) => ({ action, params: {} })) })]);
  const { inside: _own, ...threat } = ofHost.threat as Threat;
  const finding: Finding = { ...ofHost, threat: inside === null ? threat : { ...threat, inside } };
  const matched = [{ finding, decision: 'rule', reason: '', rule: 'r1' } as const];
  const accused = new Map([[finding.id, accusedBy(finding, undefined)]]);
  const plan = knew === undefined ? null : ({ hash: 'h', direction } as PlanRef);
  const found = await withPods(effects, matched, set, { accused, unread: [] }, { plan }, lastTry);
  const withTheirs = () => withRoles(effects, matched, set, found, lastTry);
  const [own, ...more] = found.accused.get(finding.id)?.targets ?? [];
  return {
    own,
    more,
    said: found.unread,
    doubts: found.unsure,
    pods: found.pods,
    asked,
    sent,
    withTheirs,
    id: finding.id,
  };
}
