import type { ContainerInstance, Service, Task, TaskDefinition } from '@aws-sdk/client-ecs';
import type { Reads } from './reads.ts';

/** Descriptions as ECS gives them, one at a time; undefined for what is not there. They throw the SDK's own errors. */

/** With its tags, which go when it stops. */
export async function describeTask(read: Reads, cluster: string, arn: string): Promise<Task | undefined> {
  const { client, DescribeTasksCommand } = await read.aws.ecs();
  const answer = await client.send(new DescribeTasksCommand({ cluster, tasks: [arn], include: ['TAGS'] }), read.call);
  return answer.tasks?.[0];
}

/** With its tags, and the last events that it told. */
export async function describeService(read: Reads, cluster: string, name: string): Promise<Service | undefined> {
  const { client, DescribeServicesCommand } = await read.aws.ecs();
  const answer = await client.send(
    new DescribeServicesCommand({ cluster, services: [name], include: ['TAGS'] }),
    read.call,
  );
  return answer.services?.[0];
}

export interface DescribedDefinition {
  readonly taskDefinition: TaskDefinition | undefined;
  readonly tags: readonly { readonly key?: string | undefined; readonly value?: string | undefined }[];
}

export async function describeDefinition(read: Reads, arn: string): Promise<DescribedDefinition> {
  const { client, DescribeTaskDefinitionCommand } = await read.aws.ecs();
  const { taskDefinition, tags = [] } = await client.send(
    new DescribeTaskDefinitionCommand({ taskDefinition: arn, include: ['TAGS'] }),
    read.call,
  );
  return { taskDefinition, tags };
}

/** The EC2 host of a task, as a container instance. */
export async function describeHost(read: Reads, cluster: string, arn: string): Promise<ContainerInstance | undefined> {
  const { client, DescribeContainerInstancesCommand } = await read.aws.ecs();
  const answer = await client.send(
    new DescribeContainerInstancesCommand({ cluster, containerInstances: [arn], include: ['TAGS'] }),
    read.call,
  );
  return answer.containerInstances?.[0];
}

/** ECS calls the group of a service's tasks `service:NAME`; null for a task of none. */
export const serviceInGroup = (group: string | undefined): string | null =>
  group?.startsWith('service:') === true ? group.slice('service:'.length) : null;
