import { AwsError, type Operation, type Service } from '../../account.ts';
import { inCluster, isRecord, listOf, patchOf } from './asked.ts';
import { changed } from './controller.ts';
import { createPodEviction } from './eviction.ts';
import { listCronJobs, listDaemonSets, listWorkloads } from './lists.ts';
import { getNode, listNodes, patchNode } from './nodes.ts';
import { getPodLog } from './podLog.ts';
import { type ApiInput, routeApi } from './route.ts';
import { shownPod, shownReplicaSet, shownScale, shownServiceAccount, shownWorkload } from './shown.ts';
import {
  type ClusterObjects,
  notFound,
  replicaSetName,
  type Workload,
  type WorkloadKind,
  workloadKey,
} from './state.ts';

function workloadIn({ workloads }: ClusterObjects, kind: WorkloadKind, { namespace, name }: ApiInput): Workload {
  const found = workloads.get(workloadKey({ kind, namespace, name }));
  if (found === undefined) throw notFound(`${kind.toLowerCase()}s.apps`, name);
  return found;
}

const read = (kind: WorkloadKind): Operation =>
  inCluster((objects, input) => shownWorkload(workloadIn(objects, kind, input), objects));

const getPod = inCluster((objects, { namespace, name }) => {
  const pod = objects.pods.get(`${namespace}/${name}`);
  if (pod === undefined) throw notFound('pods', name);
  return shownPod(pod, objects);
});

const getServiceAccount = inCluster((objects, { namespace, name }) => {
  const account = objects.serviceAccounts.get(`${namespace}/${name}`);
  if (account === undefined) throw notFound('serviceaccounts', name);
  return shownServiceAccount(account);
});

/** All of a namespace, or of the cluster, whose labels and node are as the selectors say. Only equalities are known here. */
const listPods = inCluster((objects, { namespace, query }) => {
  const wanted = (query['labelSelector'] ?? '').split(',').filter((one) => one !== '');
  const asked = wanted.map((one) => /^(?<key>[^=!<>() ]+)==?(?<value>[^=!<>() ]*)$/.exec(one)?.groups);
  if (asked.includes(undefined)) {
    throw new AwsError('BadRequest', `unable to parse requirement: ${query['labelSelector'] ?? ''}`, 400);
  }
  const onNode = nodeIn(query['fieldSelector']);
  const items = [...objects.pods.values()].filter(
    (pod) =>
      (namespace === '' || pod.namespace === namespace) &&
      (onNode === undefined || pod.node === onNode) &&
      asked.every((one) => pod.labels[one?.['key'] ?? ''] === one?.['value']),
  );
  const { metadata, page } = listOf(items, query);
  return { apiVersion: 'v1', kind: 'PodList', metadata, items: page.map((pod) => shownPod(pod, objects)) };
});

/** Of the fields of a pod that can be selected by, its node alone is known here. */
function nodeIn(selector: string | undefined): string | undefined {
  if (selector === undefined || selector === '') return undefined;
  const [, node] = /^spec\.nodeName==?([^,=!]*)$/.exec(selector) ?? [];
  if (node === undefined) {
    throw new AwsError(
      'BadRequest',
      `Unable to find "/v1, Resource=pods" that match field selector ${JSON.stringify(selector)}`,
      400,
    );
  }
  return node;
}

const getReplicaSet = inCluster((objects, { namespace, name }) => {
  const of = [...objects.workloads.values()].find(
    (one) => one.kind === 'Deployment' && one.namespace === namespace && replicaSetName(one) === name,
  );
  if (of === undefined) throw notFound('replicasets.apps', name);
  return shownReplicaSet(of);
});

/** A JSON merge patch (RFC 7386) of what a Scale has that can be set. */
const scale = (kind: WorkloadKind): Operation =>
  inCluster((objects, input, cluster, { account }) => {
    const workload = workloadIn(objects, kind, input);
    const { replicas, resourceVersion } = scaleIn(patchOf(input));
    if (resourceVersion !== undefined && resourceVersion !== String(workload.generation)) {
      const text = `Operation cannot be fulfilled on ${input.resource.split('/')[0]}.apps ${JSON.stringify(input.name)}: the object has been modified; please apply your changes to the latest version and try again`;
      throw new AwsError('Conflict', text, 409);
    }
    if (replicas !== workload.replicas) {
      workload.replicas = replicas;
      workload.generation += 1;
      changed(account, cluster, workloadKey(workload));
    }
    return shownScale(workload, objects);
  });

function scaleIn({ spec, metadata }: { readonly [name: string]: unknown }) {
  const replicas = isRecord(spec) ? spec['replicas'] : undefined;
  const version = isRecord(metadata) ? metadata['resourceVersion'] : undefined;
  if (typeof replicas !== 'number' || !Number.isInteger(replicas) || replicas < 0) {
    throw new AwsError('Invalid', 'spec.replicas: Invalid value: must be greater than or equal to 0', 422);
  }
  return { replicas, resourceVersion: typeof version === 'string' ? version : undefined };
}

/** The Kubernetes API of the account's EKS clusters, as far as it is asked. */
export const kubernetesService: Service = {
  name: 'kubernetes',
  protocol: 'kubernetes',
  admitsItself: true,
  route: routeApi,
  operations: {
    GetPod: getPod,
    GetPodLog: getPodLog,
    ListPods: listPods,
    CreatePodEviction: createPodEviction,
    GetNode: getNode,
    ListNodes: listNodes,
    PatchNode: patchNode,
    ListDeployments: listWorkloads('Deployment'),
    ListStatefulSets: listWorkloads('StatefulSet'),
    ListDaemonSets: listDaemonSets,
    ListCronJobs: listCronJobs,
    GetReplicaSet: getReplicaSet,
    GetServiceAccount: getServiceAccount,
    GetDeployment: read('Deployment'),
    GetStatefulSet: read('StatefulSet'),
    PatchDeploymentScale: scale('Deployment'),
    PatchStatefulSetScale: scale('StatefulSet'),
  },
};
