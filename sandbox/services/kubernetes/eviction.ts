import { AwsError } from '../../account.ts';
import { bodyOf, inCluster, isRecord } from './asked.ts';
import { changed, end } from './controller.ts';
import { type ClusterObjects, notFound, type Pod, podsOf, type Workload, workloadKey } from './state.ts';

/** How long a pod of no workload takes to end: the default of terminationGracePeriodSeconds. */
const graceSeconds = 30;

/**
 * Asks a pod to end, as far as its disruption budget allows ("API-initiated Eviction"): what is not allowed now is refused with 429, and may be a
 * little later. A pod that does not run yet, and one that ends already, count for no budget.
 */
export const createPodEviction = inCluster((objects, input, cluster, { account }) => {
  const { namespace, name } = input;
  const pod = objects.pods.get(`${namespace}/${name}`);
  if (pod === undefined) throw notFound('pods', name);
  refuseAnother(pod, bodyOf(input));
  const workload = pod.owner === null ? undefined : objects.workloads.get(workloadKey(pod.owner));
  if (pod.phase === 'Running' && pod.endingSince === undefined) keepBudget(objects, workload);
  end(account, cluster, pod, workload?.terminationSeconds ?? graceSeconds);
  // A controller does not count what ends: another takes its place.
  if (workload !== undefined) changed(account, cluster, workloadKey(workload));
  return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 };
});

/** Throws AwsError Conflict where the pod is not the one that is meant (DeleteOptions, `preconditions.uid`). */
function refuseAnother({ uid }: Pod, { deleteOptions }: { readonly [name: string]: unknown }): void {
  const preconditions = isRecord(deleteOptions) ? deleteOptions['preconditions'] : undefined;
  const wanted = isRecord(preconditions) ? preconditions['uid'] : undefined;
  if (wanted === undefined || wanted === uid) return;
  const text = `Precondition failed: UID in precondition: ${String(wanted)}, UID in object meta: ${uid}`;
  throw new AwsError('Conflict', text, 409);
}

/** Throws AwsError DisruptionBudget: the door tells it as `TooManyRequests` with that cause. */
function keepBudget(objects: ClusterObjects, workload: Workload | undefined): void {
  if (workload?.minAvailable === undefined) return;
  const healthy = podsOf(objects, workload).filter(
    ({ phase, endingSince }) => phase === 'Running' && endingSince === undefined,
  ).length;
  if (healthy > workload.minAvailable) return;
  const text = `The disruption budget ${workload.name} needs ${workload.minAvailable} healthy pods and has ${healthy} currently`;
  throw new AwsError('DisruptionBudget', text, 429);
}
