import type { Deployment, DeploymentConfiguration, Service, TaskSet } from '@aws-sdk/client-ecs';
import type { Account } from '../../../account.ts';
import { DEFAULT_GROUP, SUBNET } from '../../ec2/vpc.ts';
import type { DeploymentLimits } from '../limits.ts';
import { platformFamily } from '../platforms.ts';
import { servedPort } from '../ports.ts';
import { type ServiceRevision, type StoredDeployment, underWay } from '../revisions.ts';
import { type Cluster, ecsArn, type StoredService } from '../state.ts';
import { targetGroupArn } from '../targets.ts';
import { countsOf, tasksOf, wantedCount } from '../tasks.ts';
import { keyed } from './task.ts';

/** How many tasks a deployment is to have: a replaced one what it still has. */
function countsOfDeployment(cluster: Cluster, service: StoredService, { id }: StoredDeployment) {
  const counts = countsOf(tasksOf(cluster, service).filter(({ startedBy }) => startedBy === id));
  const isPrimary = id === service.deploymentId;
  return { ...counts, desired: isPrimary ? wantedCount(cluster, service) : counts.running + counts.pending };
}

/** A service has the platform version that was asked for, a deployment what that stood for when it began. */
const launchTypeOf = (
  { launchType }: StoredService,
  { definition, platform }: ServiceRevision,
  shown: 'asked' | 'runs',
) =>
  platform === undefined
    ? { launchType }
    : { launchType, platformVersion: platform[shown], platformFamily: platformFamily(definition) };

function deployment(cluster: Cluster, service: StoredService, one: StoredDeployment): Deployment {
  const { running, pending, desired } = countsOfDeployment(cluster, service, one);
  return {
    id: one.id,
    status: one.id === service.deploymentId ? 'PRIMARY' : 'ACTIVE',
    taskDefinition: one.revision.definition.arn,
    desiredCount: desired,
    runningCount: running,
    pendingCount: pending,
    failedTasks: one.failedTasks,
    ...launchTypeOf(service, one.revision, 'runs'),
    createdAt: new Date(one.createdAt),
    updatedAt: new Date(one.updatedAt),
    rolloutState: one.rolloutState,
    rolloutStateReason: one.rolloutStateReason,
  };
}

/** With the controllers CODE_DEPLOY and EXTERNAL the tasks belong to task sets. */
function taskSet(account: Account, cluster: Cluster, service: StoredService, one: StoredDeployment): TaskSet {
  const { running, pending, desired } = countsOfDeployment(cluster, service, one);
  return {
    id: one.id,
    taskSetArn: ecsArn(account, `task-set/${cluster.name}/${service.name}/${one.id}`),
    serviceArn: service.arn,
    clusterArn: cluster.arn,
    ...(service.controller === 'CODE_DEPLOY' ? { startedBy: 'CODE_DEPLOY' } : {}),
    status: 'PRIMARY',
    taskDefinition: one.revision.definition.arn,
    computedDesiredCount: desired,
    runningCount: running,
    pendingCount: pending,
    createdAt: new Date(one.createdAt),
    updatedAt: new Date(one.updatedAt),
    ...launchTypeOf(service, one.revision, 'runs'),
    loadBalancers: loadBalancers(account, service),
    serviceRegistries: [],
    scale: { value: 100, unit: 'PERCENT' },
    stabilityStatus: service.isSteady ? 'STEADY_STATE' : 'STABILIZING',
    stabilityStatusAt: new Date(one.updatedAt),
    tags: [],
  };
}

function loadBalancers(account: Account, { targetGroup, definition }: StoredService) {
  if (targetGroup === undefined) return [];
  const { container, containerPort } = servedPort(definition);
  return [{ targetGroupArn: targetGroupArn(account, targetGroup), containerName: container, containerPort }];
}

export function configuration(limits: DeploymentLimits): DeploymentConfiguration {
  const { enable, rollback, ...more } = limits.circuitBreaker;
  return {
    deploymentCircuitBreaker: { enable, rollback, ...more },
    maximumPercent: limits.maximumPercent,
    minimumHealthyPercent: limits.minimumHealthyPercent,
    strategy: 'ROLLING',
    bakeTimeInMinutes: 0,
  };
}

/** A service as DescribeServices and UpdateService show it. */
export function describedService(
  account: Account,
  cluster: Cluster,
  service: StoredService,
  withTags = false,
): Service {
  const { running, pending } = countsOf(tasksOf(cluster, service));
  const isRolling = service.controller === 'ECS';
  const current = underWay(service);
  return {
    serviceArn: service.arn,
    serviceName: service.name,
    clusterArn: cluster.arn,
    status: service.status,
    desiredCount: wantedCount(cluster, service),
    runningCount: running,
    pendingCount: pending,
    ...launchTypeOf(service, service.revision, 'asked'),
    ...networkConfiguration(service),
    schedulingStrategy: service.schedulingStrategy,
    deploymentController: { type: service.controller },
    deploymentConfiguration: configuration(service.limits),
    ...(service.controller === 'EXTERNAL' ? {} : { taskDefinition: service.definition.arn }),
    createdAt: new Date(service.createdAt),
    deployments: isRolling ? service.deployments.map((each) => deployment(cluster, service, each)) : [],
    ...(isRolling ? {} : { taskSets: service.deployments.map((each) => taskSet(account, cluster, service, each)) }),
    ...(isRolling ? { currentServiceRevisions: revisionSummaries(cluster, service) } : {}),
    ...(current === undefined ? {} : { currentServiceDeployment: current.arn }),
    loadBalancers: loadBalancers(account, service),
    serviceRegistries: [],
    placementConstraints: [],
    placementStrategy: [],
    healthCheckGracePeriodSeconds: 0,
    enableECSManagedTags: false,
    propagateTags: 'NONE',
    enableExecuteCommand: false,
    availabilityZoneRebalancing: 'DISABLED',
    events: [...service.events],
    ...(withTags ? { tags: keyed(service.tags) } : {}),
  };
}

/** Of tasks that have an interface of their own. */
const networkConfiguration = ({ definition, securityGroups = [DEFAULT_GROUP] }: StoredService) =>
  (definition.settings.networkMode ?? 'awsvpc') === 'awsvpc'
    ? {
        networkConfiguration: {
          awsvpcConfiguration: {
            subnets: [SUBNET],
            securityGroups: [...securityGroups],
            assignPublicIp: 'DISABLED' as const,
          },
        },
      }
    : {};

/** Two while a deployment runs: what is rolled out, and what it replaces. */
const revisionSummaries = (cluster: Cluster, service: StoredService) =>
  service.deployments.map((each) => {
    const { running, pending, desired } = countsOfDeployment(cluster, service, each);
    return {
      arn: each.revision.arn,
      requestedTaskCount: desired,
      runningTaskCount: running,
      pendingTaskCount: pending,
    };
  });
