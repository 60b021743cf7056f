import { readsWith } from '../../account/reads.ts';
import { canonicalAddress } from '../../finding/address.ts';
import type { Threat } from '../../finding/finding.ts';
import type { PodResource } from '../../finding/resource.ts';
import { pod } from '../../finding/threatFinding/kubernetes.ts';
import type { ClusterPermission } from '../clusterPermissions.ts';
import type { ReadContext } from '../contract.ts';
import { allPages, clusterIn, nodeAmong, readNodes } from './clusterNodes.ts';
import { type InstanceTarget, readInstance } from './instanceTarget.ts';
import { asking, type ReadPod } from './podTarget.ts';

type Asking = Pick<ReadContext, 'aws'>;

/** What is known of where on a host somebody was. */
export type Inside = NonNullable<Threat['inside']>;

/** The pod of an EKS node; why nobody can tell which one it is; or null for an instance that is no node. */
export type HostPod = { readonly pod: PodResource; readonly by: string } | { readonly none: string } | null;

/** What it asks of the cluster. */
export const hostPodInCluster: readonly ClusterPermission[] = [
  { verb: 'list', group: '', resource: 'nodes' },
  { verb: 'list', group: '', resource: 'pods' },
];

/**
 * Which pod of a node somebody was in: the one that has the container, or without one the only one that had the address then.
 * @param seenAt when it was seen, ISO 8601: an address goes to another pod once its pod has ended
 * @throws TargetGone when the instance is not there, Throttled, ActionFailed
 */
export async function readHostPod(
  target: InstanceTarget,
  { container, address }: Inside,
  seenAt: string,
  context: Asking,
): Promise<HostPod> {
  const { id } = target;
  const instance = await readInstance(readsWith(context.aws), id);
  const found = clusterIn(instance.Tags ?? []);
  if ('none' in found) return found.doubtful ? { none: found.none } : null;
  const { cluster } = found;
  const which = nodeAmong(await readNodes(cluster, context), id, cluster);
  if ('none' in which) return which;
  const node = which.node.name;
  const pods = await allPages<ReadPod>((page) =>
    asking(`Listing the pods of node ${node}`, context, cluster, ({ core }) =>
      core.listPodForAllNamespaces({ ...page, fieldSelector: `spec.nodeName=${node}` }),
    ),
  );
  const asPod = ({ metadata, spec }: ReadPod): PodResource =>
    pod(cluster, target, {
      ...{ namespace: metadata?.namespace ?? null, type: 'pods', name: metadata?.name ?? '' },
      serviceAccount: spec?.serviceAccountName ?? 'default',
    });
  if (container !== null) {
    const [holder] = pods.filter((one) => containersOf(one).some((known) => isContainer(known, container)));
    const named = namedContainer(container);
    if (holder === undefined) return { none: `no pod of node ${node} of the cluster ${cluster} has ${named} any more` };
    return { pod: asPod(holder), by: named };
  }
  if (address === null) return { none: 'the finding names neither a container nor an address' };
  const holders = pods.filter((one) => hadAddress(one, address, seenAt));
  const [holder] = holders;
  if (holder !== undefined && holders.length === 1) {
    if (endOf(holder) === 'unknown') {
      return { none: `pod ${asPod(holder).id} had the address ${address} and has ended, nobody says when` };
    }
    return { pod: asPod(holder), by: `the address ${address}` };
  }
  return {
    none: `${countText(holders.length)} of node ${node} of the cluster ${cluster} had the address ${address} of its own then`,
  };
}

/** For people. */
export const namedContainer = (id: string): string => `container ${id.slice(0, shownOfId)}`;

/** As `docker ps` and `crictl ps` show an id. */
const shownOfId = 12;

const countText = (count: number): string => (count === 0 ? 'no pod' : `${count} pods`);

/** Ids of the containers that a pod has, and of those that ended last: somebody may be seen in one that was started again since. */
function containersOf({ status = {} }: ReadPod): readonly string[] {
  const { containerStatuses = [], initContainerStatuses = [], ephemeralContainerStatuses = [] } = status;
  return [...containerStatuses, ...initContainerStatuses, ...ephemeralContainerStatuses].flatMap(
    ({ containerID, state, lastState }) =>
      [containerID, state?.terminated?.containerID, lastState?.terminated?.containerID].flatMap((one) => one ?? []),
  );
}

/** `containerd://7c1d0e…`, and the id alone as GuardDuty has it, which may be short ("Pod v1 core", ContainerStatus). */
function isContainer(known: string, id: string): boolean {
  const itsId = known.slice(known.indexOf('://') + '://'.length);
  return itsId === id || (id.length >= shownOfId && itsId.startsWith(id));
}

/**
 * When a pod ended, whose containers all have: its address may be another's from then on. Null for one that runs, `unknown` where its node says
 * nothing of them, as of one that was evicted ("Pod Lifecycle", "Pod phase").
 */
function endOf({ status = {} }: ReadPod): number | 'unknown' | null {
  const { phase, containerStatuses = [] } = status;
  if (phase !== 'Succeeded' && phase !== 'Failed') return null;
  const ends = containerStatuses.map(({ state }) => state?.terminated?.finishedAt?.getTime() ?? Number.NaN);
  const last = Math.max(...ends);
  return Number.isFinite(last) ? last : 'unknown';
}

/** Of its own: one in the network of its host has the host's. One that was started later has had it from then on, one that ended until then. */
function hadAddress(one: ReadPod, address: string, seenAt: string): boolean {
  const { spec, status = {} } = one;
  const { podIP, podIPs = [], startTime } = status;
  const own = [podIP, ...podIPs.map(({ ip }) => ip)].flatMap((one) => (one === undefined ? [] : canonicalAddress(one)));
  if (spec?.hostNetwork === true || !own.includes(address) || startTime === undefined) return false;
  const seen = Date.parse(seenAt);
  const end = endOf(one);
  return startTime.getTime() <= seen && (typeof end !== 'number' || end >= seen);
}
