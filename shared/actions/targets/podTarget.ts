import { namedFailure } from '../../account/awsFailure.ts';
import type { Tag } from '../../account/owner.ts';
import { ActionFailed, TargetGone } from '../../platform/errors.ts';
import type { Kubernetes } from '../../platform/sdk/kubernetes.ts';
import type { Permission, ReadContext, Target } from '../contract.ts';

export type PodTarget = Target<'pod'>;

const shape = /^arn:aws(?:-[a-z]+)*:eks:([a-z]{2,}(?:-[a-z0-9]+)+):(\d{12}):cluster\/([A-Za-z0-9][A-Za-z0-9_-]{0,99})$/;

/** Reading where the API of the target's cluster is. Throws ActionFailed for what is no ARN of a cluster in the target's account and Region. */
export function onCluster({ arn, account, region, cluster }: PodTarget): readonly Permission[] {
  const [, itsRegion, itsAccount, name] = shape.exec(arn) ?? [];
  if (name === cluster && itsRegion === region && itsAccount === account) {
    return [{ action: 'eks:DescribeCluster', resource: arn }];
  }
  throw new ActionFailed('There is no valid account, Region and cluster, so no permission is given for it', {
    evidence: { arn, account, region, cluster },
  });
}

/** A pod that a step takes away. It has no ARN: the cluster's, with the path of the pod in its API. */
export const podPath = (cluster: string, namespace: string, name: string): string =>
  `${cluster}/namespaces/${namespace}/pods/${name}`;

/** Kinds of workload whose pods are counted by a number that can be set. */
const scaledTypes = ['deployments', 'statefulsets'] as const;
type ScaledType = (typeof scaledTypes)[number];

/** `deployments/checkout`, in a namespace: what a pod is one of. */
export interface Workload {
  readonly type: ScaledType;
  readonly namespace: string;
  readonly name: string;
}

/** A pod, and the uid of the workload that it says it is one of. */
export interface Belonging {
  readonly pod: string;
  readonly uid: string;
}

/** A workload, or why there is none whose number of pods could be set. */
export type Found =
  | {
      readonly workload: Workload;
      /** The pod is not there any more, and its name alone says what it was one of. */
      readonly byName: boolean;
      /** What the pod says, for `belongs`; null where there is no pod to ask. */
      readonly says: Belonging | null;
    }
  | { readonly none: string };

/** As findings write it: `deployments/checkout`. */
export const workloadText = ({ type, name }: Workload): string => `${type}/${name}`;

/** AWS documents the field of a finding as text alone: `pods`, `Pod` and `pod` are the same to us, in the plural that the API has. */
export function pluralOf(type: string): string {
  const lower = type.toLowerCase();
  return lower.endsWith('s') ? lower : `${lower}s`;
}

const isScaled = (type: string): type is ScaledType => scaledTypes.some((one) => one === type);

/** One call to the cluster. Throws Throttled, TargetGone, ActionFailed. */
export async function asking<T>(
  doing: string,
  context: Pick<ReadContext, 'aws'>,
  cluster: string,
  call: (api: Kubernetes) => Promise<T>,
) {
  try {
    return await call(await context.aws.kubernetes(cluster));
  } catch (error) {
    if (error instanceof Error && error.name === 'ClusterUnreachable') {
      throw new ActionFailed(`${doing}: ${error.message}`, { cause: error });
    }
    throw namedFailure(error, doing);
  }
}

/**
 * What the finding's workload belongs to: a pod by its owners, to the end; one that is gone, by its name.
 * @throws TargetGone where nothing is left of it
 */
export async function workloadOf(target: PodTarget, context: ReadContext): Promise<Found> {
  const { cluster, namespace, workload } = target;
  const [written = '', name = ''] = workload?.split('/') ?? [];
  const type = pluralOf(written);
  if (namespace === null || name === '') return { none: 'the finding names no workload of the cluster' };
  if (isScaled(type)) return { workload: { type, namespace, name }, byName: false, says: null };
  if (type !== 'pods') return { none: `it is of the kind ${type}, which has no number of pods that could be set` };
  const pod = await unlessGone(
    asking(`Reading pod ${name}`, context, cluster, ({ core }) => core.readNamespacedPod({ namespace, name })),
  );
  if (pod === null) return byName(name, namespace, cluster, context);
  const owner = controllerOf(pod.metadata?.ownerReferences);
  if (owner === undefined) return { none: 'the pod was started by itself, and nothing would take its place' };
  const says = { pod: name, uid: owner.uid };
  const ofStatefulSet = { type: 'statefulsets', namespace, name: owner.name } as const;
  if (isOwn(owner, 'StatefulSet')) return { workload: ofStatefulSet, byName: false, says };
  if (isOwn(owner, 'ReplicaSet')) return deploymentOf(owner.name, says, namespace, cluster, context);
  return { none: `the pod is of a ${kindText(owner)}, which has no number of pods that could be set` };
}

/**
 * @param says what the pod says of the replica set; null where its name alone led here
 * @throws TargetGone when the replica set is not there
 */
async function deploymentOf(
  name: string,
  says: Belonging | null,
  namespace: string,
  cluster: string,
  context: ReadContext,
): Promise<Found> {
  const { metadata } = await asking(`Reading replica set ${name}`, context, cluster, ({ apps }) =>
    apps.readNamespacedReplicaSet({ namespace, name }),
  );
  if (says !== null && says.uid !== metadata?.uid) return { none: namesAnother(says.pod, `the replica set ${name}`) };
  const above = controllerOf(metadata?.ownerReferences);
  if (above === undefined || !isOwn(above, 'Deployment')) {
    return { none: `its replica set is of ${above === undefined ? 'no deployment' : `a ${kindText(above)}`}` };
  }
  return {
    workload: { type: 'deployments', namespace, name: above.name },
    byName: false,
    says: says && { pod: says.pod, uid: above.uid },
  };
}

/**
 * Why a pod is none of the workload that it says it is of; null where it is. Its owners are what whoever started it wrote, and so may name any workload
 * of the namespace: that one must be the very object, and choose the pod, while there is one, by its labels.
 */
export function notOf({ pod, uid }: Belonging, workload: Workload, { uid: own, pods, all }: Scaled): string | null {
  if (uid !== own) return namesAnother(pod, workloadText(workload));
  return pods.includes(pod) || !all.includes(pod)
    ? null
    : `the pod ${pod} says that it is of ${workloadText(workload)}, which does not choose it by its labels`;
}

const namesAnother = (pod: string, owner: string): string =>
  `the pod ${pod} says that it is of ${owner}, and names another object than the one that is there`;

/** Controllers name a pod for what it is one of: `REPLICASET-x2k4q`, `STATEFULSET-0`. */
async function byName(pod: string, namespace: string, cluster: string, context: ReadContext): Promise<Found> {
  const [, ofSet] = /^(.+)-[a-z0-9]{5}$/.exec(pod) ?? [];
  const found = ofSet === undefined ? null : await unlessGone(deploymentOf(ofSet, null, namespace, cluster, context));
  if (found !== null) return 'workload' in found ? { ...found, byName: true } : found;
  const [, ofStateful] = /^(.+)-\d+$/.exec(pod) ?? [];
  if (ofStateful === undefined) throw new TargetGone(`The pod ${pod} is not there any more`);
  await asking(`Reading stateful set ${ofStateful}`, context, cluster, ({ apps }) =>
    apps.readNamespacedStatefulSet({ namespace, name: ofStateful }),
  );
  return { workload: { type: 'statefulsets', namespace, name: ofStateful }, byName: true, says: null };
}

/** Null for what is not there. */
export async function unlessGone<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof TargetGone) return null;
    throw error;
  }
}

interface OwnerReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
  readonly controller?: boolean;
}

/** Of Kubernetes itself: others define kinds of the same name (a StatefulSet of apps.kruise.io). */
export const isOwn = ({ apiVersion, kind }: Pick<OwnerReference, 'apiVersion' | 'kind'>, wanted: string): boolean =>
  kind === wanted && apiVersion.startsWith('apps/');

const kindText = ({ apiVersion, kind }: OwnerReference): string =>
  apiVersion.startsWith('apps/') || apiVersion.startsWith('batch/') ? kind : `${kind} of ${apiVersion}`;

const controllerOf = (owners: readonly OwnerReference[] | undefined): OwnerReference | undefined =>
  owners?.find(({ controller }) => controller === true);

/** A workload as it is: how many pods it is to have, those that there are, and what says whose it is. */
export interface Scaled {
  readonly uid: string | undefined;
  readonly replicas: number;
  /** How many of its pods serve, as the cluster counts them ("Deployment v1 apps", DeploymentStatus; the same of a StatefulSet). */
  readonly ready: number;
  /** Names of the pods that its selector matches, those that end, too, and of those that were asked for by name. */
  readonly pods: readonly string[];
  /** Names of all pods of the namespace. */
  readonly all: readonly string[];
  /** Its labels and annotations as tags: `firebreak/protected` is `firebreak:protected`. */
  readonly tags: readonly Tag[];
}

/**
 * @param known names of pods that were its own: one whose labels were changed since runs on, and its controller knows it no more
 * @throws TargetGone when it is not there
 */
export async function readScaled(
  workload: Workload,
  cluster: string,
  context: ReadContext,
  known: readonly string[] = [],
): Promise<Scaled> {
  const { type, namespace, name } = workload;
  const read = await asking(`Reading ${workloadText(workload)}`, context, cluster, ({ apps }) =>
    type === 'deployments'
      ? apps.readNamespacedDeployment({ namespace, name })
      : apps.readNamespacedStatefulSet({ namespace, name }),
  );
  const { matchLabels = {}, matchExpressions = [] } = read.spec?.selector ?? {};
  const wanted = Object.entries(matchLabels);
  if (wanted.length === 0 || matchExpressions.length > 0) {
    throw new ActionFailed(
      `The pods of ${workloadText(workload)} are chosen by more than labels, so nobody could tell when they are gone`,
    );
  }
  const all = await podsIn(namespace, cluster, context);
  const { labels = {}, annotations = {} } = read.metadata ?? {};
  return {
    uid: read.metadata?.uid,
    replicas: read.spec?.replicas ?? 1,
    ready: read.status?.readyReplicas ?? 0,
    all: all.map((pod) => pod.name),
    pods: all.flatMap((pod) =>
      known.includes(pod.name) || wanted.every(([key, value]) => pod.labels[key] === value) ? [pod.name] : [],
    ),
    tags: Object.entries({ ...annotations, ...labels }).map(([Key, Value]) => ({ Key: Key.replace('/', ':'), Value })),
  };
}

/** A pod as the client gives it. */
export type ReadPod = Awaited<ReturnType<Kubernetes['core']['readNamespacedPod']>>;

/** A pod of a list. */
export interface ListedPod {
  readonly name: string;
  readonly labels: { readonly [name: string]: string };
  readonly serviceAccount: string;
  /** `ReplicaSet checkout-5d9c`; null for one that was started by itself. */
  readonly controller: string | null;
  /** All of its containers have ended, and none starts again. */
  readonly over: boolean;
}

/** All pages ("Retrieving large results sets in chunks"). */
export async function podsIn(
  namespace: string,
  cluster: string,
  context: Pick<ReadContext, 'aws'>,
): Promise<readonly ListedPod[]> {
  const all: ListedPod[] = [];
  let _continue: string | undefined;
  do {
    const page = await asking(`Listing the pods of namespace ${namespace}`, context, cluster, ({ core }) =>
      core.listNamespacedPod({ namespace, limit: 500, ...(_continue ? { _continue } : {}) }),
    );
    all.push(...page.items.map(listed));
    _continue = page.metadata?._continue;
  } while (_continue);
  return all;
}

function listed({ metadata, spec, status }: ReadPod): ListedPod {
  const owner = controllerOf(metadata?.ownerReferences);
  return {
    name: metadata?.name ?? '',
    labels: metadata?.labels ?? {},
    serviceAccount: spec?.serviceAccountName ?? 'default',
    controller: owner === undefined ? null : `${owner.kind} ${owner.name}`,
    over: status?.phase === 'Succeeded' || status?.phase === 'Failed',
  };
}

/** Sets how many pods it is to have; nothing else of it changes. */
export async function setReplicas(workload: Workload, replicas: number, cluster: string, context: ReadContext) {
  const { type, namespace, name } = workload;
  const patch = { namespace, name, body: { spec: { replicas } } };
  await asking(`Setting the number of pods of ${workloadText(workload)}`, context, cluster, ({ apps, mergePatch }) =>
    type === 'deployments'
      ? apps.patchNamespacedDeploymentScale(patch, mergePatch)
      : apps.patchNamespacedStatefulSetScale(patch, mergePatch),
  );
}

/** `deployments/checkout` in its namespace, as it was observed. Throws TargetGone where there was none. */
export function workloadFrom(text: string | null, namespace: string | null): Workload {
  const [type = '', name = ''] = text?.split('/') ?? [];
  if (!isScaled(type) || name === '' || namespace === null) throw new TargetGone('There is no workload to be scaled');
  return { type, namespace, name };
}
