import type { Json } from '../../../shared/platform/json.ts';
import type { Account } from '../../account.ts';
import { advance, complete, resolvedNow } from './deployment.ts';
import { onItsWay } from './draining.ts';
import { say, sayOnce, serviceAction } from './events.ts';
import { foundNoPlace, isWatched } from './failures.ts';
import { launch, stop } from './lifecycle.ts';
import { type Placement, placesFor } from './placement.ts';
import { isRetired } from './platforms.ts';
import { sayShort } from './shortage.ts';
import { type Cluster, clusters, type StoredService, type StoredTask } from './state.ts';
import { isHealthy, isProtected, isWanted, tasksOf, wantedCount } from './tasks.ts';
import { wakeAt } from './wake.ts';

/** What an event of the kind LOOK asks for: the scheduler looks at one service. */
export function lookAt(account: Account, args: Json): void {
  const asked = args as { readonly cluster: string; readonly service: string; readonly timed?: boolean };
  const cluster = clusters(account).get(asked.cluster);
  const service = cluster?.services.get(asked.service);
  if (cluster === undefined || service === undefined) return;
  if (asked.timed !== true) delete service.look;
  advance(account, cluster, service);
  const stopped = stopSome(account, cluster, service);
  const started = startSome(account, cluster, service);
  conclude(account, cluster, service, stopped || started);
}

/**
 * The tasks that are wanted: those of the primary deployment that stay where they are, and those that are replaced, of earlier
 * deployments and on hosts that drain.
 */
function wanted(cluster: Cluster, service: StoredService) {
  const all = tasksOf(cluster, service).filter((task) => isWanted(task) && onItsWay(cluster, service, task) !== 'last');
  const isOwn = (task: StoredTask): boolean =>
    task.startedBy === service.deploymentId && onItsWay(cluster, service, task) === undefined;
  return { all, own: all.filter(isOwn), others: all.filter((task) => !isOwn(task)) };
}

/** Those that do not run yet before the healthy, and the oldest first. */
const byUse = (a: StoredTask, b: StoredTask): number =>
  Number(isHealthy(a)) - Number(isHealthy(b)) || a.createdAt - b.createdAt;

/**
 * Old tasks stop as far as the minimum healthy percent (rounded up) allows, and those over the desired count; protected ones
 * never. A deployment that has failed stops nothing.
 */
function stopSome(account: Account, cluster: Cluster, service: StoredService): boolean {
  const desired = wantedCount(cluster, service);
  const now = account.clock.now();
  const { all, own, others } = wanted(cluster, service);
  const free = (tasks: readonly StoredTask[]) => tasks.filter((task) => !isProtected(task, now)).sort(byUse);
  const isStalled = service.deployments[0].rolloutState === 'FAILED';
  let spare = all.filter(isHealthy).length - Math.ceil((desired * service.limits.minimumHealthyPercent) / 100);
  const replaced = (isStalled && desired > 0 ? [] : free(others)).filter((task) => {
    if (isHealthy(task)) spare -= 1;
    return !isHealthy(task) || spare >= 0;
  });
  const excess = free(own).slice(0, Math.max(0, own.length - desired));
  const stopping = [...replaced, ...excess];
  for (const task of stopping) {
    const reason = `Scaling activity initiated by (deployment ${service.deploymentId})`;
    stop(account, cluster, task, 'ServiceSchedulerInitiated', reason);
  }
  if (stopping.length === 0) return false;
  say(account, service, `has stopped ${stopping.length} running tasks: ${listed(stopping)}.`);
  serviceAction(account, cluster, service, 'TASKS_STOPPED', { taskArns: stopping.map(({ arn }) => arn) });
  return true;
}

/** New tasks start up to the desired count; during a deployment no more than the maximum percent (rounded down) allows. */
function startSome(account: Account, cluster: Cluster, service: StoredService): boolean {
  const desired = wantedCount(cluster, service);
  const [primary] = service.deployments;
  const { all, own, others } = wanted(cluster, service);
  const most = Math.floor((desired * service.limits.maximumPercent) / 100);
  const room = others.length > 0 ? most - all.length : desired;
  const missing = Math.min(desired - own.length, room);
  if (missing <= 0 || primary.rolloutState === 'FAILED' || waits(account, cluster, service)) return false;
  pinFirst(account, service);
  const { places, shortage } = placesNow(account, cluster, service, missing);
  const started = places.map(({ host }) =>
    launch(account, cluster, {
      definition: service.definition,
      containers: service.revision.containers,
      group: `service:${service.name}`,
      startedBy: service.deploymentId,
      host,
      platform: service.revision.platform?.runs,
    }),
  );
  if (started.length > 0) say(account, service, `has started ${started.length} tasks: ${listed(started)}.`);
  if (shortage !== undefined) {
    sayShort(account, cluster, service, shortage);
    foundNoPlace(account, cluster, service);
    waits(account, cluster, service);
  }
  return started.length > 0;
}

/** None on a platform version that was retired meanwhile. */
function placesNow(account: Account, cluster: Cluster, service: StoredService, count: number): Placement {
  const { definition, platform } = service.revision;
  return platform !== undefined && isRetired(account, definition, platform.runs)
    ? { places: [], shortage: { reason: 'RETIRED', version: platform.runs } }
    : placesFor(cluster, service, count);
}

const listed = (tasks: readonly StoredTask[]): string => tasks.map(({ id }) => `(task ${id})`).join(' ');

/** After failures in a row no task is started for a while. */
function waits(account: Account, cluster: Cluster, service: StoredService): boolean {
  const { retryAt } = service;
  if (retryAt === undefined || retryAt <= account.clock.now()) return false;
  // Who waits for the account to settle waits for a circuit breaker, but not for a service that never comes up.
  if (service.retryQueued !== retryAt) wakeAt(account, cluster, service, retryAt, !isWatched(cluster, service));
  service.retryQueued = retryAt;
  return true;
}

/** The first task of a revision fixes the digests that were not known when it was made. */
function pinFirst(account: Account, service: StoredService): void {
  const { revision } = service;
  if (revision.containers.every(({ digest }) => digest !== undefined)) return;
  const now = new Map(resolvedNow(account, revision.definition).map(({ name, digest }) => [name, digest]));
  service.revision = {
    ...revision,
    containers: revision.containers.map((each) => ({ ...each, digest: each.digest ?? now.get(each.name) })),
  };
}

function conclude(account: Account, cluster: Cluster, service: StoredService, hasActed: boolean): void {
  const { all, own, others } = wanted(cluster, service);
  const [primary, ...older] = service.deployments;
  const desired = wantedCount(cluster, service);
  service.deployments = [primary, ...older.filter(({ id }) => others.some(({ startedBy }) => startedBy === id))];
  const isSteady = !hasActed && others.length === 0 && own.length === desired && own.every(isHealthy);
  if (isSteady && primary.rolloutState === 'IN_PROGRESS') complete(account, service);
  if (isSteady && !service.isSteady) {
    say(account, service, 'has reached a steady state.');
    const isTaskSet = service.controller !== 'ECS';
    serviceAction(account, cluster, service, isTaskSet ? 'TASKSET_STEADY_STATE' : 'SERVICE_STEADY_STATE');
  }
  service.isSteady = isSteady;
  // Of a deployment that has failed nothing is to be expected.
  const isHeldUp = others.length > 0 && (service.deployments.length === 1 || primary.rolloutState === 'IN_PROGRESS');
  if (!isSteady && !hasActed && all.every(isHealthy)) explain(account, cluster, service, all, isHeldUp);
}

/** Nothing moves, and yet the service is not what it should be: its event list says why. */
function explain(
  account: Account,
  cluster: Cluster,
  service: StoredService,
  all: readonly StoredTask[],
  isHeldUp: boolean,
): void {
  const now = account.clock.now();
  const ends = all.filter((task) => isProtected(task, now)).map(({ protectedUntil }) => protectedUntil ?? now);
  if (ends.length > 0 && all.length > wantedCount(cluster, service)) {
    sayOnce(
      account,
      service,
      `was unable to reach steady state because task set (${service.deploymentId}) was unable to scale in. Reason: The number of protected tasks are more than the desired count of tasks.`,
    );
    // The scheduler looks again when the first protection ends.
    const heldUntil = Math.min(...ends);
    if (service.heldUntil !== heldUntil) wakeAt(account, cluster, service, heldUntil, true);
    service.heldUntil = heldUntil;
  } else if (isHeldUp && service.retryAt === undefined) {
    sayOnce(
      account,
      service,
      'was unable to stop or start tasks during a deployment because of the service deployment configuration. Update the minimumHealthyPercent or maximumPercent value and try again.',
    );
  }
}
