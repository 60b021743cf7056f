import { canonicalJson } from '../../shared/platform/json.ts';
import { type Misfit, type Path, repeated } from './misfit.ts';
import type { World } from './schema.ts';

type Cluster = World['eksClusters'][number];

/** Names of a kind are unique in a namespace, and so is what a workload selects its pods by: another's pods would be counted as its own. A service account has one association. */
export const inEksClusters = ({ eksClusters, instances }: World): readonly Misfit[] => [
  ...repeated(eksClusters, ['eksClusters'], 'name', ({ name }) => name),
  ...eksClusters.flatMap((cluster, at) => inCluster(cluster, ['eksClusters', at])),
  ...inNodes(eksClusters, new Set(instances.map(({ ec2InstanceId }) => ec2InstanceId))),
];

const inCluster = (
  { workloads, pods, serviceAccounts, podIdentityAssociations }: Cluster,
  path: Path,
): readonly Misfit[] => [
  ...repeated(workloads, [...path, 'workloads'], 'name', ({ kind, namespace, name }) => `${namespace}/${kind}/${name}`),
  ...repeated(
    workloads,
    [...path, 'workloads'],
    'labels',
    ({ namespace, name, labels }) => `${namespace} ${canonicalJson(labels ?? { app: name })}`,
  ),
  ...repeated(serviceAccounts, [...path, 'serviceAccounts'], 'name', ({ namespace, name }) => `${namespace}/${name}`),
  ...repeated(
    podIdentityAssociations,
    [...path, 'podIdentityAssociations'],
    'serviceAccount',
    ({ namespace, serviceAccount }) => `${namespace}/${serviceAccount}`,
  ),
  ...repeated(pods, [...path, 'pods'], 'name', ({ namespace, name }) => `${namespace}/${name}`),
];

/** A node is an instance of the file, and of one cluster; a pod that names a node names one of its own cluster. */
function inNodes(clusters: readonly Cluster[], instances: ReadonlySet<string>): readonly Misfit[] {
  const all = clusters.flatMap(({ nodes }, at) =>
    nodes.map(({ instance }, index) => ({ instance, path: ['eksClusters', at, 'nodes', index, 'instance'] })),
  );
  const seen = new Set<string>();
  const ofNodes = all.flatMap(({ instance, path }) => {
    const again = seen.has(instance);
    seen.add(instance);
    if (again) return [{ path, message: `${instance} is a node already` }];
    return instances.has(instance) ? [] : [{ path, message: `${instance} is no instance of \`instances\`` }];
  });
  const ofPods = clusters.flatMap(({ nodes, pods }, at) =>
    pods.flatMap(({ node }, index) =>
      node === undefined || nodes.some(({ instance }) => instance === node)
        ? []
        : [{ path: ['eksClusters', at, 'pods', index, 'node'], message: `${node} is no node of this cluster` }],
    ),
  );
  return [...ofNodes, ...ofPods];
}
