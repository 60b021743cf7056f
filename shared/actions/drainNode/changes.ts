import { failureOf, namedFailure } from '../../account/awsFailure.ts';
import { ActionFailed, TargetGone, Throttled } from '../../platform/errors.ts';
import type { ActContext, Executed, ReadContext } from '../contract.ts';
import { readNode } from '../targets/clusterNodes.ts';
import { listed, plural } from './plan.ts';
import { readPodsOn } from './reads.ts';
import { type Chosen, chosenShape, type NamedPod, type NodeHost, type Observed, type Params } from './types.ts';

/** The node that was chosen: by its name alone another instance could be meant by now. Throws TargetGone. */
export async function chosenNode({ id }: NodeHost, { cluster, node: name, uid }: Chosen, context: ReadContext) {
  const node = await readNode(cluster, name, context);
  if (node.uid !== uid || node.instance !== id) throw new TargetGone(`${id} is no node of ${cluster} any more`);
  return node;
}

/** Sets whether pods may be placed on the node, of the very state in which it was read. Answers whether anything had to be changed. */
async function setSchedulable(target: NodeHost, schedulable: boolean, context: ActContext): Promise<boolean> {
  const chosen = chosenShape.parse(context.chosen);
  const node = await chosenNode(target, chosen, context);
  if (node.schedulable === schedulable) return false;
  const { cluster, node: name } = chosen;
  const body = { metadata: { resourceVersion: node.version }, spec: { unschedulable: !schedulable } };
  const doing = schedulable ? `Uncordoning node ${name}` : `Cordoning node ${name}`;
  try {
    const { core, mergePatch } = await context.aws.kubernetes(cluster);
    await core.patchNode({ name, body }, mergePatch);
  } catch (error) {
    // Its kubelet, or somebody, has written it since it was read: it is read again.
    if (failureOf(error)?.name === 'Conflict')
      throw new Throttled(`${doing}: it has been changed meanwhile`, { cause: error });
    throw namedFailure(error, doing);
  }
  return true;
}

/** Why a pod was not evicted: its budget, or what the API cannot decide (a pod of two budgets: InternalError); null when it was, or is gone. */
async function evict({ name: full, uid }: NamedPod, cluster: string, context: ActContext): Promise<string | null> {
  const [namespace = '', name = ''] = full.split('/');
  const body = {
    ...{ apiVersion: 'policy/v1', kind: 'Eviction' },
    metadata: { name, namespace },
    // The pod that was looked at, and none that has its name since.
    deleteOptions: { preconditions: { uid } },
  };
  try {
    const { core } = await context.aws.kubernetes(cluster);
    await core.createNamespacedPodEviction({ name, namespace, body });
    return null;
  } catch (error) {
    const reason = failureOf(error)?.name;
    if (reason === 'NotFound') return null;
    // Two evictions at one budget, or another pod has its name by now: the list says which, when it is read again.
    if (reason === 'Conflict') return 'it has been changed meanwhile (Conflict)';
    if (reason === 'DisruptionBudget') return 'the disruption budget allows no eviction now';
    if (reason === 'InternalError') return 'the API could not decide (InternalError: two budgets select it)';
    // A webhook may deny one pod; a namespace that is being deleted lets none be evicted, and ends its pods by itself.
    if (reason === 'Forbidden') return 'the cluster denies it (Forbidden)';
    throw namedFailure(error, `Evicting pod ${full}`);
  }
}

/**
 * Cordons the node, then asks its pods to end: those alone that a controller starts again elsewhere, and as far as their budgets allow. What a
 * budget does not allow now is asked again with the retries of Act, and then left.
 */
export async function drain(target: NodeHost, { deleteEmptyDirData }: Params, context: ActContext): Promise<Executed> {
  const { cluster, node } = chosenShape.parse(context.chosen);
  await setSchedulable(target, false, context);
  const { moved, local, ending } = await readPodsOn(cluster, node, context);
  const asked = moved.filter(({ name }) => !ending.includes(name) && (deleteEmptyDirData || !local.includes(name)));
  const left: { readonly name: string; readonly why: string }[] = [];
  for (const pod of asked) {
    const why = await evict(pod, cluster, context);
    if (why !== null) left.push({ name: pod.name, why });
  }
  const [first] = left;
  if (first !== undefined && !context.lastTry) {
    throw new Throttled(`${plural(left.length, 'pod')} of ${node} cannot be evicted yet: ${first.why}`);
  }
  const done = `node ${node} is cordoned, and ${plural(asked.length - left.length, 'pod')} of it asked to end`;
  const rest = first === undefined ? '' : `; not evicted: ${listed(left.map(({ name }) => name))} (${first.why})`;
  return { kind: 'done', did: `${target.id}: ${done}${rest}` };
}

/** Lets the node take pods again: nothing but what was cordoned here. */
export async function uncordon(target: NodeHost, before: Observed, context: ActContext): Promise<Executed> {
  if (!before.schedulable) throw new ActionFailed(`${target.id} was cordoned before, and stays so`);
  const { node } = chosenShape.parse(context.chosen);
  await setSchedulable(target, true, context);
  return { kind: 'done', did: `${target.id}: node ${node} takes pods again` };
}
