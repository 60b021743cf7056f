import type { LoadBalancer, Service, Task } from '@aws-sdk/client-ecs';
import type { TargetHealthDescription } from '@aws-sdk/client-elastic-load-balancing-v2';
import { inPartsOf, type Reads } from '../../account/reads.ts';
import type { Address } from './types.ts';

/** Those of these tasks that ECS shows, with their tags. Throws the SDK's own error. */
export async function readTasks(read: Reads, cluster: string, arns: readonly string[]): Promise<readonly Task[]> {
  const { client, DescribeTasksCommand } = await read.aws.ecs();
  const found: Task[] = [];
  for (const tasks of inPartsOf(100, [...new Set(arns)])) {
    const answer = await client.send(new DescribeTasksCommand({ cluster, tasks, include: ['TAGS'] }), read.call);
    found.push(...(answer.tasks ?? []));
  }
  return found;
}

const ownAddresses = ({ containers = [] }: Task): readonly string[] =>
  containers
    .flatMap(({ networkInterfaces = [] }) => networkInterfaces)
    .flatMap(({ privateIpv4Address, ipv6Address }) => [privateIpv4Address ?? [], ipv6Address ?? []].flat());

/** By the ARN of a container instance, the id of its EC2 instance: of those tasks that share the network of their host. */
export async function readHosts(
  read: Reads,
  cluster: string,
  tasks: readonly Task[],
): Promise<ReadonlyMap<string, string>> {
  const arns = tasks
    .filter((task) => ownAddresses(task).length === 0)
    .flatMap(({ containerInstanceArn }) => containerInstanceArn ?? []);
  const { client, DescribeContainerInstancesCommand } = await read.aws.ecs();
  const hosts = new Map<string, string>();
  for (const containerInstances of inPartsOf(100, [...new Set(arns)])) {
    const asked = new DescribeContainerInstancesCommand({ cluster, containerInstances });
    for (const { containerInstanceArn = '', ec2InstanceId } of (await client.send(asked, read.call))
      .containerInstances ?? []) {
      if (ec2InstanceId !== undefined) hosts.set(containerInstanceArn, ec2InstanceId);
    }
  }
  return hosts;
}

/** The target groups of a service and of its task sets, with those that a blue/green deployment shifts its requests to. */
export function groupsOf({ loadBalancers = [], taskSets = [] }: Service): readonly LoadBalancer[] {
  const all = [...loadBalancers, ...taskSets.flatMap((set) => set.loadBalancers ?? [])];
  return all.flatMap((one) => {
    const { targetGroupArn, advancedConfiguration } = one;
    const other = advancedConfiguration?.alternateTargetGroupArn;
    return [targetGroupArn ?? [], other ?? []].flat().map((arn) => ({ ...one, targetGroupArn: arn }));
  });
}

/** By what its tasks are reached besides, as people call it: AWS documents no call that takes one task out of these and lets it run. */
export function reachedBy({
  loadBalancers = [],
  serviceRegistries = [],
  deployments = [],
}: Service): readonly string[] {
  return [
    ...(loadBalancers.some(({ loadBalancerName }) => loadBalancerName !== undefined)
      ? ['a Classic Load Balancer']
      : []),
    ...(serviceRegistries.length > 0 ? ['AWS Cloud Map'] : []),
    ...(deployments.some(({ serviceConnectConfiguration }) => serviceConnectConfiguration?.enabled === true)
      ? ['Service Connect']
      : []),
    ...(deployments.some(({ vpcLatticeConfigurations = [] }) => vpcLatticeConfigurations.length > 0)
      ? ['VPC Lattice']
      : []),
  ];
}

/** `checkout`, of `arn:…:targetgroup/checkout/0123456789abcdef`. */
export const groupName = (arn: string): string => arn.split('/')[1] ?? arn;

/** `checkout 10.0.1.0:80` */
export const nameOf = ({ group, id, port }: Address): string => `${groupName(group)} ${id}:${port}`;

/** As what a service may register one of its tasks: an interface of its own by its addresses, else its host and the port there. Pure. */
export function addressesOf(
  task: Task,
  groups: readonly LoadBalancer[],
  hosts: ReadonlyMap<string, string>,
): readonly Address[] {
  const { containers = [], containerInstanceArn = '' } = task;
  const own = ownAddresses(task);
  const host = hosts.get(containerInstanceArn);
  return groups.flatMap(({ targetGroupArn: group = '', containerName, containerPort = 0 }) => {
    if (own.length > 0) return [...new Set(own)].map((id) => ({ group, id, port: containerPort }));
    const bound = containers
      .filter(({ name }) => name === containerName)
      .flatMap(({ networkBindings = [] }) => networkBindings)
      .find((binding) => binding.containerPort === containerPort);
    return host === undefined || bound?.hostPort === undefined ? [] : [{ group, id: host, port: bound.hostPort }];
  });
}

/** What a target group says of its targets: of all, or of those that are asked for. Throws the SDK's own error. */
export async function readHealth(
  read: Reads,
  group: string,
  targets?: readonly Address[],
): Promise<readonly TargetHealthDescription[]> {
  const { client, DescribeTargetHealthCommand } = await read.aws.elasticLoadBalancing();
  const Targets = targets?.map(({ id: Id, port: Port }) => ({ Id, Port }));
  const asked = new DescribeTargetHealthCommand({
    TargetGroupArn: group,
    ...(Targets === undefined ? {} : { Targets }),
  });
  return (await client.send(asked, read.call)).TargetHealthDescriptions ?? [];
}

/**
 * Whether a target gets new requests, or would: `draining` only ends those that it has, and `unused` says of one that is registered that its group
 * or its zone is not in use (API reference, TargetHealth).
 */
export const isRegistered = ({ TargetHealth: { State, Reason } = {} }: TargetHealthDescription): boolean =>
  State !== 'draining' && !(State === 'unused' && Reason === 'Target.NotRegistered');

export const isAt = ({ Target }: TargetHealthDescription, { id, port }: Address): boolean =>
  Target?.Id === id && Number(Target.Port) === port;

const delay = 'deregistration_delay.timeout_seconds';

/** How long a group goes on with the requests that a target has which is taken out, in seconds. Throws the SDK's own error. */
export async function readDrainSeconds(read: Reads, group: string): Promise<number> {
  const { client, DescribeTargetGroupAttributesCommand } = await read.aws.elasticLoadBalancing();
  const asked = new DescribeTargetGroupAttributesCommand({ TargetGroupArn: group });
  const { Attributes = [] } = await client.send(asked, read.call);
  // "The default value is 300 seconds" (API reference, TargetGroupAttribute).
  return Number(Attributes.find(({ Key }) => Key === delay)?.Value ?? 300);
}
