import { stringify } from 'yaml';
import { clusterGroup, clusterRules } from '../shared/actions/clusterRules.ts';
import type { Action } from '../shared/actions/contract.ts';

const name = 'firebreak-responder';
const apiVersion = 'rbac.authorization.k8s.io/v1';

/** `resources/kubernetes.generated.yaml`: what Firebreak may ask of a cluster, to be applied there. Ends in a newline. */
export function clusterManifest(catalogue: readonly Action[]): string {
  const byResource = Map.groupBy(clusterRules(catalogue), ({ group, resource }) => `${group}/${resource}`);
  const rules = [...byResource.values()].map((some) => ({
    apiGroups: [some[0]?.group ?? ''],
    resources: [some[0]?.resource ?? ''],
    verbs: some.map(({ verb }) => verb),
  }));
  const role = { apiVersion, kind: 'ClusterRole', metadata: { name }, rules };
  const binding = {
    ...{ apiVersion, kind: 'ClusterRoleBinding', metadata: { name } },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name },
    subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: clusterGroup }],
  };
  const heading = [
    '# What Firebreak asks of a Kubernetes cluster, and nothing else: generated from the actions by `npm run generate`.',
    `# Apply it, and let the responder role of the stage in as a member of the group ${clusterGroup}: docs/kubernetes.md.`,
  ];
  return `${heading.join('\n')}\n${[role, binding].map((one) => stringify(one)).join('---\n')}`;
}
