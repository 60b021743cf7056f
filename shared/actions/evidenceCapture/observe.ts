import { failureOf, whyOf } from '../../account/awsFailure.ts';
import { describeService, describeTask, serviceInGroup } from '../../account/ecsDescribed.ts';
import { ecsOwnership, taskOwnership } from '../../account/ecsOwner.ts';
import { type Ownership, ownershipFrom, ownerText, readOwnership } from '../../account/owner.ts';
import { type Reads, readsWith } from '../../account/reads.ts';
import { readImageStatuses } from '../../account/repositoryImages.ts';
import { ActionFailed, TargetGone, Throttled } from '../../platform/errors.ts';
import type { ReadContext, Target } from '../contract.ts';
import { type FunctionTarget, tagsOf } from '../targets/functionTarget.ts';
import { type ImageTarget, repositoryArn, repositoryOf } from '../targets/imageTarget.ts';
import { describeInstance, type InstanceTarget } from '../targets/instanceTarget.ts';
import type { PodTarget } from '../targets/podTarget.ts';
import { readConfiguration } from './function.ts';
import { podNamed, readPod } from './pod.ts';

/** What `evidence.capture` reads of its target: whether there is something to read, and whose it is. It decides nothing. */
export type Observed = {
  /** As AWS calls it (`ACTIVE`, `RUNNING`), or why there is nothing to call. */
  readonly state: string;
  /** Empty where nobody was asked. */
  readonly owner: string;
};

export const gone = 'gone';

/** Never throws for what AWS answers: the findings are worth storing even when the target is gone or unreadable. */
export function observeEvidence(target: Target, context: ReadContext): Promise<Observed> {
  const read = readsWith(context.aws);
  switch (target.kind) {
    case 'image':
      return observeImage(read, target);
    case 'ecs-task':
      return observeTask(read, target);
    case 'instance':
      return observeHost(read, target);
    case 'function':
      return observeFunction(read, target);
    case 'pod':
      return observePod(target, context);
    default:
      return Promise.resolve({ state: 'not read', owner: '' });
  }
}

async function observeImage(read: Reads, target: ImageTarget): Promise<Observed> {
  const owner = ownerText(await readOwnership(read, repositoryArn(target)));
  const { digest } = target;
  if (digest === null) return { state: 'no digest', owner };
  const state = await orWhy(async () => {
    const statuses = await readImageStatuses(read, repositoryOf(target), [digest]);
    return statuses.get(digest) ?? gone;
  });
  return { state, owner };
}

async function observeTask(read: Reads, target: Target<'ecs-task'>): Promise<Observed> {
  let own: Ownership | undefined;
  let { service } = target;
  const state = await orWhy(async () => {
    const task = await describeTask(read, target.cluster, target.arn);
    if (task === undefined) return gone;
    own = taskOwnership(task.tags);
    service = serviceInGroup(task.group);
    return task.lastStatus ?? 'unknown';
  });
  // What runs in a task may be able to tag it: whose a service is, its own tags say.
  if (service !== null) return { state, owner: (await ownerOfService(read, target.cluster, service)) ?? '' };
  return { state, owner: own === undefined ? '' : ownerText(own) };
}

async function observeHost(read: Reads, target: InstanceTarget): Promise<Observed> {
  let owner = '';
  const state = await orWhy(async () => {
    const { State, Tags = [] } = await describeInstance(read, target.id);
    owner = ownerText(ownershipFrom(Tags));
    return State?.Name ?? 'unknown';
  });
  return { state, owner };
}

async function observeFunction(read: Reads, target: FunctionTarget): Promise<Observed> {
  const state = await orWhy(async () => (await readConfiguration(read, target)).State ?? 'unknown');
  return { state, owner: state === gone ? '' : ownerText(await tagsOf(read, target)) };
}

/** What is in a pod may be able to change its labels: whose it is, its workload says. */
async function observePod(target: PodTarget, context: ReadContext): Promise<Observed> {
  const named = podNamed(target);
  if (named === null) return { state: 'not read', owner: '' };
  try {
    const { status } = await readPod(named, context);
    return { state: status?.phase ?? 'unknown', owner: '' };
  } catch (error) {
    if (error instanceof TargetGone) return { state: gone, owner: '' };
    if (error instanceof ActionFailed || error instanceof Throttled)
      return { state: `unreadable: ${error.message}`, owner: '' };
    throw error;
  }
}

/** Undefined when it is gone or cannot be read. */
async function ownerOfService(read: Reads, cluster: string, name: string): Promise<string | undefined> {
  let owner: string | undefined;
  await orWhy(async () => {
    const service = await describeService(read, cluster, name);
    if (service !== undefined) owner = ownerText(ecsOwnership(service.tags));
    return '';
  });
  return owner;
}

/** What was read, or why AWS did not say. */
async function orWhy(read: () => Promise<string>): Promise<string> {
  try {
    return await read();
  } catch (error) {
    const failure = failureOf(error);
    if (failure === null) throw error;
    return failure.kind === 'gone' ? gone : `unreadable: ${whyOf(failure)}`;
  }
}
