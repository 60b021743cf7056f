import type { Account } from '../account.ts';
import { associationId } from '../services/eks/associations.ts';
import { type EksCluster, eksClusterArn, eksClusters } from '../services/eks/state.ts';
import { nodeAt, podOf, registerControllers } from '../services/kubernetes/controller.ts';
import { injectedInto, roleAnnotation } from '../services/kubernetes/injected.ts';
import {
  type Environment,
  objectsOf,
  type Pod,
  replicaSetName,
  uidOf,
  type Workload,
  workloadKey,
} from '../services/kubernetes/state.ts';
import { roleArn } from './loadRoles.ts';
import type { World } from './schema.ts';

type GivenWorkload = World['eksClusters'][number]['workloads'][number];

/** Its pods run from the start. */
export function loadEksClusters(account: Account, { eksClusters: given }: World): void {
  if (given.length > 0) registerControllers(account);
  const createdAt = account.clock.now();
  for (const { name, version, publicEndpoint, tags, accessEntries, workloads, pods, ...identities } of given) {
    const cluster: EksCluster = {
      ...{ name, version, publicEndpoint, tags, createdAt },
      arn: eksClusterArn(account, name),
      accessEntries: accessEntries.map(({ role, groups }) => ({ principalArn: roleArn(account, role), groups })),
      associations: associationsOf(account, name, identities),
    };
    eksClusters(account).set(name, cluster);
    const objects = objectsOf(account, name);
    for (const one of accountsOf(account, identities, workloads)) {
      objects.serviceAccounts.set(`${one.namespace}/${one.name}`, { ...one, createdAt });
    }
    for (const one of workloads) {
      const env = injectedInto(cluster, objects, one);
      const workload = workloadOf(one, env, createdAt);
      objects.workloads.set(workloadKey(workload), workload);
      for (const pod of podsAtStart(account, one, workload)) objects.pods.set(`${pod.namespace}/${pod.name}`, pod);
    }
    for (const { namespace, name: podName, labels } of pods) {
      objects.pods.set(`${namespace}/${podName}`, {
        ...{ namespace, name: podName, labels, createdAt },
        ...{
          image: 'public.ecr.aws/docker/library/busybox:1.37',
          serviceAccount: 'default',
          env: [],
          node: nodeAt(account, 0),
        },
        uid: uidOf('Pod', namespace, podName),
        owner: null,
        phase: 'Running',
        endingSince: undefined,
      });
    }
  }
}

type Identities = Pick<World['eksClusters'][number], 'serviceAccounts' | 'podIdentityAssociations'>;

const associationsOf = (account: Account, cluster: string, { podIdentityAssociations }: Identities) =>
  podIdentityAssociations.map(({ namespace, serviceAccount, role, targetRole }) => ({
    ...{ namespace, serviceAccount },
    id: associationId(cluster, namespace, serviceAccount),
    role: roleArn(account, role),
    targetRole: targetRole === undefined ? undefined : roleArn(account, targetRole),
  }));

/** Those with a role, and beside them what workloads name: each namespace has `default`. */
const accountsOf = (account: Account, { serviceAccounts }: Identities, workloads: readonly GivenWorkload[]) =>
  [
    ...workloads.flatMap(({ namespace, serviceAccount }) => [
      { namespace, name: 'default', role: undefined },
      { namespace, name: serviceAccount, role: undefined },
    ]),
    ...serviceAccounts,
  ].map(({ namespace, name, role }) => ({
    ...{ namespace, name },
    uid: uidOf('ServiceAccount', namespace, name),
    annotations: role === undefined ? {} : { [roleAnnotation]: roleArn(account, role) },
  }));

function workloadOf(
  { labels, replicas, podNames: _names, ...given }: GivenWorkload,
  env: Environment,
  createdAt: number,
): Workload {
  const { kind, namespace, name } = given;
  return {
    ...given,
    uid: uidOf(kind, namespace, name),
    labels: labels ?? { app: name },
    env,
    createdAt,
    replicas,
    generation: 1,
  };
}

/** Names that the file does not give end in five characters that are the place's own. */
const podsAtStart = (account: Account, { podNames, replicas }: GivenWorkload, workload: Workload): readonly Pod[] =>
  Array.from({ length: replicas }, (_none, at) => {
    const ofDeployment = `${replicaSetName(workload)}-${uidOf(workloadKey(workload), String(at)).slice(0, 5)}`;
    const name = podNames[at] ?? (workload.kind === 'StatefulSet' ? `${workload.name}-${at}` : ofDeployment);
    return podOf(workload, name, { createdAt: workload.createdAt, node: nodeAt(account, at), phase: 'Running' });
  });
