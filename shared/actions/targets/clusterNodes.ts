import type { Tag } from '../../account/owner.ts';
import { describes } from '../../account/workloadPermissions.ts';
import type { Permission, ReadContext } from '../contract.ts';
import { type InstanceTarget, placeOfInstance } from './instanceTarget.ts';
import { asking } from './podTarget.ts';

type Asking = Pick<ReadContext, 'aws'>;

/** A name of a cluster (EKS API reference, CreateCluster): it stands in a tag, and a `*` in it would widen the policy. */
export const isClusterName = (name: string): boolean => /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/.test(name);

/**
 * The cluster that the tags of an instance name. EKS itself puts `aws:eks:cluster-name` on each instance that joins one (Amazon EKS user guide, "Tagging
 * your resources for billing"), which nobody else can; a managed node group `eks:cluster-name`, Karpenter and Auto Mode `eks:eks-cluster-name`; and whoever
 * launches nodes has to put `kubernetes.io/cluster/NAME` there ("Self-managed nodes").
 */
export function clusterIn(
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

/**
 * What reading the node that an instance is needs of AWS: which cluster, and where its API is.
 * @param cluster `*` while its tags have not been read
 * @throws ActionFailed for what is no ARN of an instance
 */
export function nodeReads(target: InstanceTarget, cluster = '*'): readonly Permission[] {
  const { partition, account, region } = placeOfInstance(target);
  const resource = `arn:${partition}:eks:${region}:${account}:cluster/${cluster}`;
  return [describes('ec2:DescribeInstances'), { action: 'eks:DescribeCluster', resource }];
}

/** A node of a cluster, as far as is asked here. */
export interface ClusterNode {
  readonly name: string;
  readonly uid: string;
  /** A change is conditional on it: whoever has changed the node since has it under another. */
  readonly version: string;
  /** Id of the EC2 instance that it is; null for another kind of machine (Fargate). */
  readonly instance: string | null;
  readonly schedulable: boolean;
  readonly ready: boolean;
  /** It has taints that keep pods away which do not tolerate them. */
  readonly repels: boolean;
  /** Its labels and annotations as tags: `firebreak/protected` is `firebreak:protected`. */
  readonly tags: readonly Tag[];
}

interface Shown {
  readonly metadata?: {
    readonly name?: string;
    readonly uid?: string;
    readonly resourceVersion?: string;
    readonly labels?: { readonly [name: string]: string };
    readonly annotations?: { readonly [name: string]: string };
  };
  readonly spec?: {
    readonly providerID?: string;
    readonly unschedulable?: boolean;
    readonly taints?: readonly { readonly key: string; readonly effect: string }[];
  };
  readonly status?: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] };
}

/** `aws:///us-east-1a/i-…`: the instance of a node, as the cloud provider of AWS or its kubelet writes it: two that say the same are in doubt; `fargate-…` in its place is none. */
const providerId = /^aws:\/\/\/[a-z0-9-]*\/(i-[0-9a-f]{8,17})$/;
/** Put on whatever is cordoned: that says `unschedulable` already. */
const cordonTaint = 'node.kubernetes.io/unschedulable';

function nodeOf({ metadata = {}, spec = {}, status = {} }: Shown): ClusterNode {
  const { name = '', uid = '', resourceVersion: version = '', labels = {}, annotations = {} } = metadata;
  const { taints = [], providerID = '', unschedulable = false } = spec;
  return {
    ...{ name, uid, version },
    instance: providerId.exec(providerID)?.[1] ?? null,
    schedulable: !unschedulable,
    ready: status.conditions?.some((one) => one.type === 'Ready' && one.status === 'True') ?? false,
    repels: taints.some(({ key, effect }) => effect !== 'PreferNoSchedule' && key !== cordonTaint),
    tags: Object.entries({ ...annotations, ...labels }).map(([Key, Value]) => ({ Key: Key.replace('/', ':'), Value })),
  };
}

interface Page<T> {
  readonly items: readonly T[];
  readonly metadata?: { readonly _continue?: string };
}

/** All pages ("Retrieving large results sets in chunks"). */
export async function allPages<T>(
  ask: (page: { limit: number; _continue?: string }) => Promise<Page<T>>,
): Promise<readonly T[]> {
  const items: T[] = [];
  let _continue: string | undefined;
  do {
    const page = await ask({ limit: 500, ...(_continue ? { _continue } : {}) });
    items.push(...page.items);
    _continue = page.metadata?._continue;
  } while (_continue);
  return items;
}

/** Every node of a cluster. Throws Throttled, TargetGone, ActionFailed. */
export async function readNodes(cluster: string, context: Asking): Promise<readonly ClusterNode[]> {
  const nodes = await allPages<Shown>((page) =>
    asking(`Listing the nodes of ${cluster}`, context, cluster, ({ core }) => core.listNode(page)),
  );
  return nodes.map(nodeOf);
}

/** One node, by its name. Throws TargetGone where there is none of it. */
export async function readNode(cluster: string, name: string, context: Asking): Promise<ClusterNode> {
  return nodeOf(await asking(`Reading node ${name}`, context, cluster, ({ core }) => core.readNode({ name })));
}

/** The one of the nodes that is an instance, or why nobody can tell. A node's name is what it says of itself; which instance it is, this says. */
export function nodeAmong(
  nodes: readonly ClusterNode[],
  instance: string,
  cluster: string,
): { readonly node: ClusterNode } | { readonly none: string } {
  const [node, ...more] = nodes.filter((one) => one.instance === instance);
  if (node === undefined) return { none: `no node of the cluster ${cluster} is this instance` };
  if (more.length === 0) return { node };
  return { none: `${more.length + 1} nodes of the cluster ${cluster} say that they are this instance` };
}
