import { createHash } from 'node:crypto';
import { type Account, AwsError, slice } from '../../account.ts';

export type WorkloadKind = 'Deployment' | 'StatefulSet';

export type Environment = readonly { readonly name: string; readonly value: string }[];

/** What keeps so many pods of one template running. */
export interface Workload {
  readonly kind: WorkloadKind;
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  readonly labels: { readonly [name: string]: string };
  readonly annotations: { readonly [name: string]: string };
  readonly image: string;
  readonly serviceAccount: string;
  /** What EKS writes into its pods as they are made. */
  readonly env: Environment;
  /** How long its pods take to end, at the most, once they are asked to. */
  readonly terminationSeconds: number;
  /** Its pods write to a directory of their node that ends with them. */
  readonly emptyDir: boolean;
  /** Of the disruption budget of its pods; undefined: they have none. */
  readonly minAvailable: number | undefined;
  readonly createdAt: number;
  replicas: number;
  /** Counts its changes. */
  generation: number;
}

/** Starts a Job on a schedule. Here it never does: it is there to be read. */
export interface CronJob {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  readonly schedule: string;
  readonly suspend: boolean;
  readonly image: string;
  readonly createdAt: number;
}

export interface Pod {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  readonly labels: { readonly [name: string]: string };
  readonly image: string;
  readonly serviceAccount: string;
  readonly env: Environment;
  /** Name of the node that it is bound to; empty while there is none that takes it. */
  node: string;
  readonly createdAt: number;
  /** Null: of no workload, so that nothing takes its place. */
  readonly owner: Pick<Workload, 'kind' | 'namespace' | 'name'> | null;
  /** Name of the daemon set that has one on each node; undefined: of none. */
  readonly daemonSet: string | undefined;
  /** Its kubelet runs it from a file, and shows it here (a mirror pod). */
  readonly mirror: boolean;
  readonly emptyDir: boolean;
  /** What its kubelet has pulled, `REGISTRY/REPOSITORY@sha256:…`; undefined while it has not. */
  imageId: string | undefined;
  phase: 'Pending' | 'Running';
  /** When it was asked to end; undefined: it was not. */
  endingSince: number | undefined;
}

/** An EC2 instance that pods run on. */
export interface Node {
  /** The private DNS name of the instance. */
  readonly name: string;
  readonly uid: string;
  /** `aws:///us-east-1a/i-…`: which instance it is, as the cloud provider writes it. */
  readonly providerId: string;
  readonly labels: { readonly [name: string]: string };
  readonly annotations: { readonly [name: string]: string };
  readonly ready: boolean;
  /** Repels what does not tolerate it (`key=value:NoSchedule`). */
  readonly taints: readonly { readonly key: string; readonly effect: string }[];
  readonly createdAt: number;
  unschedulable: boolean;
  /** Counts its changes. */
  generation: number;
}

export interface ServiceAccount {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  readonly annotations: { readonly [name: string]: string };
  readonly createdAt: number;
}

/** What is in one cluster. */
export interface ClusterObjects {
  /** By name. None: pods are on nodes that nobody asks about. */
  readonly nodes: Map<string, Node>;
  /** By `Kind/namespace/name`. */
  readonly workloads: Map<string, Workload>;
  /** By `namespace/name`. */
  readonly pods: Map<string, Pod>;
  /** By `namespace/name`. */
  readonly cronJobs: Map<string, CronJob>;
  /** By `namespace/name`. */
  readonly serviceAccounts: Map<string, ServiceAccount>;
}

/** By the name of the cluster. */
export const clusterObjects = slice('kubernetes', () => new Map<string, ClusterObjects>());

export function objectsOf(account: Account, cluster: string): ClusterObjects {
  const known = clusterObjects(account).get(cluster);
  if (known !== undefined) return known;
  const made: ClusterObjects = {
    nodes: new Map(),
    workloads: new Map(),
    pods: new Map(),
    cronJobs: new Map(),
    serviceAccounts: new Map(),
  };
  clusterObjects(account).set(cluster, made);
  return made;
}

export const workloadKey = ({ kind, namespace, name }: Pick<Workload, 'kind' | 'namespace' | 'name'>): string =>
  `${kind}/${namespace}/${name}`;

/** A made-up uid that is the object's own: the same at every start. */
export function uidOf(...of: readonly string[]): string {
  const hex = createHash('sha256').update(of.join('/')).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}

/** As containerd names the one container of a pod: 64 characters that are its own. */
export const containerIdOf = (pod: Pick<Pod, 'uid'>): string =>
  createHash('sha256').update(`container of ${pod.uid}`).digest('hex');

/**
 * The address of a pod: of its own as the VPC CNI gives it one of the subnet, or its host's in the network of which it is (a static pod). No two pods
 * get the same, but by a chance of one in sixteen thousand.
 */
export function podAddressOf({ uid, mirror, node }: Pick<Pod, 'uid' | 'mirror' | 'node'>): string {
  if (mirror) return (/^ip-([\d-]+)\./.exec(node)?.[1] ?? '').replaceAll('-', '.');
  const [first = 0, second = 0] = createHash('sha256').update(`address of ${uid}`).digest();
  return `10.0.${64 + (first % 64)}.${1 + (second % 254)}`;
}

/** A ReplicaSet is named for its Deployment and its template, which never changes here. */
export const replicaSetName = ({ name, image }: Pick<Workload, 'name' | 'image'>): string =>
  `${name}-${createHash('sha256').update(image).digest('hex').slice(0, 10)}`;

export const podsOf = (
  { pods }: ClusterObjects,
  workload: Pick<Workload, 'kind' | 'namespace' | 'name'>,
): readonly Pod[] =>
  [...pods.values()].filter(({ owner }) => owner !== null && workloadKey(owner) === workloadKey(workload));

/** Kubernetes' own words for what is not there. */
export const notFound = (resource: string, name: string): AwsError =>
  new AwsError('NotFound', `${resource} ${JSON.stringify(name)} not found`, 404);
