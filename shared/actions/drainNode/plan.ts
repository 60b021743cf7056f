import type { Planned, UndoPromise } from '../contract.ts';
import type { Chosen, NodeHost, Observed, Params } from './types.ts';

const stayAway = 'Pods that were evicted run elsewhere, and do not come back by themselves.';

export const reversal: UndoPromise = {
  possible: true,
  sentence: `Undo lets the node take pods again (uncordon), if it was cordoned here. ${stayAway}`,
};

/** Of a node that somebody had cordoned before. */
const nothingOfUs: UndoPromise = {
  possible: false,
  why: `The node was cordoned before, and not by Firebreak, so it stays so. ${stayAway}`,
};

const most = 3;
/** `shop/a, shop/b, shop/c and 2 more`. */
export function listed(names: readonly string[]): string {
  const rest = names.length - most;
  return `${names.slice(0, most).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

export const plural = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

/** What `kubectl drain` refuses unless it is told otherwise, and where nothing could take the pods. */
function refusal({ deleteEmptyDirData }: Params, observed: Observed): string | null {
  const { ready, pods, others } = observed;
  if (!ready) return 'it is not Ready: its kubelet does not answer, and nobody could tell when its pods have ended';
  if (others === 0) return 'no other node is Ready and takes pods, so that what runs on it would have no place';
  if (pods.alone.length > 0) {
    return `nothing would start ${listed(pods.alone)} again: no controller has ${pods.alone.length === 1 ? 'it' : 'them'}`;
  }
  if (pods.local.length === 0 || deleteEmptyDirData) return null;
  return `what ${listed(pods.local)} ${pods.local.length === 1 ? 'keeps' : 'keep'} on the node (emptyDir) would be gone; a rule that may lose it says deleteEmptyDirData: true`;
}

/** Pure: what to do about one host. */
export function planDrain({ id }: NodeHost, given: Params, observed: Observed): Planned {
  const { cluster, node, uid, none, doubtful, schedulable, pods, others, nodes, seen } = observed;
  if (cluster === null || node === null || uid === null) {
    const reason = `${id} is no node that could be drained: ${none}`;
    // What comes after it would go ahead without a drain.
    return doubtful
      ? { kind: 'hold', reason: `${reason}, and it may be one all the same`, seen }
      : { kind: 'skip', reason };
  }
  if (!schedulable && pods.moved.length + pods.alone.length === 0) {
    return { kind: 'skip', reason: `${id}: node ${node} of the cluster ${cluster} is drained already` };
  }
  const why = refusal(given, observed);
  if (why !== null) return { kind: 'hold', reason: `${id}, node ${node} of the cluster ${cluster}: ${why}`, seen };
  const chosen: Chosen = { cluster, node, uid };
  const first = schedulable
    ? `Cordon node ${node} of the cluster ${cluster}`
    : `Node ${node} of the cluster ${cluster} is cordoned already`;
  const stay =
    pods.stay.length === 0
      ? ''
      : ` ${plural(pods.stay.length, 'pod')} of daemon sets and of the node itself ${pods.stay.length === 1 ? 'stays' : 'stay'}.`;
  return {
    kind: 'step',
    sentence: `${first}, and evict its ${plural(pods.moved.length, 'pod')}, as their disruption budgets allow; ${plural(others, 'other node')} ${others === 1 ? 'takes' : 'take'} pods.${stay}`,
    undo: schedulable ? reversal : nothingOfUs,
    chosen,
    remains: `Nobody is put out by a drain: who is in a pod may be in what takes its place, and who is on ${id} stays there. The node takes no pods until it is replaced (terminate ${id}, its node group starts another) or uncordoned by an undo.`,
    leavesHealthy: { count: others, of: Math.max(nodes, others + 1) },
  };
}
