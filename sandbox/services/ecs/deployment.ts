import type { Account } from '../../account.ts';
import { deploymentChanged, say } from './events.ts';
import { digestNow } from './images.ts';
import { standsFor } from './platforms.ts';
import {
  newDeploymentId,
  newRevisionArn,
  type ServiceDeployment,
  type ServiceRevision,
  type StoredDeployment,
  serviceDeploymentArn,
  underWay,
} from './revisions.ts';
import type { Cluster, ResolvedContainer, StoredService, StoredTaskDefinition } from './state.ts';
import { wantedCount } from './tasks.ts';
import { wake } from './wake.ts';

/** The digests that the images of a definition stand for now; none where each task resolves its own, and for images elsewhere. */
export const resolvedNow = (account: Account, definition: StoredTaskDefinition): readonly ResolvedContainer[] =>
  definition.containers.map(({ name, image, versionConsistency }) => ({
    name,
    image,
    digest: versionConsistency === 'disabled' ? undefined : digestNow(account, image),
  }));

export const unresolved = (definition: StoredTaskDefinition): readonly ResolvedContainer[] =>
  definition.containers.map(({ name, image }) => ({ name, image, digest: undefined }));

/**
 * A new deployment: a revision of its own, whose tags are resolved now (a service that wants no task resolves none before its
 * first). It takes the place of one that is still under way.
 * @param asked the platform version of Fargate: `LATEST` stands from now on for what it stands for now
 */
export function deploy(
  account: Account,
  cluster: Cluster,
  service: StoredService,
  definition: StoredTaskDefinition,
  asked = service.revision.platform?.asked,
) {
  const now = account.clock.now();
  const [previous] = service.deployments;
  const revision: ServiceRevision = {
    arn: newRevisionArn(account, cluster.name, service.name),
    definition,
    createdAt: now,
    containers: wantedCount(cluster, service) > 0 ? resolvedNow(account, definition) : unresolved(definition),
    ...(asked === undefined ? {} : { platform: { asked, runs: standsFor(definition, asked) } }),
  };
  const id = newDeploymentId(account);
  const replaced = underWay(service);
  if (replaced !== undefined) over(account, replaced, 'STOPPED', 'The deployment was replaced by a newer one.');
  if (previous.rolloutState === 'COMPLETED') service.lastCompleted = previous;
  service.deployments = [newDeployment(id, revision, now), ...service.deployments];
  const begun: ServiceDeployment = {
    arn: serviceDeploymentArn(account, cluster.name, service.name, id),
    deploymentId: id,
    createdAt: now,
    updatedAt: now,
    target: revision,
    sources: [previous.revision],
    status: 'PENDING',
    failureCount: 0,
  };
  service.serviceDeployments = [begun, ...service.serviceDeployments];
  calm(service);
  wake(account, cluster, service);
}

const newDeployment = (id: string, revision: ServiceRevision, now: number): StoredDeployment => ({
  id,
  createdAt: now,
  updatedAt: now,
  revision,
  rolloutState: 'IN_PROGRESS',
  rolloutStateReason: `ECS deployment ${id} in progress.`,
  failedTasks: 0,
});

/** "After the service is updated, the service scheduler resumes normal behavior": earlier failures no longer slow it down. */
export function calm(service: StoredService): void {
  service.startFailures = 0;
  delete service.retryAt;
}

/** A service deployment that waits to begin begins, and one that is to be stopped is. */
export function advance(account: Account, cluster: Cluster, service: StoredService): void {
  const current = underWay(service);
  if (current?.status === 'PENDING') {
    current.startedAt = account.clock.now();
    move(account, current, 'IN_PROGRESS');
    const { id, rolloutStateReason } = service.deployments[0];
    deploymentChanged(account, service, 'SERVICE_DEPLOYMENT_IN_PROGRESS', id, rolloutStateReason);
  } else if (current?.status === 'ROLLBACK_REQUESTED') {
    endRollout(account, service, 'FAILED', 'The deployment was stopped, and is rolled back.');
    rollBack(account, cluster, service, current, 'Service deployment');
  } else if (current?.status === 'STOP_REQUESTED') {
    endRollout(account, service, 'FAILED', 'The deployment was stopped.');
    over(account, current, 'STOPPED', 'The deployment was stopped.');
  }
}

/** The service is steady: its deployment, or the rollback of one, is complete. */
export function complete(account: Account, service: StoredService): void {
  const [primary] = service.deployments;
  const reason = `ECS deployment ${primary.id} completed.`;
  endRollout(account, service, 'COMPLETED', reason);
  service.deployments = [primary];
  service.lastCompleted = primary;
  const current = underWay(service);
  if (current !== undefined) {
    over(account, current, current.status === 'ROLLBACK_IN_PROGRESS' ? 'ROLLBACK_SUCCESSFUL' : 'SUCCESSFUL', reason);
  }
  say(account, service, `(deployment ${primary.id}) deployment completed.`);
  deploymentChanged(account, service, 'SERVICE_DEPLOYMENT_COMPLETED', primary.id, reason);
}

/**
 * The circuit breaker ends a deployment: "it looks for the most recent deployment that is in a COMPLETED state" and goes back to
 * that; without one, or without `rollback`, the deployment is stalled (developer guide, "deployment circuit breaker").
 */
export function breakOff(account: Account, cluster: Cluster, service: StoredService): void {
  const [primary] = service.deployments;
  const reason = 'ECS deployment circuit breaker: tasks failed to start.';
  endRollout(account, service, 'FAILED', reason);
  say(account, service, `(deployment ${primary.id}) deployment failed: tasks failed to start.`);
  deploymentChanged(account, service, 'SERVICE_DEPLOYMENT_FAILED', primary.id, reason);
  const current = underWay(service);
  if (current === undefined) return;
  const isRollback = current.status === 'ROLLBACK_IN_PROGRESS';
  current.isBroken = true;
  if (!isRollback && service.limits.circuitBreaker.rollback && service.lastCompleted !== undefined) {
    rollBack(account, cluster, service, current, 'ECS deployment circuit breaker');
  } else over(account, current, isRollback ? 'ROLLBACK_FAILED' : 'STOPPED', reason);
}

/** The last completed deployment is the primary one again, with its own revision, and so the digests that it ran. */
function rollBack(account: Account, cluster: Cluster, service: StoredService, current: ServiceDeployment, who: string) {
  const target = service.lastCompleted;
  const now = account.clock.now();
  if (target === undefined)
    return over(account, current, 'ROLLBACK_FAILED', 'There is no completed deployment to go back to.');
  const reason = `${who}: rolling back to deploymentId ${target.id}.`;
  delete service.lastCompleted;
  target.rolloutState = 'IN_PROGRESS';
  target.rolloutStateReason = reason;
  target.updatedAt = now;
  target.failedTasks = 0;
  service.deployments = [target, ...service.deployments.filter((each) => each !== target)];
  current.rollback = { reason, startedAt: now, serviceRevisionArn: target.revision.arn };
  move(account, current, 'ROLLBACK_IN_PROGRESS', reason);
  calm(service);
  say(account, service, `rolling back to deployment ${target.id}.`);
  deploymentChanged(account, service, 'SERVICE_DEPLOYMENT_IN_PROGRESS', target.id, reason);
  wake(account, cluster, service);
}

function endRollout(account: Account, service: StoredService, state: 'COMPLETED' | 'FAILED', reason: string): void {
  const [primary] = service.deployments;
  primary.rolloutState = state;
  primary.rolloutStateReason = reason;
  primary.updatedAt = account.clock.now();
}

function move(
  account: Account,
  current: ServiceDeployment,
  status: ServiceDeployment['status'],
  reason?: string,
): void {
  current.status = status;
  current.updatedAt = account.clock.now();
  if (reason !== undefined) current.statusReason = reason;
}

function over(account: Account, current: ServiceDeployment, status: ServiceDeployment['status'], reason: string): void {
  move(account, current, status, reason);
  const at = account.clock.now();
  if (status === 'STOPPED') current.stoppedAt = at;
  else current.finishedAt = at;
}
