import type { Json } from '../../../shared/platform/json.ts';
import type { Account } from '../../account.ts';
import { imageIdOf } from './pulled.ts';
import {
  type ClusterObjects,
  type Node,
  objectsOf,
  type Pod,
  podsOf,
  replicaSetName,
  uidOf,
  type Workload,
  workloadKey,
} from './state.ts';

/*
 * What a controller does: it counts the pods of a workload and starts or ends some. How soon is not documented; here it is the same each
 * time. A pod that ends is given its time (`terminationGracePeriodSeconds`) and is shown with a `deletionTimestamp` until then.
 */
const RECONCILE = 'kubernetes: a controller looks at its workload';
const STARTED = 'kubernetes: the containers of a pod run';
const ENDED = 'kubernetes: a pod has ended';
const reconcileMs = 500;
const startsMs = 4_000;

interface At {
  readonly cluster: string;
  readonly key: string;
}

/** What this file queues comes back as it was queued: the clock carries it as JSON. */
const atOf = (args: Json): At => args as unknown as At;

/** Registers what happens by itself. Once per account. */
export function registerControllers(account: Account): void {
  const { clock } = account;
  clock.on(RECONCILE, (args) => {
    const { cluster, key } = atOf(args);
    const objects = objectsOf(account, cluster);
    const workload = objects.workloads.get(key);
    if (workload !== undefined) reconcile(account, cluster, objects, workload);
  });
  clock.on(STARTED, (args) => {
    const pod = podAt(account, atOf(args));
    if (pod === undefined || pod.node === '') return;
    pod.imageId = imageIdOf(account, pod.image);
    // What cannot be pulled waits (ImagePullBackOff).
    if (pod.imageId !== undefined) pod.phase = 'Running';
  });
  clock.on(ENDED, (args) => {
    const { cluster, key } = atOf(args);
    const pod = podAt(account, { cluster, key });
    const objects = objectsOf(account, cluster);
    // Only its kubelet can say that it has ended; until then it stays listed.
    if (objects.nodes.get(pod?.node ?? '')?.ready === false) return;
    objects.pods.delete(key);
    if (pod?.owner != null) changed(account, cluster, workloadKey(pod.owner));
  });
}

const podAt = (account: Account, { cluster, key }: At): Pod | undefined => objectsOf(account, cluster).pods.get(key);

/** Its controller will look at a workload. */
export const changed = ({ clock }: Account, cluster: string, key: string): void => {
  clock.after(reconcileMs, RECONCILE, { cluster, key });
};

function reconcile(account: Account, cluster: string, objects: ClusterObjects, workload: Workload): void {
  const staying = podsOf(objects, workload).filter(({ endingSince }) => endingSince === undefined);
  // The youngest go first ("ReplicaSet", "Scaling down"); of a StatefulSet those with the highest number.
  for (const pod of staying.slice(workload.replicas)) end(account, cluster, pod, workload.terminationSeconds);
  for (let missing = staying.length; missing < workload.replicas; missing += 1)
    start(account, cluster, objects, workload);
}

/** Asks a pod to end, however long it then takes. A second time changes nothing. */
export function end({ clock }: Account, cluster: string, pod: Pod, terminationSeconds: number): void {
  if (pod.endingSince !== undefined) return;
  pod.endingSince = clock.now();
  clock.after(terminationSeconds * 1000, ENDED, { cluster, key: podKey(pod) });
}

const podKey = ({ namespace, name }: Pick<Pod, 'namespace' | 'name'>): string => `${namespace}/${name}`;

function start(account: Account, cluster: string, objects: ClusterObjects, workload: Workload): void {
  const pod = newPod(account, objects, workload);
  // A pod of a StatefulSet whose name still ends is made once that is gone: its controller looks again then.
  if (objects.pods.has(podKey(pod))) return;
  objects.pods.set(podKey(pod), pod);
  account.clock.after(startsMs, STARTED, { cluster, key: podKey(pod) });
}

function newPod(account: Account, objects: ClusterObjects, workload: Workload): Pod {
  const taken = podsOf(objects, workload).length;
  const name =
    workload.kind === 'StatefulSet' ? ordinalName(objects, workload) : `${replicaSetName(workload)}-${suffix(account)}`;
  const node = objects.nodes.size === 0 ? nodeAt(account, taken) : nodeFor(objects);
  return podOf(workload, name, { node, createdAt: account.clock.now(), phase: 'Pending', imageId: undefined });
}

const takes = ({ ready, unschedulable, taints }: Node): boolean => ready && !unschedulable && taints.length === 0;

/** The one of the nodes that take pods which has the fewest; empty where none does: the pod waits. */
function nodeFor({ nodes, pods }: ClusterObjects): string {
  const counted = [...nodes.values()]
    .filter(takes)
    .map(({ name }) => ({ name, count: [...pods.values()].filter(({ node }) => node === name).length }));
  return counted.toSorted((a, b) => a.count - b.count)[0]?.name ?? '';
}

/** A node takes pods again: those that wait get a place. */
export function bindWaiting(account: Account, cluster: string): void {
  const objects = objectsOf(account, cluster);
  for (const pod of objects.pods.values()) {
    if (pod.node !== '') continue;
    pod.node = nodeFor(objects);
    if (pod.node !== '') account.clock.after(startsMs, STARTED, { cluster, key: podKey(pod) });
  }
}

/** `NAME-0`, `NAME-1` …: the first that no pod which stays has. */
function ordinalName(objects: ClusterObjects, workload: Workload): string {
  const staying = podsOf(objects, workload).filter(({ endingSince }) => endingSince === undefined);
  const names = new Set(staying.map(({ name }) => name));
  let ordinal = 0;
  while (names.has(`${workload.name}-${ordinal}`)) ordinal += 1;
  return `${workload.name}-${ordinal}`;
}

/** Five characters without vowels, as Kubernetes draws them. */
function suffix({ random }: Account): string {
  const letters = 'bcdfghjklmnpqrstvwxz2456789';
  return Array.from(
    random.hex(10).match(/../g) ?? [],
    (pair) => letters[Number.parseInt(pair, 16) % letters.length],
  ).join('');
}

/** The private name of an EC2 instance (Amazon EC2 user guide, "EC2 instance hostnames and domains"). */
export const nodeAt = ({ region }: Pick<Account, 'region'>, index: number): string =>
  `ip-10-0-${index % 2}-1${index % 10}.${region === 'us-east-1' ? 'ec2' : `${region}.compute`}.internal`;

/** A pod of a workload, by its template. */
export function podOf(
  workload: Workload,
  name: string,
  born: Pick<Pod, 'createdAt' | 'node' | 'phase' | 'imageId'>,
): Pod {
  const { kind, namespace, labels, image, serviceAccount, emptyDir, env } = workload;
  return {
    ...born,
    ...{ namespace, name, labels, image, serviceAccount, emptyDir, env },
    daemonSet: undefined,
    mirror: false,
    uid: uidOf('Pod', namespace, name),
    owner: { kind, namespace, name: workload.name },
    endingSince: undefined,
  };
}
