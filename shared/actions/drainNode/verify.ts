import type { ReadContext, Verified } from '../contract.ts';
import { chosenNode } from './changes.ts';
import { listed, plural } from './plan.ts';
import { readPodsOn } from './reads.ts';
import { chosenShape, type NodeHost, type Observed } from './types.ts';

/**
 * Holds when the node is cordoned and nothing is left on it but what stays on every node. What ends is waited for; what nobody has asked to end, or its
 * budget did not let go, will not go by itself.
 */
export async function verifyDrained(target: NodeHost, context: ReadContext): Promise<Verified> {
  const chosen = chosenShape.parse(context.chosen);
  const { cluster, node: name } = chosen;
  const node = await chosenNode(target, chosen, context);
  const { moved, alone, stay, ending } = await readPodsOn(cluster, name, context);
  const text = `node ${name} of the cluster ${cluster}`;
  if (node.schedulable)
    return { state: 'broken', seen: `${text} takes pods: somebody has uncordoned it`, absence: false };
  const left = [...moved.map((pod) => pod.name), ...alone];
  const kept = left.filter((one) => !ending.includes(one));
  if (kept.length > 0) {
    const why = 'evict them once their disruption budgets allow it, or have whoever owns them do it';
    return { state: 'broken', seen: `${text} is cordoned, and not empty: ${listed(kept)}; ${why}`, absence: false };
  }
  if (left.length > 0) {
    return {
      state: 'pending',
      seen: `${text} is cordoned, and ${listed(left)} ${left.length === 1 ? 'ends' : 'end'}`,
      absence: false,
    };
  }
  const rest = stay.length === 0 ? '' : ` but ${plural(stay.length, 'pod')} of daemon sets and of the node itself`;
  return { state: 'holds', seen: `${text} is cordoned, and no pod is left on it${rest}`, absence: true };
}

/** Holds when the node takes pods as before. */
export async function verifyUncordoned(target: NodeHost, before: Observed, context: ReadContext): Promise<Verified> {
  const chosen = chosenShape.parse(context.chosen);
  const { schedulable } = await chosenNode(target, chosen, context);
  const seen = `node ${chosen.node} of the cluster ${chosen.cluster} ${schedulable ? 'takes pods' : 'is cordoned'}`;
  return { state: schedulable === before.schedulable ? 'holds' : 'broken', seen, absence: false };
}
