import type { AccusedPod } from '../../account/accused.ts';
import type { RoleAccount } from '../../account/serviceAccounts.ts';
import { TargetGone } from '../../platform/errors.ts';
import type { Accusation } from '../accusation.ts';
import type { ReadContext } from '../contract.ts';
import { type ListedPod, podPath, podsIn } from './podTarget.ts';
import { partitionOfRole, type RoleTarget } from './roleTarget.ts';
import type { Trust } from './roleTrust.ts';

/** A pod that runs under the service account of an accused one, and so gets credentials of the same role. */
export interface RunningPod extends ListedPod {
  readonly cluster: string;
  readonly namespace: string;
  /** A finding names it, or what it is one of. */
  readonly accused: boolean;
  /** A step of the plan takes it away. */
  readonly leaves: boolean;
}

const accountKey = ({ cluster, namespace, serviceAccount }: RoleAccount | AccusedPod): string =>
  `${cluster}/${namespace}/${serviceAccount}`;

/** Service accounts with the role that no accused pod has, as people know them; sorted. */
export function otherAccounts(all: readonly RoleAccount[], { pods = [] }: Accusation): readonly string[] {
  const own = new Set(pods.map(accountKey));
  return [...new Set(all.map(accountKey).filter((key) => !own.has(key)))].map((key) => `service account ${key}`).sort();
}

/**
 * Whether a role is one that the accused pods can have: by an association, or by a trust policy that names their service account or a pattern. The
 * annotation of a service account and a variable of a pod are text that whoever deploys there writes, about any role. True where no pod is accused.
 */
export function letsIn(
  all: readonly RoleAccount[],
  { others }: Pick<Trust, 'others'>,
  accusation: Accusation,
): boolean {
  const { pods = [], tasks } = accusation;
  const own = new Set(pods.map(accountKey));
  if (own.size === 0 || tasks.length > 0) return true;
  return all.some((one) => own.has(accountKey(one))) || others.some((one) => one.includes(':oidc-provider/oidc.eks.'));
}

/** Service accounts of accused pods that come in by a token which whoever was in there may have taken; sorted. */
export function ownByToken(all: readonly RoleAccount[], { pods = [] }: Accusation): readonly string[] {
  const own = new Set(pods.map(accountKey));
  return [...new Set(all.filter((one) => one.byToken && own.has(accountKey(one))).map(accountKey))].sort();
}

/**
 * The pods that run under service accounts of accused ones, or end there. @throws Throttled, ActionFailed (a cluster that does not let us in)
 */
export async function readRunningPods(
  target: RoleTarget,
  context: Pick<ReadContext, 'aws' | 'accusation'>,
): Promise<readonly RunningPod[]> {
  const { pods = [], leaving, left = [] } = context.accusation;
  const byPlace = Map.groupBy(pods, ({ cluster, namespace }) => `${cluster}/${namespace}`);
  const found: RunningPod[] = [];
  for (const some of byPlace.values()) {
    const [{ cluster, namespace } = { cluster: '', namespace: '' }] = some;
    for (const pod of await listed(namespace, cluster, context)) {
      const own = some.filter(({ serviceAccount }) => serviceAccount === pod.serviceAccount);
      if (own.length === 0 || pod.over) continue;
      const path = podPath(clusterArn(target, cluster), namespace, pod.name);
      found.push({
        ...pod,
        ...{ cluster, namespace },
        accused: own.some(({ workload }) => mayBe(workload, pod.name)),
        leaves: leaving.includes(path) || left.includes(path),
      });
    }
  }
  return found;
}

/** A cluster that is gone runs nothing. */
async function listed(namespace: string, cluster: string, context: Pick<ReadContext, 'aws'>) {
  try {
    return await podsIn(namespace, cluster, context);
  } catch (error) {
    if (error instanceof TargetGone) return [];
    throw error;
  }
}

const clusterArn = (target: RoleTarget, cluster: string): string =>
  `arn:${partitionOfRole(target)}:eks:${target.region}:${target.account}:cluster/${cluster}`;

/** Of what is no pod by itself nobody knows which pods are its own: each may be. */
function mayBe(workload: string, pod: string): boolean {
  const [type = '', name] = workload.split('/');
  return /^pods?$/i.test(type) ? name === pod : true;
}

/** Pods that are not accused and run on, by what keeps them running; sorted. Others of an accused one's own controller are what is attacked. */
export function otherPods(running: readonly RunningPod[]): readonly string[] {
  const own = new Set(running.flatMap(({ accused, controller }) => (accused ? (controller ?? []) : [])));
  const others = running.filter(
    ({ accused, leaves, controller }) => !accused && !leaves && (controller === null || !own.has(controller)),
  );
  return [
    ...new Set(
      others.map(({ controller, namespace, name }) => `${controller ?? `pod ${name}`} in namespace ${namespace}`),
    ),
  ].sort();
}
