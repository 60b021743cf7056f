import type {
  ContainerInstance,
  DescribeContainerInstancesRequest,
  DescribeContainerInstancesResponse,
  Failure,
} from '@aws-sdk/client-ecs';
import { operation } from '../../account.ts';
import { keyed } from './describe/task.ts';
import {
  type Cluster,
  clusterNamed,
  ecsArn,
  lastPart,
  named,
  type ContainerInstance as Stored,
  upTo,
} from './state.ts';
import { countsOf } from './tasks.ts';

function described(cluster: Cluster, instance: Stored, withTags: boolean): ContainerInstance {
  const { running, pending } = countsOf([...cluster.tasks.values()].filter(({ host }) => host?.id === instance.id));
  return {
    containerInstanceArn: instance.arn,
    ec2InstanceId: instance.ec2InstanceId,
    status: instance.status,
    agentConnected: true,
    runningTasksCount: running,
    pendingTasksCount: pending,
    registeredAt: new Date(instance.registeredAt),
    version: 1,
    versionInfo: { agentVersion: '1.100.0' },
    attachments: [],
    attributes: [{ name: 'ecs.os-type', value: 'linux' }],
    ...(withTags ? { tags: keyed(instance.tags) } : {}),
  };
}

/** By id or ARN. Resources are not counted: hosts have room without end. */
export const describeContainerInstances = operation<
  DescribeContainerInstancesRequest,
  DescribeContainerInstancesResponse
>(
  (input, account) =>
    (input.containerInstances ?? []).map((instance) => ({
      action: 'ecs:DescribeContainerInstances',
      resource: ecsArn(account, `container-instance/${lastPart(input.cluster ?? 'default')}/${lastPart(instance)}`),
    })),
  (input, { account }) => {
    const asked = upTo(100, 'Container instances', input.containerInstances);
    const cluster = clusterNamed(account, input.cluster);
    const withTags = input.include?.includes('TAGS') ?? false;
    const containerInstances: ContainerInstance[] = [];
    const failures: Failure[] = [];
    for (const id of asked) {
      const found = named(cluster.instances, id);
      const arn = id.startsWith('arn:') ? id : ecsArn(account, `container-instance/${cluster.name}/${id}`);
      if (found === undefined) failures.push({ arn, reason: 'MISSING' });
      else containerInstances.push(described(cluster, found, withTags));
    }
    return { containerInstances, failures };
  },
);
