import type { ClusterPermission } from './clusterPermissions.ts';
import type { Action } from './contract.ts';
import { hostPodInCluster } from './targets/hostPod.ts';
import { podRolesInCluster } from './targets/podRoles.ts';

/** The group that Firebreak's access entry of a cluster is in, and that its role there is bound to (docs/kubernetes.md). */
export const clusterGroup = 'firebreak:responder';

/** What Decide asks of a cluster, and of all actions, what they ask: each verb on each kind of object once, sorted. */
export function clusterRules(catalogue: readonly Action[]): readonly ClusterPermission[] {
  const ofActions = catalogue.flatMap(({ inCluster }) => [...(inCluster?.read ?? []), ...(inCluster?.write ?? [])]);
  const all = [...podRolesInCluster, ...hostPodInCluster, ...ofActions];
  const byText = new Map(all.map((one) => [`${one.group}/${one.resource} ${one.verb}`, one]));
  return [...byText].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}
