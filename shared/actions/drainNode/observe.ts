import type { Tag } from '../../account/owner.ts';
import { ownershipFrom, ownerText } from '../../account/owner.ts';
import { readsWith } from '../../account/reads.ts';
import { TargetGone } from '../../platform/errors.ts';
import type { ReadContext } from '../contract.ts';
import { readInstance } from '../targets/instanceTarget.ts';
import { isClusterName } from './permissions.ts';
import { type ClusterNode, readNodes, readPodsOn } from './reads.ts';
import type { NodeHost, Observed } from './types.ts';

const nothing = { moved: [], stay: [], alone: [], local: [] };

/**
 * The cluster that the tags of an instance name. EKS itself puts `aws:eks:cluster-name` on each instance that joins one (Amazon EKS user guide, "Tagging
 * your resources for billing"), which nobody else can; a managed node group `eks:cluster-name`, Karpenter and Auto Mode `eks:eks-cluster-name`; and whoever
 * launches nodes has to put `kubernetes.io/cluster/NAME` there ("Self-managed nodes").
 */
function clusterIn(
  tags: readonly Tag[],
): { readonly cluster: string } | { readonly none: string; readonly doubtful: boolean } {
  const tagged = (name: string): readonly string[] =>
    tags.flatMap(({ Key, Value }) => (Key === name && Value ? [Value] : []));
  const owned = tags.flatMap(({ Key = '' }) => /^kubernetes\.io\/cluster\/(.+)$/.exec(Key)?.[1] ?? []);
  const byOthers = [...tagged('eks:cluster-name'), ...tagged('eks:eks-cluster-name'), ...owned];
  const [sure] = tagged('aws:eks:cluster-name');
  const names = sure === undefined ? [...new Set(byOthers)] : [sure];
  const [cluster] = names;
  if (cluster === undefined) return { none: 'its tags name no EKS cluster', doubtful: false };
  const doubtful = true;
  if (names.length > 1)
    return { none: `its tags name several clusters (${names.length}), of which it can be of one`, doubtful };
  return isClusterName(cluster) ? { cluster } : { none: 'what its tags name is no name of an EKS cluster', doubtful };
}

/** @param doubtful whether something says that it is one all the same */
const noNode = (none: string, doubtful: boolean): Observed => ({
  ...{ cluster: null, node: null, uid: null, none, doubtful, schedulable: false, ready: false, pods: nothing },
  ...{ others: 0, nodes: 0, protectedBy: null, owner: 'unknown', seen: [none] },
});

/** Takes pods that tolerate nothing. */
const takesPods = ({ instance, schedulable, ready, repels }: ClusterNode): boolean =>
  instance !== null && schedulable && ready && !repels;

/** Reads of EC2 and of the cluster what there is to know of a node. Throws TargetGone, Throttled, ActionFailed. */
export async function observeNode({ id }: NodeHost, context: ReadContext): Promise<Observed> {
  const known = context.before as Observed | undefined;
  const instance = await readInstance(readsWith(context.aws), id);
  const tags = instance.Tags ?? [];
  const found = known?.cluster == null ? clusterIn(tags) : { cluster: known.cluster };
  if ('none' in found) return noNode(found.none, found.doubtful);
  const { cluster } = found;
  const nodes = await readNodes(cluster, context);
  // Its name is what the node says of itself; which instance it is, this says.
  const [node, ...more] = nodes.filter((one) => one.instance === id);
  if (node === undefined) {
    if (known?.node != null) throw new TargetGone(`${id} is no node of ${cluster} any more`);
    return noNode(`no node of the cluster ${cluster} is this instance`, true);
  }
  if (more.length > 0)
    return noNode(`${more.length + 1} nodes of the cluster ${cluster} say that they are this instance`, true);
  const { ending: _over, ...pods } = await readPodsOn(cluster, node.name, context);
  const own = ownershipFrom([...node.tags, ...tags]);
  const others = nodes.filter((one) => one.name !== node.name && takesPods(one)).length;
  const { schedulable, ready } = node;
  const state = [ready ? 'Ready' : 'not Ready', ...(schedulable ? [] : ['cordoned'])].join(', ');
  return {
    ...{ cluster, node: node.name, uid: node.uid, none: null, doubtful: false, schedulable, ready, pods, others },
    nodes: nodes.filter((one) => one.instance !== null).length,
    protectedBy: own.protectedBy,
    owner: ownerText(own),
    seen: [
      `${id} is node ${node.name} of the cluster ${cluster}: ${state}; ${others} other nodes take pods`,
      ...pods.moved.map(({ name }) => `pod ${name}`),
      ...pods.alone.map((name) => `pod ${name}, of no controller`),
      ...pods.stay.map((name) => `pod ${name}, which stays`),
    ],
  };
}
