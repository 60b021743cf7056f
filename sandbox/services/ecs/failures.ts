import type { Account } from '../../account.ts';
import { breakOff } from './deployment.ts';
import { say, serviceAction } from './events.ts';
import type { CircuitBreaker } from './limits.ts';
import { underWay } from './revisions.ts';
import type { Cluster, StoredService, StoredTask } from './state.ts';
import { isHealthy, tasksOf, wantedCount } from './tasks.ts';

/** From so many failures in a row on a service counts as impaired, and the time between two tries grows. */
const IMPAIRED_AT = 3;
const FIRST_WAIT = 30_000;
/** "up to a maximum of 27 minutes" (developer guide, "service throttle logic"). */
const LONGEST_WAIT = 27 * 60_000;

/** How many failed tasks a deployment may have (the same guide, "deployment circuit breaker", "Failure threshold"). */
export function thresholdOf({ thresholdConfiguration }: CircuitBreaker, desired: number): number {
  const { type, value } = thresholdConfiguration ?? { type: 'BOUNDED_PERCENT', value: 50 };
  if (type === 'COUNT') return value;
  const share = Math.ceil((value / 100) * desired);
  return type === 'UNBOUNDED_PERCENT' ? share : Math.min(200, Math.max(3, share));
}

const hasBreaker = ({ controller, limits, deployments }: StoredService): boolean =>
  controller === 'ECS' && limits.circuitBreaker.enable && deployments[0].rolloutState === 'IN_PROGRESS';

/**
 * Whether the circuit breaker counts what fails now: "The scheduler ignores the failure criteria when a task in the current
 * deployment is in the RUNNING state."
 */
export const isWatched = (cluster: Cluster, service: StoredService): boolean =>
  hasBreaker(service) && !(resets(service) && hasHealthy(cluster, service, service.deploymentId));

/** A task of the service never came to run. */
export function failedToStart(account: Account, cluster: Cluster, service: StoredService, task: StoredTask): void {
  slowDown(account, service);
  if (service.startFailures === IMPAIRED_AT) {
    say(
      account,
      service,
      'is unable to consistently start tasks successfully. For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.',
    );
    serviceAction(account, cluster, service, 'SERVICE_TASK_START_IMPAIRED');
  }
  count(account, cluster, service, task.startedBy);
}

/**
 * There was no place for a task of the deployment under way. It counts as one that failed to start ("if the service scheduler
 * can't launch the task", API reference, Deployment.failedTasks), and is tried again after a while.
 */
export function foundNoPlace(account: Account, cluster: Cluster, service: StoredService): void {
  service.retryAt = account.clock.now() + FIRST_WAIT;
  slowDown(account, service);
  count(account, cluster, service, service.deploymentId);
}

/** For the circuit breaker, if there is one. */
function count(account: Account, cluster: Cluster, service: StoredService, deploymentId: string | undefined): void {
  const deployment = service.deployments.find(({ id }) => id === deploymentId);
  if (deployment === undefined) return;
  const isCounted = deployment === service.deployments[0] && hasBreaker(service);
  if (isCounted && !isWatched(cluster, service)) return;
  deployment.failedTasks += 1;
  if (!isCounted) return;
  const current = underWay(service);
  if (current?.rollback === undefined && current !== undefined) current.failureCount = deployment.failedTasks;
  if (deployment.failedTasks >= thresholdOf(service.limits.circuitBreaker, wantedCount(cluster, service))) {
    breakOff(account, cluster, service);
  }
}

const resets = ({ limits }: StoredService): boolean => limits.circuitBreaker.resetOnHealthyTask ?? true;

const hasHealthy = (cluster: Cluster, service: StoredService, deploymentId: string): boolean =>
  tasksOf(cluster, service).some((task) => task.startedBy === deploymentId && isHealthy(task));

/** One failure more in a row. */
function slowDown(account: Account, service: StoredService): void {
  service.startFailures += 1;
  if (service.startFailures < IMPAIRED_AT) return;
  const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (service.startFailures - IMPAIRED_AT));
  service.retryAt = account.clock.now() + wait;
}

/** A task of the service runs and is healthy: what failed before no longer counts. */
export function startedWell(service: StoredService, task: StoredTask): void {
  service.startFailures = 0;
  delete service.retryAt;
  const deployment = service.deployments.find(({ id }) => id === task.startedBy);
  if (deployment !== undefined && resets(service)) deployment.failedTasks = 0;
}
