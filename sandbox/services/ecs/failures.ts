import type { Account } from '../../account.ts';
import { breakOff } from './deployment.ts';
import { say, serviceAction } from './events.ts';
import { underWay } from './revisions.ts';
import type { CircuitBreaker, Cluster, StoredService, StoredTask } from './state.ts';
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

/** Whether the circuit breaker counts the failures of the deployment that is under way. */
export const isWatched = ({ controller, limits, deployments }: StoredService): boolean =>
  controller === 'ECS' && limits.circuitBreaker.enable && deployments[0].rolloutState === 'IN_PROGRESS';

/** A task of the service never came to run. */
export function failedToStart(account: Account, cluster: Cluster, service: StoredService, task: StoredTask): void {
  service.startFailures += 1;
  slowDown(account, cluster, service);
  const deployment = service.deployments.find(({ id }) => id === task.startedBy);
  if (deployment === undefined) return;
  const isCounted = deployment === service.deployments[0] && isWatched(service);
  // "The scheduler ignores the failure criteria when a task in the current deployment is in the RUNNING state."
  if (isCounted && resets(service) && hasHealthy(cluster, service, deployment.id)) return;
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

function slowDown(account: Account, cluster: Cluster, service: StoredService): void {
  const { startFailures } = service;
  if (startFailures < IMPAIRED_AT) return;
  if (startFailures === IMPAIRED_AT) {
    say(
      account,
      service,
      'is unable to consistently start tasks successfully. For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.',
    );
    serviceAction(account, cluster, service, 'SERVICE_TASK_START_IMPAIRED');
  }
  const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (startFailures - IMPAIRED_AT));
  service.retryAt = account.clock.now() + wait;
}

/** A task of the service runs and is healthy: what failed before no longer counts. */
export function startedWell(service: StoredService, task: StoredTask): void {
  service.startFailures = 0;
  delete service.retryAt;
  const deployment = service.deployments.find(({ id }) => id === task.startedBy);
  if (deployment !== undefined && resets(service)) deployment.failedTasks = 0;
}
