import { namedFailure } from '../../account/awsFailure.ts';
import { readService, type ServiceState } from '../../account/ecsService.ts';
import { isUnresolved, readServiceTasks, type ServiceTasks } from '../../account/ecsTasks.ts';
import { type Reads, readsWith } from '../../account/reads.ts';
import { clamped, readScaling, type Scaling, scales } from '../../account/scalableTarget.ts';
import { shortArn } from '../../account/sightings.ts';
import type { ReadContext, Verified } from '../contract.ts';
import { lastWords } from '../targets/serviceTarget.ts';
import { isHeld } from './count.ts';
import { affectedAmong } from './observe.ts';
import { pullsOf } from './pulls.ts';
import { shortOf } from './short.ts';
import { type Chosen, chosenShape, type Observed, type ServiceTarget } from './types.ts';

interface Truth extends ServiceTasks {
  readonly service: ServiceState;
  readonly scaling: Scaling | null;
}

export async function readTruth(read: Reads, target: ServiceTarget): Promise<Truth> {
  const { cluster, service } = target;
  try {
    return {
      service: await readService(read, cluster, service),
      ...(await readServiceTasks(read, cluster, service)),
      scaling: await readScaling(read, cluster, service),
    };
  } catch (error) {
    throw namedFailure(error, `Reading service ${target.id} back`);
  }
}

const names = (tasks: readonly { readonly arn: string }[]): string =>
  `${tasks
    .slice(0, 3)
    .map(({ arn }) => shortArn(arn))
    .join(', ')}${tasks.length > 3 ? ` and ${tasks.length - 3} more` : ''}`;

/** What keeps a service from starting the accused version again, or the tasks from coming back; null when it is as it was left. */
function loose({ service, scaling }: Truth, chosen: Chosen, { scheduling }: Observed): string | null {
  if (chosen.how === 'zero' && scheduling !== 'DAEMON' && service.desired > 0)
    return `it wants ${service.desired} tasks again`;
  if (chosen.how === 'zero' && scaling !== null && (scaling.min > 0 || scales(scaling)))
    return 'its autoscaling is not suspended';
  if (chosen.how !== 'rollback') return null;
  const other = Object.entries(chosen.clean.digests).find(
    ([container, digest]) => (service.digests[container] ?? digest) !== digest,
  );
  return other === undefined
    ? null
    : `it deploys ${other[0]} ${service.digests[other[0]]}, which is not its clean version`;
}

/**
 * Holds when no affected task is in any state but STOPPED: an absence. While a task has not pulled its image, nobody knows what it
 * runs, unless it was started by the deployment of the clean version.
 */
export async function verifyStopped(target: ServiceTarget, before: Observed, context: ReadContext): Promise<Verified> {
  const chosen = chosenShape.parse(context.chosen);
  const truth = await readTruth(readsWith(context.aws), target);
  const { live, service } = truth;
  const left = chosen.how === 'zero' ? live : affectedAmong(live, context.accusation);
  const astray = loose(truth, chosen, before);
  const ours = chosen.how === 'rollback' && astray === null ? service.primary : null;
  const unknown =
    context.accusation.cause === 'image'
      ? live.filter((task) => isUnresolved(task) && (ours === null || task.startedBy !== ours))
      : [];
  const seen = `${live.length} tasks live`;
  if (astray !== null) return { state: 'broken', seen: `${seen}; ${astray}`, absence: true };
  const notStopped = `${seen}; not stopped yet: ${names(left)}`;
  // What was not even asked to stop has come since: it will not stop by itself.
  if (left.some(({ stopping }) => !stopping)) return { state: 'broken', seen: notStopped, again: true, absence: true };
  if (left.length > 0) return { state: 'pending', seen: notStopped, absence: true };
  if (unknown.length > 0) {
    return { state: 'pending', seen: `${seen}; not known yet what runs in ${names(unknown)}`, absence: true };
  }
  const { pulledUntil } = pullsOf(truth, context.accusation);
  return { state: 'holds', seen: `${seen}, none of them affected`, absence: true, pulledUntil };
}

/** Holds when as many tasks as are wanted are healthy, the deployment is over and autoscaling is as it was. */
export async function verifyStarted(target: ServiceTarget, before: Observed, context: ReadContext): Promise<Verified> {
  const chosen = chosenShape.parse(context.chosen);
  const truth = await readTruth(readsWith(context.aws), target);
  const { service, live, scaling } = truth;
  const healthy = live.filter((task) => task.healthy).length;
  const seen = `${healthy} of ${service.desired} tasks healthy, deployment ${service.rollout}${scaling === null ? '' : `, autoscaling ${scaling.min} to ${scaling.max}${scales(scaling) ? '' : ', suspended'}`}`;
  const all = (state: Verified['state'], why = ''): Verified => ({ state, seen: `${seen}${why}`, absence: false });
  // A deployment alarm, a pipeline or a person may have brought it back since its tasks were stopped.
  const astray = loose(truth, chosen, before);
  if (astray !== null) return { ...all('broken', `; ${astray}`), again: true };
  const left = affectedAmong(live, context.accusation);
  if (left.length > 0) return { ...all('broken', `; an accused task runs: ${names(left)}`), again: true };
  if (service.rollout === 'FAILED') return all('broken', `; the clean version does not come up${lastWords(service)}`);
  if (chosen.how === 'rollback' && !sameScaling(scaling, before.scaling))
    return all('broken', '; autoscaling is not as it was');
  if (isHeld(chosen, service.desired, scaling, before))
    return all('pending', `; it is held at ${service.desired} tasks`);
  const least = chosen.how === 'zero' ? 0 : Math.min(service.desired, clamped(chosen.fullCount, scaling));
  if (healthy >= least && service.rollout === 'COMPLETED' && healthy >= service.desired) return all('holds');
  return { ...all('pending', lastWords(service)), ...shortOf(target, service, live) };
}

export const sameScaling = (a: Scaling | null, b: Scaling | null): boolean =>
  a === null || b === null
    ? a === b
    : a.min === b.min &&
      a.max === b.max &&
      a.suspended.in === b.suspended.in &&
      a.suspended.out === b.suspended.out &&
      a.suspended.scheduled === b.suspended.scheduled;

/** Holds when the declared fields are what they were and the tasks of that version are up. */
export async function verifyRestored(target: ServiceTarget, before: Observed, context: ReadContext): Promise<Verified> {
  const chosen = chosenShape.parse(context.chosen);
  const { service, live, scaling } = await readTruth(readsWith(context.aws), target);
  const healthy = live.filter((task) => task.healthy).length;
  const seen = `${shortArn(service.taskDefinition)}, ${healthy} of ${service.desired} tasks healthy, deployment ${service.rollout}`;
  // A copy that names the same images by digest has another name.
  const copied = chosen.how === 'rollback' && Object.keys(chosen.from.pins).length > 0;
  const astray =
    otherVersion(service, before) ||
    (!copied && service.taskDefinition !== before.taskDefinition) ||
    !sameScaling(scaling, before.scaling) ||
    (before.count !== 'autoscaled' && service.desired !== clamped(before.count, scaling));
  if (astray) return { state: 'broken', seen, absence: false };
  const notUp = `${seen}${lastWords(service)}`;
  if (service.rollout === 'FAILED') return { state: 'broken', seen: notUp, absence: false };
  const settled = service.rollout === 'COMPLETED' && healthy >= service.desired;
  if (settled) return { state: 'holds', seen, absence: false };
  // Such a breaker may bring back the clean version yet: nothing is put back before it has ended.
  const short = before.breaker?.rollback === true ? {} : shortOf(target, service, live);
  return { state: 'pending', seen: notUp, absence: false, ...short };
}

/** Whether a container deploys another digest than it did: a definition by tag starts what the tag points to now. */
const otherVersion = ({ digests }: ServiceState, { version }: Observed): boolean =>
  Object.entries(version).some(([container, digest]) => (digests[container] ?? digest) !== digest);
