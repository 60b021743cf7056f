import {
  type ClusterObjects,
  type CronJob,
  containerIdOf,
  type Node,
  type Pod,
  podAddressOf,
  podsOf,
  replicaSetName,
  type ServiceAccount,
  uidOf,
  type Workload,
} from './state.ts';

/* Objects as the API shows them (Kubernetes API reference), as far as they are known here. */

const at = (ms: number): string => new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');

const owned = (kind: string, name: string, uid: string) => [
  { apiVersion: 'apps/v1', kind, name, uid, controller: true, blockOwnerDeletion: true },
];

const replicaSetUid = ({ namespace, ...workload }: Workload): string =>
  uidOf('ReplicaSet', namespace, replicaSetName(workload));

/** Of a Deployment's pods the owner is its ReplicaSet. */
function ownersOf(pod: Pod, { workloads }: ClusterObjects) {
  const { owner, daemonSet, namespace: where } = pod;
  if (daemonSet !== undefined) return owned('DaemonSet', daemonSet, uidOf('DaemonSet', where, daemonSet));
  if (owner === null) return undefined;
  const workload = [...workloads.values()].find(
    ({ kind, namespace, name }) => kind === owner.kind && namespace === owner.namespace && name === owner.name,
  );
  if (workload === undefined) return undefined;
  return workload.kind === 'Deployment'
    ? owned('ReplicaSet', replicaSetName(workload), replicaSetUid(workload))
    : owned('StatefulSet', workload.name, workload.uid);
}

export function shownPod(pod: Pod, objects: ClusterObjects) {
  const { namespace, name, uid, labels, image, serviceAccount, node, createdAt, phase, endingSince } = pod;
  const volumes = pod.emptyDir ? { volumes: [{ name: 'scratch', emptyDir: {} }] } : {};
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      ...{ namespace, name, uid, labels },
      ...(pod.mirror ? { annotations: { 'kubernetes.io/config.mirror': uid } } : {}),
      creationTimestamp: at(createdAt),
      ownerReferences: ownersOf(pod, objects),
      ...(endingSince === undefined ? {} : { deletionTimestamp: at(endingSince) }),
    },
    spec: {
      serviceAccountName: serviceAccount,
      ...(node === '' ? {} : { nodeName: node }),
      ...(pod.mirror ? { hostNetwork: true } : {}),
      containers: [{ name: 'app', image, ...(pod.env.length === 0 ? {} : { env: pod.env }) }],
      ...volumes,
    },
    status: { phase, ...(node === '' ? {} : { startTime: at(createdAt) }), ...statuses(pod) },
  };
}

/** Of its one container, once it has pulled its image ("Pod v1 core", ContainerStatus). */
function statuses(pod: Pod) {
  if (pod.imageId === undefined) return {};
  const { image, imageId: imageID, phase } = pod;
  const one = { name: 'app', image, imageID, containerID: `containerd://${containerIdOf(pod)}`, restartCount: 0 };
  const podIP = podAddressOf(pod);
  return { podIP, podIPs: [{ ip: podIP }], containerStatuses: [{ ...one, ready: phase === 'Running' }] };
}

export const shownServiceAccount = ({ namespace, name, uid, annotations, createdAt }: ServiceAccount) => ({
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  metadata: { namespace, name, uid, annotations, creationTimestamp: at(createdAt) },
});

const template = ({ labels, image, serviceAccount, terminationSeconds }: Workload) => ({
  metadata: { labels },
  spec: {
    serviceAccountName: serviceAccount,
    terminationGracePeriodSeconds: terminationSeconds,
    containers: [{ name: 'app', image }],
  },
});

const metadataOf = ({ namespace, name, uid, labels, annotations, createdAt, generation }: Workload) => ({
  ...{ namespace, name, uid, labels, annotations, generation },
  creationTimestamp: at(createdAt),
  resourceVersion: String(generation),
});

export function shownWorkload(workload: Workload, objects: ClusterObjects) {
  const { kind, replicas, labels } = workload;
  const pods = podsOf(objects, workload).filter(({ endingSince }) => endingSince === undefined);
  const ready = pods.filter(({ phase }) => phase === 'Running').length;
  return {
    apiVersion: 'apps/v1',
    kind,
    metadata: metadataOf(workload),
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: template(workload),
      ...(kind === 'StatefulSet' ? { serviceName: workload.name } : {}),
    },
    status: { replicas: pods.length, readyReplicas: ready },
  };
}

export function shownReplicaSet(workload: Workload) {
  const { namespace, name, labels, replicas, uid, createdAt } = workload;
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      ...{ namespace, labels, name: replicaSetName(workload), uid: replicaSetUid(workload) },
      creationTimestamp: at(createdAt),
      ownerReferences: owned('Deployment', name, uid),
    },
    spec: { replicas, selector: { matchLabels: labels }, template: template(workload) },
  };
}

/** A daemon set is known by its pods alone. */
export function shownDaemonSet({ daemonSet: name = '', namespace, image, labels }: Pod) {
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { namespace, name, uid: uidOf('DaemonSet', namespace, name) },
    spec: {
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: 'app', image }] } },
    },
  };
}

export function shownCronJob({ namespace, name, uid, schedule, suspend, image, createdAt }: CronJob) {
  const spec = { containers: [{ name: 'app', image }], restartPolicy: 'OnFailure' };
  return {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { namespace, name, uid, creationTimestamp: at(createdAt) },
    spec: { schedule, suspend, jobTemplate: { spec: { template: { spec } } } },
  };
}

/** `Scale` of a Deployment or StatefulSet. */
export function shownScale(workload: Workload, objects: ClusterObjects) {
  const { namespace, name, uid, createdAt, generation, replicas, labels } = workload;
  return {
    apiVersion: 'autoscaling/v1',
    kind: 'Scale',
    metadata: { namespace, name, uid, creationTimestamp: at(createdAt), resourceVersion: String(generation) },
    spec: { replicas },
    status: {
      replicas: podsOf(objects, workload).length,
      selector: Object.entries(labels)
        .map(([key, value]) => `${key}=${value}`)
        .join(','),
    },
  };
}

const cordoned = { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' };

/** The taint is put by a controller on each node that is cordoned ("Taints and Tolerations", "Taint Nodes by Condition"). */
export function shownNode(node: Node) {
  const { name, uid, labels, annotations, createdAt, generation, providerId, unschedulable, ready } = node;
  const taints = [...node.taints, ...(unschedulable ? [cordoned] : [])];
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      ...{ name, uid, annotations },
      labels: { 'kubernetes.io/hostname': name, ...labels },
      creationTimestamp: at(createdAt),
      resourceVersion: String(generation),
    },
    spec: {
      providerID: providerId,
      ...(unschedulable ? { unschedulable } : {}),
      ...(taints.length === 0 ? {} : { taints }),
    },
    status: { conditions: [{ type: 'Ready', status: ready ? 'True' : 'Unknown' }] },
  };
}
