import type { ClusterPermission } from './clusterPermissions.ts';
import type { Action } from './contract.ts';

/** The group that Firebreak's access entry of a cluster is in, and that its role there is bound to (docs/kubernetes.md). */
export const clusterGroup = 'firebreak:responder';

/** Of all actions, what they ask of a cluster: each verb on each kind of object once, sorted. */
export function clusterRules(catalogue: readonly Action[]): readonly ClusterPermission[] {
  const all = catalogue.flatMap(({ inCluster }) => [...(inCluster?.read ?? []), ...(inCluster?.write ?? [])]);
  const byText = new Map(all.map((one) => [`${one.group}/${one.resource} ${one.verb}`, one]));
  return [...byText].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}
