import type { AccusedPod } from '../account/accused.ts';
import { unknownRole } from '../account/workload.ts';
import {
  podRolePermissions,
  type Runs,
  readAnnotatedRole,
  readAssociatedRoles,
  readRuns,
  type ServiceAccount,
} from '../actions/targets/podRoles.ts';
import type { PodTarget } from '../actions/targets/podTarget.ts';
import type { Finding } from '../finding/finding.ts';
import type { PodResource } from '../finding/resource.ts';
import { roleOfArn } from '../finding/role.ts';
import type { Effects } from './effects.ts';
import { failureOfStep } from './failure.ts';

/** Whose credentials a pod had. */
export interface PodRoles {
  /** ARNs; `unknown` beside them where not all could be read. */
  readonly roles: readonly string[];
  readonly pod?: AccusedPod;
  /** What could not be read, and what a person should know; one sentence each. */
  readonly said: readonly string[];
}

/**
 * The roles of an accused pod: what its associations, its service account and the pod itself say. One that cannot be read is `unknown`,
 * beside those that can. Throws Throttled unless it is the last try.
 */
export async function rolesOfPod(
  { sessions }: Pick<Effects, 'sessions'>,
  { account, region }: Finding,
  pod: PodResource,
  lastTry: boolean,
): Promise<PodRoles> {
  if (pod.namespace === null || pod.workload === null) return { roles: [], said: [] };
  const target: PodTarget = { ...pod, account, region };
  const said = new Set<string>();
  const roles = new Set<string>();
  const unread = (why: string): null => {
    roles.add(unknownRole);
    said.add(why);
    return null;
  };
  const trying = async <T>(doing: string, read: () => Promise<T>): Promise<T | null> => {
    try {
      return await read();
    } catch (error) {
      const failure = failureOfStep(error, doing, lastTry);
      return unread(failure.kind === 'failed' ? `${failure.why}.` : `${doing}: the cluster is not there any more.`);
    }
  };
  const aws = await trying(`Reading which role ${pod.id} has`, () => sessions.read(target, podRolePermissions(target)));
  const context = aws === null ? null : { aws };
  const runs =
    context === null
      ? null
      : await trying(`Reading what ${pod.id} runs under`, async () => (await readRuns(target, context)) ?? 'gone');
  const serviceAccount = accountOf(runs, pod);
  if (context === null || serviceAccount === null) {
    if (runs === 'gone')
      unread(
        `Nobody knows which role ${pod.id} had: it is not there any more, and its finding names no service account.`,
      );
    return { roles: [...roles], said: [...said] };
  }
  const { cluster } = pod;
  const associated = await trying(`Reading the Pod Identity associations of ${pod.id}`, () =>
    readAssociatedRoles(cluster, serviceAccount, context),
  );
  const annotated = await trying(`Reading the service account of ${pod.id}`, () =>
    readAnnotatedRole(cluster, serviceAccount, context),
  );
  const told = runs === null || runs === 'gone' ? [] : runs.told;
  for (const arn of [...(associated ?? []), annotated ?? [], told].flat()) {
    // The annotation and the variable are text that whoever deploys writes.
    if (roleOfArn(arn) === null) unread(`${pod.id} is told to take a role by something that is no ARN of one.`);
    else roles.add(arn);
  }
  if (roles.size === 0) said.add(noneOfItsOwn(pod));
  const { namespace, name } = serviceAccount;
  const accused = { cluster, namespace, serviceAccount: name, workload: pod.workload };
  return { roles: [...roles].sort(), pod: accused, said: [...said] };
}

/** As the cluster says it; of a pod that is gone, or that could not be read, as the finding does. */
function accountOf(runs: Runs | 'gone' | null, { namespace, serviceAccount }: PodResource): ServiceAccount | null {
  if (runs !== null && runs !== 'gone') return runs.serviceAccount;
  return namespace === null || serviceAccount === null ? null : { namespace, name: serviceAccount };
}

/** Instance metadata is a hop away from a container of its own network ("Restrict access to the instance profile assigned to the worker node", EKS). */
const noneOfItsOwn = ({ id }: PodResource): string =>
  `${id} has no role of its own; where pods reach the instance metadata of their node (a hop limit of 2 or more, or the host's network), whoever was in it may have taken credentials of the node's role.`;
