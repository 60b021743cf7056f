import * as z from 'zod';
import { namedFailure } from '../../account/awsFailure.ts';
import { findCleanVersion, readDeployable } from '../../account/cleanVersion.ts';
import { clusterProtection } from '../../account/ecsOwner.ts';
import { describeLive, type ServiceState, serviceState } from '../../account/ecsService.ts';
import {
  isUnresolved,
  readServiceTasks,
  runsDigest,
  type ServiceTask,
  type ServiceTasks,
} from '../../account/ecsTasks.ts';
import { readVersions } from '../../account/ecsVersions.ts';
import { ownerText } from '../../account/owner.ts';
import { readsWith } from '../../account/reads.ts';
import { readScaling, type Scaling, scales } from '../../account/scalableTarget.ts';
import { shortArn } from '../../account/sightings.ts';
import type { Accusation } from '../accusation.ts';
import type { ReadContext } from '../contract.ts';
import { type Before, countOf } from './count.ts';
import { pullsOf } from './pulls.ts';
import { beforeShape, type Chosen, chosenShape, type Observed, type ServiceTarget } from './types.ts';

/** The before-state is one item in the table; of a service of thousands of tasks the first tell enough. */
const mostLines = 20;

/**
 * Tasks that must go. Cause image: all that run an accused digest, and all that findings name; otherwise those that findings name.
 */
export const affectedAmong = (
  tasks: readonly ServiceTask[],
  { cause, digests, tasks: named }: Pick<Accusation, 'cause' | 'digests' | 'tasks'>,
): readonly ServiceTask[] =>
  tasks.filter((task) => named.includes(task.arn) || (cause === 'image' && runsDigest(task, digests)));

/** What an undo brings back, once a containment stands: by then the service deploys another version. */
const undoneTo = z.object({ taskDefinition: z.string(), version: z.record(z.string(), z.string()) });

/** Reads the service, its tasks, what it ran before and how it is scaled. Throws TargetGone, Throttled or ActionFailed. */
export async function observeService(target: ServiceTarget, _params: unknown, context: ReadContext): Promise<Observed> {
  const { cluster, service: name } = target;
  const read = readsWith(context.aws);
  const { accusation } = context;
  try {
    const described = await describeLive(read, cluster, name);
    const service = await serviceState(read, described);
    const tasks = await readServiceTasks(read, cluster, name);
    const scaling = await readScaling(read, cluster, name);
    const { clean, why } =
      accusation.cause === 'image' && service.controller === 'ECS'
        ? await findCleanVersion(read, await readVersions(read, described), accusation)
        : { clean: null, why: null };
    const affected = affectedAmong(tasks.live, accusation);
    const stands = chosenShape.safeParse(context.chosen).data;
    const before = beforeShape.safeParse(context.before).data ?? null;
    const was = undoneTo.safeParse(context.before).data ?? { ...service, version: service.digests };
    const own = clean === null ? null : await readDeployable(read, was.taskDefinition, was.version);
    return {
      taskDefinition: service.taskDefinition,
      version: versionOf(service, stands),
      count: countOf(service.desired, scaling, before),
      scaling,
      breaker: service.breaker,
      controller: service.controller,
      scheduling: service.scheduling,
      clean,
      deploying: deployingOf(service, accusation, stands),
      cause: accusation.cause,
      runsAccused: [service.digests, ...tasks.live.map(({ digests }) => digests)].some((some) =>
        Object.values(some).some((digest) => digest !== null && accusation.digests.includes(digest)),
      ),
      protectedBy: service.ownership.protectedBy ?? (await clusterProtection(read, cluster)),
      whyNotClean: why,
      roles: own?.roles ?? [],
      pins: own?.pins ?? {},
      unfinished: before !== null && isUnfinished(service.desired, scaling, before, stands),
      desired: before !== null && service.desired === leftAt(stands) ? before.desired : service.desired,
      minimumHealthyPercent: service.minimumHealthyPercent,
      healthy: tasks.live.filter((task) => task.healthy && !affected.includes(task)).length,
      affected: affected.map(({ arn }) => arn),
      live: tasks.live.map(({ arn }) => arn),
      ...pullsOf(tasks, accusation),
      owner: ownerText(service.ownership),
      seen: linesOf(service, tasks, affected),
    };
  } catch (error) {
    throw namedFailure(error, `Reading service ${target.id}`);
  }
}

/** ECS resolves a tag when it starts the first task; until then a revision of ours is what it was asked to be. */
function versionOf(service: ServiceState, ours: Chosen | undefined): Observed['version'] {
  const asked =
    ours?.how === 'rollback' && ours.clean.taskDefinition === service.taskDefinition ? ours.clean.digests : {};
  return { ...asked, ...service.digests };
}

/** The count that the first step of a containment has left. */
const leftAt = (stands: Chosen | undefined): number | null =>
  stands?.how === 'rollback' ? stands.heldCount : stands?.how === 'zero' ? 0 : null;

/** Whether a service was pointed back at its clean version and not started in full since: held at its count, or kept from scaling. */
const isUnfinished = (desired: number, scaling: Scaling | null, before: Before, stands: Chosen | undefined): boolean =>
  stands?.how === 'rollback' &&
  ((desired === stands.heldCount && desired < stands.fullCount) || (scales(before.scaling) && !scales(scaling)));

function deployingOf(
  service: ServiceState,
  { digests }: Accusation,
  stands: Chosen | undefined,
): Observed['deploying'] {
  if (service.rollout !== 'IN_PROGRESS') return 'no';
  // Of the clean version it is our own: it goes on, and is nobody's wish.
  const ours = stands?.how === 'rollback' ? Object.entries(stands.clean.digests) : [];
  if (ours.length > 0 && ours.every(([container, digest]) => (service.digests[container] ?? digest) === digest)) {
    return 'no';
  }
  return Object.values(service.digests).some((digest) => digests.includes(digest)) ? 'accused' : 'other';
}

function linesOf(service: ServiceState, { live }: ServiceTasks, affected: readonly ServiceTask[]): readonly string[] {
  const unresolved = live.filter(isUnresolved).length;
  const lines = [
    `${shortArn(service.arn)} wants ${service.desired} tasks of ${shortArn(service.taskDefinition)}, and ${service.running} run`,
    ...affected.map(
      ({ arn, healthy }) => `${shortArn(arn)} is affected${healthy ? '' : ' and not running yet or any more'}`,
    ),
    ...(unresolved > 0 ? [`of ${unresolved} tasks it is not known yet what they run`] : []),
  ];
  const more = lines.length - mostLines;
  return more > 0 ? [...lines.slice(0, mostLines), `and ${more} more lines`] : lines;
}
