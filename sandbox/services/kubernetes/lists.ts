import type { Operation } from '../../account.ts';
import { inCluster, listOf } from './asked.ts';
import { shownCronJob, shownDaemonSet, shownWorkload } from './shown.ts';
import type { ClusterObjects, Pod, WorkloadKind } from './state.ts';

type Kept = { readonly namespace: string };

/** One page of the objects of a kind, of a namespace or of all ("API concepts", list). */
const listing = <T extends Kept>(
  apiVersion: string,
  kind: string,
  of: (objects: ClusterObjects) => readonly T[],
  shown: (one: T, objects: ClusterObjects) => unknown,
): Operation =>
  inCluster((objects, { namespace, query }) => {
    const items = of(objects).filter((one) => namespace === '' || one.namespace === namespace);
    const { metadata, page } = listOf(items, query);
    return { apiVersion, kind: `${kind}List`, metadata, items: page.map((one) => shown(one, objects)) };
  });

export const listWorkloads = (kind: WorkloadKind): Operation =>
  listing(
    'apps/v1',
    kind,
    ({ workloads }) => [...workloads.values()].filter((one) => one.kind === kind),
    shownWorkload,
  );

/** Each once, by the first of its pods. */
const daemonSetsOf = ({ pods }: ClusterObjects): readonly Pod[] => [
  ...new Map(
    [...pods.values()]
      .filter(({ daemonSet }) => daemonSet !== undefined)
      .toReversed()
      .map((pod) => [`${pod.namespace}/${pod.daemonSet}`, pod]),
  ).values(),
];

export const listDaemonSets = listing('apps/v1', 'DaemonSet', daemonSetsOf, shownDaemonSet);

export const listCronJobs = listing('batch/v1', 'CronJob', ({ cronJobs }) => [...cronJobs.values()], shownCronJob);
