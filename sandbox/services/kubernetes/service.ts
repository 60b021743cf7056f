import { type Account, AwsError, type Call, type Operation, operation, type Service } from '../../account.ts';
import { clusterOfApi } from '../eks/state.ts';
import { admit } from './access.ts';
import { changed } from './controller.ts';
import { type ApiInput, routeApi } from './route.ts';
import { shownPod, shownReplicaSet, shownScale, shownServiceAccount, shownWorkload } from './shown.ts';
import {
  type ClusterObjects,
  notFound,
  objectsOf,
  replicaSetName,
  type Workload,
  type WorkloadKind,
  workloadKey,
} from './state.ts';

/** What a request is about, for the trail and for faults: the cluster's ARN and the path in it. */
function apiTarget(account: Account, { api, namespace, resource, name }: ApiInput): string {
  const { arn } = clusterOfApi(account, api);
  return [arn, 'namespaces', namespace, resource, name].filter((part) => part !== '').join('/');
}

/** What is asked, in the cluster that it was sent to, of whoever may ask it. */
const inCluster = (
  run: (objects: ClusterObjects, input: ApiInput, cluster: string, call: Call) => unknown,
): Operation =>
  operation<ApiInput, unknown>(
    (input, account) => [{ action: `kubernetes:${input.verb} ${input.resource}`, resource: apiTarget(account, input) }],
    (input, call) => {
      const { name } = admit(call.account, call.principal, input);
      return run(objectsOf(call.account, name), input, name, call);
    },
  );

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

/** All of a namespace whose labels are as the selector says. Only equalities are known here. */
const listPods = inCluster((objects, { namespace, query }) => {
  const wanted = (query['labelSelector'] ?? '').split(',').filter((one) => one !== '');
  const asked = wanted.map((one) => /^(?<key>[^=!<>() ]+)==?(?<value>[^=!<>() ]*)$/.exec(one)?.groups);
  if (asked.includes(undefined)) {
    throw new AwsError('BadRequest', `unable to parse requirement: ${query['labelSelector'] ?? ''}`, 400);
  }
  const items = [...objects.pods.values()].filter(
    (pod) => pod.namespace === namespace && asked.every((one) => pod.labels[one?.['key'] ?? ''] === one?.['value']),
  );
  return { apiVersion: 'v1', kind: 'PodList', metadata: {}, items: items.map((pod) => shownPod(pod, objects)) };
});

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
    if (input.contentType !== 'application/merge-patch+json') {
      const text = `the body of the request was in an unknown format - accepted media types include: application/merge-patch+json`;
      throw new AwsError('UnsupportedMediaType', text, 415);
    }
    const { replicas, resourceVersion } = patchIn(input.body);
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

const isRecord = (value: unknown): value is { readonly [name: string]: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function patchIn(body: string): { readonly replicas: number; readonly resourceVersion: string | undefined } {
  let patch: unknown;
  try {
    patch = JSON.parse(body);
  } catch {
    throw new AwsError('BadRequest', 'error decoding patch: it is no JSON', 400);
  }
  const { spec, metadata } = isRecord(patch) ? patch : {};
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
    ListPods: listPods,
    GetReplicaSet: getReplicaSet,
    GetServiceAccount: getServiceAccount,
    GetDeployment: read('Deployment'),
    GetStatefulSet: read('StatefulSet'),
    PatchDeploymentScale: scale('Deployment'),
    PatchStatefulSetScale: scale('StatefulSet'),
  },
};
