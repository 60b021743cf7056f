import { canonicalJson } from '../../shared/platform/json.ts';
import { type Misfit, type Path, repeated } from './misfit.ts';
import type { World } from './schema.ts';

type Cluster = World['eksClusters'][number];

/** Names of a kind are unique in a namespace, and so is what a workload selects its pods by: another's pods would be counted as its own. A service account has one association. */
export const inEksClusters = ({ eksClusters }: World): readonly Misfit[] => [
  ...repeated(eksClusters, ['eksClusters'], 'name', ({ name }) => name),
  ...eksClusters.flatMap((cluster, at) => inCluster(cluster, ['eksClusters', at])),
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
