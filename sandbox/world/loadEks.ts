import type { Account } from '../account.ts';
import { hosts } from '../services/ec2/interfaces.ts';
import { associationId } from '../services/eks/associations.ts';
import { type EksCluster, eksClusterArn, eksClusters } from '../services/eks/state.ts';
import { nodeAt, podOf, registerControllers } from '../services/kubernetes/controller.ts';
import { injectedInto, roleAnnotation } from '../services/kubernetes/injected.ts';
import { imageIdOf } from '../services/kubernetes/pulled.ts';
import {
  type ClusterObjects,
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
  for (const { name, version, publicEndpoint, tags, accessEntries, nodes, workloads, pods, ...more } of given) {
    const { cronJobs, ...identities } = more;
    const cluster: EksCluster = {
      ...{ name, version, publicEndpoint, tags, createdAt },
      arn: eksClusterArn(account, name),
      accessEntries: accessEntries.map(({ role, groups }) => ({ principalArn: roleArn(account, role), groups })),
      associations: associationsOf(account, name, identities),
    };
    eksClusters(account).set(name, cluster);
    const objects = objectsOf(account, name);
    for (const one of nodes) loadNode(account, name, one);
    for (const one of accountsOf(account, identities, workloads)) {
      objects.serviceAccounts.set(`${one.namespace}/${one.name}`, { ...one, createdAt });
    }
    for (const one of workloads) {
      const env = [...own(one.environment), ...injectedInto(cluster, objects, one)];
      const workload = workloadOf(one, env, createdAt);
      objects.workloads.set(workloadKey(workload), workload);
      for (const pod of podsAtStart(account, objects, one, workload))
        objects.pods.set(`${pod.namespace}/${pod.name}`, pod);
    }
    for (const one of cronJobs) {
      const uid = uidOf('CronJob', one.namespace, one.name);
      objects.cronJobs.set(`${one.namespace}/${one.name}`, { ...one, uid, createdAt });
    }
    for (const { namespace, name: podName, labels, node, daemonSet, mirror, image } of pods) {
      objects.pods.set(`${namespace}/${podName}`, {
        ...{ namespace, name: podName, labels, createdAt },
        ...{ image, imageId: imageIdOf(account, image), serviceAccount: 'default', env: [] },
        ...{ daemonSet, mirror, emptyDir: false },
        node: node === undefined ? placeAt(account, objects, 0) : nodeNameOf(account, node),
        uid: uidOf('Pod', namespace, podName),
        owner: null,
        phase: 'Running',
        endingSince: undefined,
      });
    }
  }
}

const own = (environment: Readonly<Record<string, string>>): Environment =>
  Object.entries(environment).map(([name, value]) => ({ name, value }));

const instanceNamed = (account: Account, id: string) =>
  hosts(account).find(({ ec2InstanceId }) => ec2InstanceId === id);

/** The private DNS name of its instance. */
const nodeNameOf = (account: Account, instance: string): string =>
  `ip-${(instanceNamed(account, instance)?.privateIp ?? '').replaceAll('.', '-')}.${account.region === 'us-east-1' ? 'ec2' : `${account.region}.compute`}.internal`;

/** Pods are spread over the nodes in their order. */
function placeAt(account: Account, { nodes }: ClusterObjects, at: number): string {
  const names = [...nodes.keys()];
  return names[at % names.length] ?? nodeAt(account, at);
}

/**
 * Its instance has the tag that EKS puts on what joins a cluster ("Tagging your resources for billing", `aws:eks:cluster-name`) and that by which
 * whoever launches it says that it is of the cluster.
 */
function loadNode(account: Account, cluster: string, given: World['eksClusters'][number]['nodes'][number]): void {
  const { instance, labels, annotations, ready, unschedulable, taints } = given;
  const name = nodeNameOf(account, instance);
  const host = instanceNamed(account, instance);
  if (host !== undefined) {
    host.instanceTags = {
      ...host.instanceTags,
      'aws:eks:cluster-name': cluster,
      [`kubernetes.io/cluster/${cluster}`]: 'owned',
    };
  }
  objectsOf(account, cluster).nodes.set(name, {
    ...{ name, labels, annotations, ready, unschedulable, taints },
    uid: uidOf('Node', name),
    providerId: `aws:///${account.region}a/${instance}`,
    createdAt: account.clock.now(),
    generation: 1,
  });
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
  { labels, replicas, podNames: _names, environment: _own, minAvailable, ...given }: GivenWorkload,
  env: Environment,
  createdAt: number,
): Workload {
  const { kind, namespace, name } = given;
  return {
    ...given,
    uid: uidOf(kind, namespace, name),
    labels: labels ?? { app: name },
    minAvailable,
    env,
    createdAt,
    replicas,
    generation: 1,
  };
}

/** Names that the file does not give end in five characters that are the place's own. */
const podsAtStart = (
  account: Account,
  objects: ClusterObjects,
  { podNames, replicas }: GivenWorkload,
  workload: Workload,
): readonly Pod[] =>
  Array.from({ length: replicas }, (_none, at) => {
    const ofDeployment = `${replicaSetName(workload)}-${uidOf(workloadKey(workload), String(at)).slice(0, 5)}`;
    const name = podNames[at] ?? (workload.kind === 'StatefulSet' ? `${workload.name}-${at}` : ofDeployment);
    return podOf(workload, name, {
      createdAt: workload.createdAt,
      node: placeAt(account, objects, at),
      phase: 'Running',
      imageId: imageIdOf(account, workload.image),
    });
  });
