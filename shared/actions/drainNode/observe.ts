import { ownershipFrom, ownerText } from '../../account/owner.ts';
import { readsWith } from '../../account/reads.ts';
import { TargetGone } from '../../platform/errors.ts';
import type { ReadContext } from '../contract.ts';
import { type ClusterNode, clusterIn, nodeAmong, readNodes } from '../targets/clusterNodes.ts';
import { readInstance } from '../targets/instanceTarget.ts';
import { readPodsOn } from './reads.ts';
import type { NodeHost, Observed } from './types.ts';

const nothing = { moved: [], stay: [], alone: [], local: [] };

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
  const which = nodeAmong(nodes, id, cluster);
  if ('none' in which) {
    if (known?.node != null && !nodes.some(({ instance: one }) => one === id))
      throw new TargetGone(`${id} is no node of ${cluster} any more`);
    return noNode(which.none, true);
  }
  const { node } = which;
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
