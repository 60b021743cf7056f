import type { ContainerInstance, Service, Task } from '@aws-sdk/client-ecs';
import { serviceInGroup } from '../../account/ecsDescribed.ts';
import { describedTasks } from '../../account/ecsTasks.ts';
import { everyPage, inPartsOf, type Reads } from '../../account/reads.ts';
import { describeHosts, mostDescribed, type OfCluster } from '../targets/containerInstance.ts';

/** DescribeServices takes no more. */
const mostServices = 10;

/** Every task on a host that has not stopped: one that is told to stop is listed among the stopped while it does. */
export async function readTasksOn(read: Reads, { cluster, container }: OfCluster): Promise<readonly Task[]> {
  const tasks = await describedTasks(read, cluster, { containerInstance: container });
  return tasks.filter(({ lastStatus }) => lastStatus !== 'STOPPED');
}

/** Those of these names that are there. */
export async function readServices(
  read: Reads,
  cluster: string,
  names: readonly string[],
): Promise<readonly Service[]> {
  const { client, DescribeServicesCommand } = await read.aws.ecs();
  const found: Service[] = [];
  for (const services of inPartsOf(mostServices, names)) {
    const answer = await client.send(new DescribeServicesCommand({ cluster, services }), read.call);
    found.push(...(answer.services ?? []));
  }
  return found;
}

/** Every host of the cluster, of all pages; those that are on their way in or out, too. */
export async function readHosts(read: Reads, cluster: string): Promise<readonly ContainerInstance[]> {
  const { client, ListContainerInstancesCommand } = await read.aws.ecs();
  const pages = await everyPage(
    (nextToken) => client.send(new ListContainerInstancesCommand({ cluster, nextToken }), read.call),
    (page) => page.nextToken,
  );
  const arns = pages.flatMap(({ containerInstanceArns = [] }) => containerInstanceArns);
  const hosts: ContainerInstance[] = [];
  for (const part of inPartsOf(mostDescribed, arns)) hosts.push(...(await describeHosts(read, cluster, part)));
  return hosts;
}

/** Of tasks on a host: how many there are of each service, and the ids of those of none. */
export interface Sorted {
  readonly services: ReadonlyMap<string, readonly Task[]>;
  readonly alone: readonly string[];
}

export function sortedTasks(tasks: readonly Task[]): Sorted {
  const services = new Map<string, Task[]>();
  const alone: string[] = [];
  for (const task of tasks) {
    const name = serviceInGroup(task.group);
    if (name === null) alone.push((task.taskArn ?? '').split('/').at(-1) ?? '');
    else services.set(name, [...(services.get(name) ?? []), task]);
  }
  return { services, alone: alone.toSorted() };
}
