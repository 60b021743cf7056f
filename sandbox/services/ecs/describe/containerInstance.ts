import type { ContainerInstance, Resource } from '@aws-sdk/client-ecs';
import { type Resources, registered, remaining } from '../resources.ts';
import type { Cluster, ContainerInstance as Stored } from '../state.ts';
import { countsOf } from '../tasks.ts';
import { keyed } from './task.ts';

/** A host as DescribeContainerInstances and UpdateContainerInstancesState show it. */
export function describedInstance(cluster: Cluster, instance: Stored, withTags = false): ContainerInstance {
  const { running, pending } = countsOf([...cluster.tasks.values()].filter(({ host }) => host?.id === instance.id));
  return {
    containerInstanceArn: instance.arn,
    ec2InstanceId: instance.ec2InstanceId,
    status: instance.status,
    agentConnected: instance.downSince === undefined,
    runningTasksCount: running,
    pendingTasksCount: pending,
    registeredResources: listed(registered(instance)),
    remainingResources: listed(remaining(cluster, instance)),
    registeredAt: new Date(instance.registeredAt),
    version: instance.version,
    versionInfo: { agentVersion: '1.100.0' },
    attachments: [],
    attributes: [{ name: 'ecs.os-type', value: 'linux' }],
    ...(withTags ? { tags: keyed(instance.tags) } : {}),
  };
}

/** What is without end is not listed. */
const listed = ({ cpu, memory }: Resources): Resource[] =>
  Object.entries({ CPU: cpu, MEMORY: memory }).flatMap(([name, integerValue]) =>
    Number.isFinite(integerValue) ? [{ name, type: 'INTEGER', integerValue, doubleValue: 0, longValue: 0 }] : [],
  );
