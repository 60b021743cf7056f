import type { ServiceDeployment, ServiceDeploymentBrief, ServiceRevisionSummary } from '@aws-sdk/client-ecs';
import { thresholdOf } from '../failures.ts';
import { isUnderWay, type ServiceRevision, type ServiceDeployment as Stored } from '../revisions.ts';
import type { Cluster, StoredService } from '../state.ts';
import { countsOf, tasksOf, wantedCount } from '../tasks.ts';
import { configuration } from './service.ts';

const TIMES = ['createdAt', 'startedAt', 'finishedAt', 'stoppedAt', 'updatedAt'] as const;

const times = (one: Stored, which: readonly (typeof TIMES)[number][]) =>
  Object.fromEntries(which.flatMap((key) => (one[key] === undefined ? [] : [[key, new Date(one[key])]])));

/** A service deployment as ListServiceDeployments shows it. */
export const briefDeployment = (cluster: Cluster, service: StoredService, one: Stored): ServiceDeploymentBrief => ({
  serviceDeploymentArn: one.arn,
  serviceArn: service.arn,
  clusterArn: cluster.arn,
  ...times(one, ['createdAt', 'startedAt', 'finishedAt']),
  targetServiceRevisionArn: one.target.arn,
  status: one.status,
  ...(one.statusReason === undefined ? {} : { statusReason: one.statusReason }),
});

/** A service deployment as DescribeServiceDeployments shows it. */
export function describedDeployment(cluster: Cluster, service: StoredService, one: Stored): ServiceDeployment {
  const isOver = !isUnderWay(one);
  return {
    serviceDeploymentArn: one.arn,
    serviceArn: service.arn,
    clusterArn: cluster.arn,
    ...times(one, TIMES),
    status: one.status,
    ...(one.statusReason === undefined ? {} : { statusReason: one.statusReason }),
    sourceServiceRevisions: one.sources.map((revision) => summary(cluster, service, revision)),
    targetServiceRevision: summary(cluster, service, one.target),
    deploymentConfiguration: configuration(service.limits),
    ...(isOver ? {} : { lifecycleStage: 'SCALE_UP' }),
    ...(one.rollback === undefined
      ? {}
      : { rollback: { ...one.rollback, startedAt: new Date(one.rollback.startedAt) } }),
    deploymentCircuitBreaker: {
      status: breakerStatus(service, one, isOver),
      failureCount: one.failureCount,
      threshold: thresholdOf(service.limits.circuitBreaker, wantedCount(cluster, service)),
    },
  };
}

function breakerStatus({ limits }: StoredService, one: Stored, isOver: boolean) {
  if (!limits.circuitBreaker.enable) return 'DISABLED';
  if (one.isBroken) return 'TRIGGERED';
  return isOver ? 'MONITORING_COMPLETE' : 'MONITORING';
}

/** How many tasks of a revision there are: those of the deployments that run it. */
function summary(cluster: Cluster, service: StoredService, { arn }: ServiceRevision): ServiceRevisionSummary {
  const ids = service.deployments.filter(({ revision }) => revision.arn === arn).map(({ id }) => id);
  const tasks = tasksOf(cluster, service).filter(({ startedBy }) => startedBy !== undefined && ids.includes(startedBy));
  const { running, pending } = countsOf(tasks);
  const requested = ids.includes(service.deploymentId) ? wantedCount(cluster, service) : running + pending;
  return { arn, requestedTaskCount: requested, runningTaskCount: running, pendingTaskCount: pending };
}
