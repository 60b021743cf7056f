import * as z from 'zod';
import { ownershipFrom, ownerText } from '../account/owner.ts';
import { TargetGone } from '../platform/errors.ts';
import {
  type ActContext,
  defineAction,
  type Executed,
  type Meeting,
  type Planned,
  type ReadContext,
  type UndoPromise,
  type Verified,
} from './contract.ts';
import {
  notOf,
  onCluster,
  type PodTarget,
  podPath,
  readScaled,
  setReplicas,
  workloadFrom,
  workloadOf,
  workloadText,
} from './targets/podTarget.ts';

const params = z.strictObject({});
type Params = z.infer<typeof params>;

/** What `eks.scale-workload` reads of its target. */
type Observed = {
  /** `deployments/checkout`: what the accused pod is one of. Null where there is nothing whose pods are counted. */
  readonly workload: string | null;
  /** Why there is none; null where there is one. */
  readonly none: string | null;
  /** The accused pod is not there any more, and its name alone says what it was one of. */
  readonly gone: boolean;
  /** How many pods it is to have. */
  readonly replicas: number | null;
  /** Names of those that there are, those that end, too. */
  readonly pods: readonly string[];
  readonly protectedBy: string | null;
  readonly owner: string;
  readonly seen: readonly string[];
};

const reversal: UndoPromise = {
  possible: true,
  sentence:
    'Undo sets the number of pods that there was; new pods start in the place of those that were stopped, which do not come back.',
};

/** Clusters run on what is in here: nothing of it is stopped. */
const ofTheCluster = /^kube-(?:system|public|node-lease)$/;

/** Stops what an accused pod is one of, all of it: a controller would replace a pod that is stopped by itself. */
export const scaleWorkload = defineAction<Params, Observed, 'pod'>({
  name: 'eks.scale-workload',
  summary: 'Stop all pods of the workload that an accused pod is one of, by scaling it to zero',
  targets: ['pod'],
  params,
  example: '- eks.scale-workload',
  permissions: (target) => ({ write: [], read: onCluster(target) }),
  inCluster: {
    write: [
      { verb: 'patch', group: 'apps', resource: 'deployments/scale' },
      { verb: 'patch', group: 'apps', resource: 'statefulsets/scale' },
    ],
    read: [
      { verb: 'get', group: '', resource: 'pods' },
      { verb: 'list', group: '', resource: 'pods' },
      { verb: 'get', group: 'apps', resource: 'replicasets' },
      { verb: 'get', group: 'apps', resource: 'deployments' },
      { verb: 'get', group: 'apps', resource: 'statefulsets' },
    ],
  },
  facts: {
    phase: 'workload',
    changes: true,
    destroysEvidence: true,
    needsWorkloadGone: false,
    issuesFreshCredentials: false,
    contains: true,
  },
  decisive: ['workload', 'protectedBy'],
  restores: ['replicas'],
  volatile: ['none', 'gone', 'pods', 'owner', 'seen'],
  reversal,
  limits: [
    'All pods of the workload stop, and not the accused one alone: whoever is served by it is served no more.',
    'What a pod has in its memory and in its own file system is gone with it: evidence.capture keeps its description and the last lines of its containers.',
    'A pod’s owner is what whoever started it wrote: only a workload that is the very object, and whose labels choose the pod, is stopped. Who may start pods with those labels has it stopped all the same.',
    'A Deployment or a StatefulSet can be scaled; a pod of a DaemonSet or a Job, or one that was started by itself, is held for a person.',
    'Whoever declares the number of pods elsewhere (Argo CD, Flux, KEDA) may set it again: then it is told as not contained. A HorizontalPodAutoscaler leaves a workload of zero pods alone.',
    'A pod that does not end in its time (terminationGracePeriodSeconds) is killed by its node; where the node does not answer, it stays listed, and it is told as not contained.',
    'The host is not touched: who broke out of the container is still there.',
    'Credentials that the pods had (IRSA, EKS Pod Identity) go on to work until they expire, unless iam.revoke-role-sessions cuts them off.',
    'No session policy narrows what is asked of a cluster: the role there may scale each Deployment and StatefulSet, and nothing else of them.',
    'The API of the cluster must be reachable from outside of its VPC.',
    'Workloads in kube-system and the other namespaces of Kubernetes itself are never scaled.',
  ],
  // Sent, and answered at once; Verify waits for the pods.
  timeoutSeconds: 330,
  observe: observeWorkload,
  plan: planScale,
  // Fewer pods than all would leave the accused one, or not: which one goes, its controller decides.
  minimum: (params) => params,
  meets: meetAtWorkload,
  intended: () => ({ replicas: 0 }),
  execute: async (target, _params, before, context) => setTo(target, before, 0, context),
  verify: (target, _params, before, context) => readBack(target, before, 0, context),
  undo: (target, _params, before, context) => setTo(target, before, before.replicas ?? 0, context),
  verifyUndone: (target, _params, before, context) => readBack(target, before, before.replicas ?? 0, context),
  // What is fixed is the image or what it is started with, which whoever owns it deploys while nothing runs.
  release: {
    plan: async (target, _params, before, to) => {
      const name = before.workload ?? target.id;
      if (to !== null) {
        return {
          kind: 'elsewhere',
          reason: `${name} stays at zero: a workload is not put on a version. Leave out --to.`,
        };
      }
      const sentence = `Let ${name} run again, with ${podsOf(before.replicas)}, as it is deployed now.`;
      return { kind: 'release', sentence, chosen: {}, runs: [], named: false };
    },
    intended: (_target, { replicas }) => ({ replicas }),
    execute: (target, _params, before, context) => setTo(target, before, before.replicas ?? 0, context),
    verify: (target, _params, before, context) => readBack(target, before, before.replicas ?? 0, context),
  },
});

const podsOf = (count: number | null): string => (count === 1 ? '1 pod' : `${count ?? 0} pods`);

async function observeWorkload(target: PodTarget, _params: Params, context: ReadContext): Promise<Observed> {
  const known = context.before as Observed | undefined;
  // Once it is scaled the accused pod is gone, and with it who owned it.
  const found =
    known?.workload == null
      ? await workloadOf(target, context)
      : { workload: workloadFrom(known.workload, target.namespace), byName: false, says: null };
  if ('none' in found) return nothingOf(found.none);
  const { workload, byName, says } = found;
  const scaled = await readScaled(workload, target.cluster, context);
  const isNot = says === null ? null : notOf(says, workload, scaled);
  if (isNot !== null) return nothingOf(isNot);
  const { replicas, pods, tags } = scaled;
  const gone = byName || (says !== null && !scaled.all.includes(says.pod));
  const own = ownershipFrom(tags);
  const text = workloadText(workload);
  const isTo = `${text} in namespace ${workload.namespace} is to have ${podsOf(replicas)}`;
  return {
    ...{ workload: text, none: null, gone, replicas, pods },
    protectedBy: own.protectedBy,
    owner: ownerText(own),
    seen: [isTo, ...pods.map((pod) => `pod ${pod}`)],
  };
}

function nothingOf(none: string): Observed {
  const nothing = { workload: null, gone: false, replicas: null, pods: [], protectedBy: null, owner: 'unknown' };
  return { ...nothing, none, seen: [none] };
}

function planScale(target: PodTarget, _params: Params, observed: Observed): Planned {
  const { workload, none, gone, replicas, pods, seen } = observed;
  if (workload === null) return { kind: 'hold', reason: `${target.id} cannot be scaled: ${none}`, seen };
  if (ofTheCluster.test(target.namespace ?? '')) {
    return { kind: 'hold', reason: `${workload} is in ${target.namespace}, which the cluster itself runs on`, seen };
  }
  if (gone && replicas !== 0) {
    const reason = `the accused pod is not there any more; by its name it was one of ${workload}, whose other pods run`;
    return { kind: 'hold', reason, seen };
  }
  if (replicas === 0 && pods.length === 0) return { kind: 'skip', reason: `${workload} has no pods already` };
  return {
    kind: 'step',
    sentence: `Scale ${workload} in namespace ${target.namespace} of the cluster ${target.cluster} to zero, from ${podsOf(replicas)}.`,
    undo: reversal,
    leaves: { arns: pods.map((pod) => podPath(target.arn, target.namespace ?? '', pod)), pulledUntil: null },
    remains: `${target.namespace}/${workload} of the cluster ${target.cluster} serves nobody until firebreak undo or firebreak release. Its nodes are not touched.`,
  };
}

/** Whichever of its pods is accused, all meet at the workload. */
function meetAtWorkload(target: PodTarget, { workload }: Observed): Meeting {
  if (workload === null) return { at: target, members: [target] };
  const [, name = ''] = workload.split('/');
  const at: PodTarget = { ...target, workload, id: [target.cluster, target.namespace, name].join('/') };
  return { at, members: at.id === target.id ? [at] : [at, target] };
}

async function setTo(target: PodTarget, before: Observed, replicas: number, context: ActContext): Promise<Executed> {
  const workload = workloadFrom(before.workload, target.namespace);
  await setReplicas(workload, replicas, target.cluster, context);
  return { kind: 'done', did: `${workloadText(workload)} is asked to have ${podsOf(replicas)}` };
}

/** Zero is reached when no pod of it is listed any more, those that end included, nor any that was its own before; another number, when so many serve. */
async function readBack(target: PodTarget, before: Observed, meant: number, context: ReadContext): Promise<Verified> {
  const workload = workloadFrom(before.workload, target.namespace);
  const text = workloadText(workload);
  const { replicas, ready, pods } = await readScaled(workload, target.cluster, context, before.pods).catch(
    (error: unknown) => {
      if (!(error instanceof TargetGone)) throw error;
      return { replicas: 0, ready: 0, pods: [] };
    },
  );
  const isTo = `${text} is to have ${podsOf(replicas)}, and`;
  if (meant === 0) {
    const seen = `${isTo} ${pods.length} ${pods.length === 1 ? 'is' : 'are'} there`;
    return { state: replicas === 0 && pods.length === 0 ? 'holds' : 'pending', seen, absence: replicas === 0 };
  }
  const seen = `${isTo} ${ready} of them ${ready === 1 ? 'is' : 'are'} ready`;
  if (replicas !== meant) return { state: 'pending', seen, absence: false };
  if (ready >= meant) return { state: 'holds', seen, absence: false };
  return { state: 'pending', seen, absence: false, ...shortOf(target, text, { meant, ready }, context) };
}

/** Pulling an image and becoming ready may take minutes. */
const startsWithinMs = 5 * 60_000;

/** That pods do not come up in their time: the number is set, and what is missing is up to the cluster. Nothing before. */
function shortOf(
  { namespace, cluster }: PodTarget,
  text: string,
  { meant, ready }: { readonly meant: number; readonly ready: number },
  { begunAt, clock }: ReadContext,
): Pick<Verified, 'short'> {
  if (begunAt === undefined || clock.now().getTime() - Date.parse(begunAt) < startsWithinMs) return {};
  const todo = `${namespace}/${text} of the cluster ${cluster} is below its count: ${ready} of ${podsOf(meant)} ${ready === 1 ? 'is' : 'are'} ready since it was scaled at ${begunAt}. Look why the others do not start: kubectl describe pods --namespace ${namespace}`;
  return { short: { since: begunAt, todo } };
}
