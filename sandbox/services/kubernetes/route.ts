import type { RestRequest } from '../../account.ts';
import { apiAsked } from '../eks/state.ts';

/** What RBAC is asked about a request: the verb, and what it is done to. */
export interface Attributes {
  readonly verb: 'get' | 'list' | 'patch' | 'create';
  /** Empty: of the core group. */
  readonly group: string;
  /** With its subresource: `deployments/scale`. */
  readonly resource: string;
  /** Empty: of the cluster, or all of them. */
  readonly namespace: string;
  /** Of a list, none. */
  readonly name: string;
}

/** A request as its operation takes it. */
export interface ApiInput extends Attributes {
  /** Which cluster's API it was sent to. */
  readonly api: string;
  readonly query: { readonly [name: string]: string };
  readonly contentType: string;
  readonly body: string;
}

const SHAPE =
  /^(?:\/api\/v1|\/apis\/(?<group>apps|batch)\/v1)(?:\/namespaces\/(?<namespace>[^/]+))?\/(?<kind>[a-z]+)(?:\/(?<name>[^/]+)(?:\/(?<sub>[a-z]+))?)?$/;

const verbs = { GET: 'get', PATCH: 'patch', POST: 'create' } as const;

/** What is of a cluster and of no namespace of it. */
const ofTheCluster = ['nodes'];

/** What each operation of the sandbox is of RBAC's. */
export const operationsByAttributes: { readonly [attributes: string]: string } = {
  'get pods': 'GetPod',
  'get pods/log': 'GetPodLog',
  'list pods': 'ListPods',
  'create pods/eviction': 'CreatePodEviction',
  'get nodes': 'GetNode',
  'list nodes': 'ListNodes',
  'patch nodes': 'PatchNode',
  'get serviceaccounts': 'GetServiceAccount',
  'list apps/deployments': 'ListDeployments',
  'list apps/statefulsets': 'ListStatefulSets',
  'list apps/daemonsets': 'ListDaemonSets',
  'list batch/cronjobs': 'ListCronJobs',
  'get apps/replicasets': 'GetReplicaSet',
  'get apps/deployments': 'GetDeployment',
  'get apps/statefulsets': 'GetStatefulSet',
  'patch apps/deployments/scale': 'PatchDeploymentScale',
  'patch apps/statefulsets/scale': 'PatchStatefulSetScale',
};

/** Finds the operation that a request means ("API concepts", resource URIs). */
export function routeApi(request: RestRequest): { readonly operation: string; readonly input: ApiInput } | undefined {
  const { api, path } = apiAsked(request.path);
  const { group = '', namespace = '', kind, name = '', sub } = SHAPE.exec(path)?.groups ?? {};
  const method = request.method in verbs ? verbs[request.method as keyof typeof verbs] : undefined;
  if (kind === undefined || method === undefined) return undefined;
  const verb = method === 'get' && name === '' ? 'list' : method;
  // Only a list goes through all namespaces; what is of the cluster is in none.
  if ((namespace === '') !== ofTheCluster.includes(kind) && !(namespace === '' && verb === 'list')) return undefined;
  const resource = sub === undefined ? kind : `${kind}/${sub}`;
  const operation = operationsByAttributes[`${verb} ${group === '' ? resource : `${group}/${resource}`}`];
  if (operation === undefined) return undefined;
  return {
    operation,
    input: {
      ...{ api, verb, group, resource },
      namespace: decodeURIComponent(namespace),
      name: decodeURIComponent(name),
      query: Object.fromEntries(request.query),
      contentType: (request.headers['content-type'] ?? '').split(';')[0]?.trim() ?? '',
      body: request.body.toString('utf8'),
    },
  };
}
