import type { DescribeServicesRequest, DescribeServicesResponse, Failure, Service } from '@aws-sdk/client-ecs';
import { operation } from '../../account.ts';
import {
  type Cluster,
  clusterNamed,
  desiredStatus,
  ecsArn,
  lastPart,
  named,
  type StoredService,
  upTo,
} from './state.ts';

/** Running, and wanted but not running yet. */
function countsOf(cluster: Cluster, service: StoredService): { readonly running: number; readonly pending: number } {
  const own = [...cluster.tasks.values()].filter(
    (task) => task.group === `service:${service.name}` && desiredStatus(task) === 'RUNNING',
  );
  const running = own.filter(({ status }) => status === 'RUNNING').length;
  return { running, pending: own.length - running };
}

function described(cluster: Cluster, service: StoredService, withTags: boolean): Service {
  const { running, pending } = countsOf(cluster, service);
  const createdAt = new Date(service.createdAt);
  return {
    serviceArn: service.arn,
    serviceName: service.name,
    clusterArn: cluster.arn,
    status: 'ACTIVE',
    desiredCount: service.desiredCount,
    runningCount: running,
    pendingCount: pending,
    launchType: 'FARGATE',
    schedulingStrategy: 'REPLICA',
    deploymentController: { type: 'ECS' },
    taskDefinition: service.definition.arn,
    createdAt,
    deployments: [
      {
        id: service.deploymentId,
        status: 'PRIMARY',
        rolloutState: 'COMPLETED',
        taskDefinition: service.definition.arn,
        desiredCount: service.desiredCount,
        runningCount: running,
        pendingCount: pending,
        failedTasks: 0,
        launchType: 'FARGATE',
        createdAt,
        updatedAt: createdAt,
      },
    ],
    currentServiceRevisions: [
      {
        arn: service.revision.arn,
        requestedTaskCount: service.desiredCount,
        runningTaskCount: running,
        pendingTaskCount: pending,
      },
    ],
    loadBalancers: [],
    events: [],
    ...(withTags ? { tags: Object.entries(service.tags).map(([key, value]) => ({ key, value })) } : {}),
  };
}

export const describeServices = operation<DescribeServicesRequest, DescribeServicesResponse>(
  (input, account) =>
    (input.services ?? []).map((service) => ({
      action: 'ecs:DescribeServices',
      resource: ecsArn(account, `service/${lastPart(input.cluster ?? 'default')}/${lastPart(service)}`),
    })),
  (input, { account }) => {
    const asked = upTo(10, 'Services', input.services);
    const cluster = clusterNamed(account, input.cluster);
    const services: Service[] = [];
    const failures: Failure[] = [];
    for (const name of asked) {
      const service = named(cluster.services, name);
      if (service !== undefined) services.push(described(cluster, service, input.include?.includes('TAGS') ?? false));
      else {
        const arn = ecsArn(account, `service/${cluster.name}/${lastPart(name)}`);
        failures.push({ arn: name.startsWith('arn:') ? name : arn, reason: 'MISSING' });
      }
    }
    return { services, failures };
  },
);
