import type { ReadContext } from '../contract.ts';
import { allPages } from '../targets/clusterNodes.ts';
import { asking, isOwn } from '../targets/podTarget.ts';
import type { NamedPod, Pods } from './types.ts';

interface ShownPod {
  readonly metadata?: {
    readonly name?: string;
    readonly namespace?: string;
    readonly uid?: string;
    readonly annotations?: { readonly [name: string]: string };
    readonly deletionTimestamp?: unknown;
    readonly ownerReferences?: readonly {
      readonly apiVersion: string;
      readonly kind: string;
      readonly controller?: boolean;
    }[];
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
  const pods = await allPages<ShownPod>((page) =>
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
  if (controller !== undefined && isOwn(controller, 'DaemonSet')) return 'stays';
  // One that ends already is nobody's to lose.
  return controller === undefined && metadata.deletionTimestamp == null ? 'alone' : 'moved';
}
