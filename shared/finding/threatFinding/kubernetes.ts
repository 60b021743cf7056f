import { fieldsIn } from '../given.ts';
import { composeArn, type Place, readArn, readName } from '../place.ts';
import { type Fields, readOptional } from '../read.ts';
import type { PodResource } from '../resource.ts';

/** EKS: letters, digits, hyphens and underscores, at most 100, the first no hyphen. */
export const clusterName = /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/;
export const eksClusterArn = ['eks', /^cluster\/([A-Za-z0-9][A-Za-z0-9_-]{0,99})$/] as const;
/** Kubernetes itself is narrower for most types; roles may have colons in their names, and none has a slash. */
export const objectName = /^[A-Za-z0-9._:-]{1,253}$/;

export interface Workload {
  readonly namespace: string | null;
  /** `pods`, `deployments`. */
  readonly type: string | null;
  readonly name: string;
  readonly serviceAccount?: string | null;
}

/** The workload in the cluster; without one, the cluster. */
export function pod(cluster: string, place: Place, workload: Workload | null): PodResource {
  const { namespace = null, type = null, name = null, serviceAccount = null } = workload ?? {};
  return {
    kind: 'pod',
    id: [cluster, namespace, name].filter((part) => part !== null).join('/'),
    arn: composeArn('eks', place, `cluster/${cluster}`),
    cluster,
    namespace,
    workload: name === null ? null : `${type ?? 'workload'}/${name}`,
    serviceAccount,
  };
}

const clusterAt = 'detail.resource.eksClusterDetails';
const workloadAt = 'detail.resource.kubernetesDetails.kubernetesWorkloadDetails';

const readObjectName = (value: unknown, path: string): string => readName(value, path, objectName);

function workloadOf(resource: Fields): Workload | null {
  const details = fieldsIn(fieldsIn(resource, 'kubernetesDetails'), 'kubernetesWorkloadDetails');
  const name = readOptional(details, workloadAt, 'name', readObjectName);
  if (name === null) return null;
  return {
    name,
    namespace: readOptional(details, workloadAt, 'namespace', readObjectName),
    type: readOptional(details, workloadAt, 'type', readObjectName),
    serviceAccount: readOptional(details, workloadAt, 'serviceAccountName', readObjectName),
  };
}

/** `EKSCluster`; null when the finding names no cluster: a workload is nowhere without one. */
export function podResource(resource: Fields, place: Place): PodResource | null {
  const details = fieldsIn(resource, 'eksClusterDetails');
  const [fromArn] =
    readOptional(details, clusterAt, 'arn', (value, path) => readArn(value, path, place, eksClusterArn)) ?? [];
  const named = fromArn ?? readOptional(details, clusterAt, 'name', readClusterName);
  return named === null ? null : pod(named, place, workloadOf(resource));
}

const readClusterName = (value: unknown, path: string): string => readName(value, path, clusterName);
