import type { Account } from '../account.ts';
import { eksClusterArn, eksClusters } from '../services/eks/state.ts';
import { nodeAt, podOf, registerControllers } from '../services/kubernetes/controller.ts';
import {
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
  for (const { name, version, publicEndpoint, tags, accessEntries, workloads, pods } of given) {
    eksClusters(account).set(name, {
      ...{ name, version, publicEndpoint, tags, createdAt },
      arn: eksClusterArn(account, name),
      accessEntries: accessEntries.map(({ role, groups }) => ({ principalArn: roleArn(account, role), groups })),
    });
    const objects = objectsOf(account, name);
    for (const one of workloads) {
      const workload = workloadOf(one, createdAt);
      objects.workloads.set(workloadKey(workload), workload);
      for (const pod of podsAtStart(account, one, workload)) objects.pods.set(`${pod.namespace}/${pod.name}`, pod);
    }
    for (const { namespace, name: podName, labels } of pods) {
      objects.pods.set(`${namespace}/${podName}`, {
        ...{ namespace, name: podName, labels, createdAt },
        ...{ image: 'public.ecr.aws/docker/library/busybox:1.37', serviceAccount: 'default', node: nodeAt(account, 0) },
        uid: uidOf('Pod', namespace, podName),
        owner: null,
        phase: 'Running',
        endingSince: undefined,
      });
    }
  }
}

function workloadOf({ labels, replicas, podNames: _names, ...given }: GivenWorkload, createdAt: number): Workload {
  const { kind, namespace, name } = given;
  return {
    ...given,
    uid: uidOf(kind, namespace, name),
    labels: labels ?? { app: name },
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
