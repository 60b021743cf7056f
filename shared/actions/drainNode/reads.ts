import type { Tag } from '../../account/owner.ts';
import type { ReadContext } from '../contract.ts';
import { asking } from '../targets/podTarget.ts';
import type { NamedPod, Pods } from './types.ts';

/** A node of a cluster, as far as a drain asks. */
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
async function all<T>(ask: (page: { limit: number; _continue?: string }) => Promise<Page<T>>): Promise<readonly T[]> {
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
export async function readNodes(cluster: string, context: ReadContext): Promise<readonly ClusterNode[]> {
  const nodes = await all<Shown>((page) =>
    asking(`Listing the nodes of ${cluster}`, context, cluster, ({ core }) => core.listNode(page)),
  );
  return nodes.map(nodeOf);
}

/** One node, by its name. Throws TargetGone where there is none of it. */
export async function readNode(cluster: string, name: string, context: ReadContext): Promise<ClusterNode> {
  return nodeOf(await asking(`Reading node ${name}`, context, cluster, ({ core }) => core.readNode({ name })));
}

interface ShownPod {
  readonly metadata?: {
    readonly name?: string;
    readonly namespace?: string;
    readonly uid?: string;
    readonly annotations?: { readonly [name: string]: string };
    readonly deletionTimestamp?: unknown;
    readonly ownerReferences?: readonly { readonly kind: string; readonly controller?: boolean }[];
  };
  readonly spec?: { readonly volumes?: readonly { readonly emptyDir?: unknown }[] };
  readonly status?: { readonly phase?: string };
}

/** The pods of a node, and of those to be moved the names of those that end already. */
export interface OnNode extends Pods {
  readonly ending: readonly string[];
}

/** What runs on a node, sorted as `kubectl drain` does it: what has ended already counts for nothing. */
export async function readPodsOn(cluster: string, node: string, context: ReadContext): Promise<OnNode> {
  const pods = await all<ShownPod>((page) =>
    asking(`Listing the pods of node ${node}`, context, cluster, ({ core }) =>
      core.listPodForAllNamespaces({ ...page, fieldSelector: `spec.nodeName=${node}` }),
    ),
  );
  const running = pods.filter(({ status }) => !['Succeeded', 'Failed'].includes(status?.phase ?? ''));
  const sorted = running.map((pod) => ({ pod, named: namedOf(pod), kind: kindOf(pod) }));
  const of = (kind: Kind) => sorted.filter((one) => one.kind === kind);
  const moved = of('moved');
  const namesOf = (some: typeof moved): readonly string[] => some.map(({ named }) => named.name);
  return {
    moved: moved.map(({ named }) => named),
    stay: namesOf(of('stays')),
    alone: namesOf(of('alone')),
    local: namesOf(moved.filter(({ pod }) => pod.spec?.volumes?.some(({ emptyDir }) => emptyDir != null))),
    ending: namesOf(moved.filter(({ pod }) => pod.metadata?.deletionTimestamp != null)),
  };
}

const namedOf = ({ metadata = {} }: ShownPod): NamedPod => ({
  name: `${metadata.namespace ?? ''}/${metadata.name ?? ''}`,
  uid: metadata.uid ?? '',
});

type Kind = 'moved' | 'stays' | 'alone';

function kindOf({ metadata = {} }: ShownPod): Kind {
  if (metadata.annotations?.['kubernetes.io/config.mirror'] !== undefined) return 'stays';
  const controller = metadata.ownerReferences?.find((owner) => owner.controller === true);
  if (controller?.kind === 'DaemonSet') return 'stays';
  // One that ends already is nobody's to lose.
  return controller === undefined && metadata.deletionTimestamp == null ? 'alone' : 'moved';
}
