import type { Kubernetes } from '../platform/sdk/kubernetes.ts';
import { failureOf, whyOf } from './awsFailure.ts';
import { runs, type Wanted, wouldStart } from './imageMatch.ts';
import { attempt, pagesUpTo, type Reads, type Unread } from './reads.ts';
import { readEksClusters } from './serviceAccounts.ts';
import { note, type Sightings } from './sightings.ts';
import { describes, type ReadPermission } from './workloadPermissions.ts';

/** As `kubectl` asks for a list ("Retrieving large results sets in chunks"). */
const pageSize = 500;
/** Of each list of a cluster: 20,000 pods or workloads. A cluster with more is told as not read. */
const mostPages = 40;
/** So many are asked, which fit into the time that Decide has. */
const mostClusters = 20;

/**
 * Finds the pods of the account's EKS clusters in this Region that run the wanted images, and the workloads that would start them. A cluster that
 * does not let us in, cannot be reached or has more than is read is in `sightings.unread`.
 */
export const readPodUsers = (read: Reads, wanted: Wanted, sightings: Sightings): Promise<void> =>
  eachCluster(read, sightings.unread, async (api, cluster) => {
    await readPods(api, cluster, wanted, sightings);
    await readWorkloads(api, cluster, wanted, sightings);
  });

/** Finds the pods alone, for a second look at what is running. */
export const readRunningPods = (read: Reads, wanted: Wanted, sightings: Sightings): Promise<void> =>
  eachCluster(read, sightings.unread, (api, cluster) => readPods(api, cluster, wanted, sightings));

async function eachCluster(
  read: Reads,
  unread: Unread[],
  look: (api: Kubernetes, cluster: string) => Promise<void>,
): Promise<void> {
  const clusters = (await attempt(unread, 'EKS clusters', () => readEksClusters(read))) ?? [];
  if (clusters.length > mostClusters) {
    unread.push({ place: 'EKS clusters', why: `there are ${clusters.length}, and ${mostClusters} are read` });
  }
  let silent = false;
  for (const cluster of clusters.slice(0, mostClusters)) {
    const place = `EKS cluster ${cluster}`;
    if (silent) {
      // One that does not answer takes 15 s or twice as long, and makes the answer unknown already: nobody waits for others as well.
      unread.push({ place, why: 'not asked, after another one that did not answer' });
      continue;
    }
    try {
      await look(await read.aws.kubernetes(cluster), cluster);
    } catch (error) {
      const why = whyNot(error);
      // Deleted between the two calls: what is gone runs nothing.
      if (why === null) continue;
      unread.push({ place, ...why.unread });
      silent = why.silent;
    }
  }
}

interface Why {
  readonly unread: Omit<Unread, 'place'>;
  readonly silent: boolean;
}

/** Null for a cluster that is gone. What is no answer of AWS or of a cluster goes on. */
function whyNot(error: unknown): Why | null {
  if (error instanceof Error && error.name === 'ClusterUnreachable') {
    return { unread: { why: `it cannot be reached (${error.message})` }, silent: false };
  }
  if (error instanceof TooMany) return { unread: { why: error.message }, silent: false };
  const failure = failureOf(error);
  if (failure === null) throw error;
  if (failure.name === 'ResourceNotFoundException') return null;
  // A cluster that lets only some addresses in does not answer, and never will: that is no matter of asking again.
  const silent = failure.kind === 'unavailable';
  return { unread: { why: whyOf(failure), mayPass: failure.kind === 'throttled' }, silent };
}

/** A list of a cluster, page after page. Throws TooMany. */
async function listed<T>(
  ask: (page: { readonly limit: number; readonly _continue?: string }) => Promise<{
    readonly items: readonly T[];
    readonly metadata?: { readonly _continue?: string };
  }>,
): Promise<readonly T[]> {
  const { pages, more } = await pagesUpTo(
    mostPages,
    (token) => ask({ limit: pageSize, ...(token === undefined ? {} : { _continue: token }) }),
    (page) => page.metadata?._continue,
  );
  if (more) throw new TooMany();
  return pages.flatMap(({ items }) => items);
}

class TooMany extends Error {
  constructor() {
    super(`it has more than ${mostPages * pageSize} of a kind, which are not all read`);
  }
}

type Pod = Awaited<ReturnType<Kubernetes['core']['listPodForAllNamespaces']>>['items'][number];
type PodSpec = NonNullable<Pod['spec']>;

/** Containers of all sorts, those too that somebody has put into a running pod. */
const containersIn = ({ containers, initContainers = [], ephemeralContainers = [] }: PodSpec) => [
  ...containers,
  ...initContainers,
  ...ephemeralContainers,
];

const statusesIn = ({
  containerStatuses = [],
  initContainerStatuses = [],
  ephemeralContainerStatuses = [],
}: NonNullable<Pod['status']>) => [...containerStatuses, ...initContainerStatuses, ...ephemeralContainerStatuses];

/** `REGISTRY/REPOSITORY@sha256:…`: a digest without a repository is of the image's configuration, and no one that ECR knows. */
const digestOf = (imageID: string | undefined): string | undefined =>
  /@(sha256:[0-9a-f]{64})$/.exec(imageID ?? '')?.[1];

/** Pods by what their kubelet has pulled, and by what it would pull where a container starts again. */
async function readPods(api: Kubernetes, cluster: string, wanted: Wanted, sightings: Sightings): Promise<void> {
  for (const { metadata, spec, status } of await listed((page) => api.core.listPodForAllNamespaces(page))) {
    // All of its containers have ended, and none starts again ("Pod Lifecycle", "Pod phase").
    if (spec === undefined || status?.phase === 'Succeeded' || status?.phase === 'Failed') continue;
    const user = { kind: 'pod', arn: pathOf(cluster, metadata, 'pods'), pulling: status?.phase === 'Pending' } as const;
    const known = new Map(statusesIn(status ?? {}).map(({ name, imageID }) => [name, digestOf(imageID)]));
    for (const { name, image } of containersIn(spec)) {
      note(sightings, user, runs(wanted, { image, digest: known.get(name) }));
      note(sightings, user, wouldStart(wanted, { image }));
    }
  }
}

/** What would start pods, however many it has now. A Job, and a replica set of nobody, have their pods already. */
async function readWorkloads(api: Kubernetes, cluster: string, wanted: Wanted, sightings: Sightings): Promise<void> {
  const { apps, batch } = api;
  const templated = {
    deployments: () => listed((page) => apps.listDeploymentForAllNamespaces(page)),
    statefulsets: () => listed((page) => apps.listStatefulSetForAllNamespaces(page)),
    daemonsets: () => listed((page) => apps.listDaemonSetForAllNamespaces(page)),
  };
  const see = (kind: string, metadata: Pod['metadata'], spec: PodSpec | undefined): void => {
    const user = { kind: 'workload', arn: pathOf(cluster, metadata, kind) } as const;
    for (const { image } of spec === undefined ? [] : containersIn(spec)) {
      note(sightings, user, wouldStart(wanted, { image }));
    }
  };
  for (const [kind, list] of Object.entries(templated)) {
    for (const { metadata, spec } of await list()) see(kind, metadata, spec?.template.spec);
  }
  for (const { metadata, spec } of await listed((page) => batch.listCronJobForAllNamespaces(page))) {
    see('cronjobs', metadata, spec?.jobTemplate.spec?.template.spec);
  }
}

/** It has no ARN: `eks/CLUSTER/NAMESPACE/pods/NAME`. */
const pathOf = (cluster: string, metadata: Pod['metadata'], kind: string): string =>
  `eks/${cluster}/${metadata?.namespace ?? ''}/${kind}/${metadata?.name ?? ''}`;

/** What that needs of AWS. */
export const podsPermissions = ({
  partition,
  account,
  region,
}: {
  readonly partition: string;
  readonly account: string;
  readonly region: string;
}): readonly ReadPermission[] => [
  describes('eks:ListClusters'),
  { action: 'eks:DescribeCluster', resource: `arn:${partition}:eks:${region}:${account}:cluster/*` },
];

/** What it asks of a cluster. */
export const podsInCluster = [
  { verb: 'list', group: '', resource: 'pods' },
  { verb: 'list', group: 'apps', resource: 'deployments' },
  { verb: 'list', group: 'apps', resource: 'statefulsets' },
  { verb: 'list', group: 'apps', resource: 'daemonsets' },
  { verb: 'list', group: 'batch', resource: 'cronjobs' },
] as const;
