import { defineAction, type Target } from '../contract.ts';
import { drain, uncordon } from './changes.ts';
import { observeNode } from './observe.ts';
import { nodePermissions } from './permissions.ts';
import { planDrain, reversal } from './plan.ts';
import { type NodeHost, type Observed, type Params, params } from './types.ts';
import { verifyDrained, verifyUncordoned } from './verify.ts';

/** Nodes of one cluster take turns: with two of them on the way out, what they ran may have no place. */
function clusterOf({ account, region, arn }: NodeHost, { cluster }: Observed): Target | null {
  if (cluster === null) return null;
  const [, partition = 'aws'] = arn.split(':');
  const of = `arn:${partition}:eks:${region}:${account}:cluster/${cluster}`;
  return { kind: 'other', id: `EKS cluster ${cluster}`, type: 'EKSCluster', arn: of, account, region };
}

/** Empties a node of an EKS cluster, politely: before it is patched or replaced. */
export const drainNode = defineAction<Params, Observed, 'instance'>({
  name: 'eks.drain-node',
  summary: 'Cordon the EKS node that a host is, and evict its pods as their disruption budgets allow',
  targets: ['instance'],
  params,
  example: '- eks.drain-node: { deleteEmptyDirData: true }',
  permissions: nodePermissions,
  inCluster: {
    write: [
      { verb: 'patch', group: '', resource: 'nodes' },
      { verb: 'create', group: '', resource: 'pods/eviction' },
    ],
    read: [
      { verb: 'get', group: '', resource: 'nodes' },
      { verb: 'list', group: '', resource: 'nodes' },
      { verb: 'list', group: '', resource: 'pods' },
    ],
  },
  facts: {
    phase: 'host',
    changes: true,
    // What a pod has in its memory and in its own file system ends with it.
    destroysEvidence: true,
    needsWorkloadGone: false,
    issuesFreshCredentials: false,
    emptiesHost: true,
    contains: false,
  },
  decisive: ['cluster', 'node', 'uid', 'protectedBy'],
  restores: ['schedulable'],
  volatile: ['none', 'doubtful', 'ready', 'pods', 'others', 'nodes', 'owner', 'seen'],
  reversal,
  limits: [
    'It contains nobody: what was in a pod may be in the pod that takes its place, and who is on the host stays there. A run that does nothing else about a threat ends as not contained.',
    'A pod whose disruption budget allows no eviction is asked again for about a minute, and never deleted past its budget: then the node is told as not drained, and stays cordoned.',
    'A pod that no controller would start again is held for a person, and so is one that keeps something on the node (emptyDir) unless the rule says deleteEmptyDirData: true.',
    'Pods of kube-system are evicted like all others, as kubectl drain does; those of daemon sets and static pods stay.',
    'A workload of one pod without a disruption budget is away until its new pod runs.',
    'Whether the other nodes have room for the pods is not computed: one that is Ready, takes pods and repels none has to be there; a pod that finds no place waits (Pending) until a node does.',
    'A node that is not Ready is held for a person: nobody could tell when its pods have ended. One that ec2.isolate cuts off is not Ready soon after, and Kubernetes starts its pods elsewhere by itself (after five minutes, unless it was set).',
    'Karpenter, EKS Auto Mode and the cluster autoscaler may remove an empty node by themselves.',
    'No session policy narrows what is asked of a cluster: the role there may cordon each node and evict each pod.',
    'Who cordoned or uncordoned a node by hand is not looked up: CloudTrail does not have it.',
  ],
  timeoutSeconds: 330,
  observe: (target, _params, context) => observeNode(target, context),
  plan: planDrain,
  turn: clusterOf,
  intended: () => ({ schedulable: false }),
  execute: (target, given, _before, context) => drain(target, given, context),
  verify: (target, _params, _before, context) => verifyDrained(target, context),
  undo: (target, _params, before, context) => uncordon(target, before, context),
  verifyUndone: (target, _params, before, context) => verifyUncordoned(target, before, context),
});
