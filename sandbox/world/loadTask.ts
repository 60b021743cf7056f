import type { Account } from '../account.ts';
import { startLogging } from '../services/ecs/logging.ts';
import { newInterface } from '../services/ecs/network.ts';
import { standsFor } from '../services/ecs/platforms.ts';
import { bindingsFor } from '../services/ecs/ports.ts';
import {
  type Cluster,
  type ContainerInstance,
  ecsArn,
  type ResolvedContainer,
  type StoredTask,
  type StoredTaskDefinition,
  taskDefinitions,
} from '../services/ecs/state.ts';
import { serviceOfTask } from '../services/ecs/tasks.ts';
import { WorldError } from './read.ts';
import { referenceOf } from './reference.ts';
import type { World } from './schema.ts';

type WorldCluster = World['clusters'][number];

/** A task of no service. */
export function loadTask(account: Account, world: World, cluster: Cluster, given: WorldCluster['tasks'][number]): void {
  const definition = loadedDefinition(account, given.taskDefinition);
  const { id, status, startedBy, group = `family:${definition.family}`, tags } = given;
  const host = [...cluster.instances.values()].find(({ ec2InstanceId }) => ec2InstanceId === given.ec2InstanceId);
  const at = given.startedAt === undefined ? account.clock.now() : Date.parse(given.startedAt);
  const containers = resolved(world, definition, given.digests);
  const where = host === undefined ? { platform: standsFor(definition, 'LATEST') } : { host };
  addTask(account, cluster, { id, definition, containers, group, startedBy, status, tags, ...where }, at);
}

/** A task that was there before the account's first moment: it was pulled and started at once, if it came so far. */
export function addTask(
  account: Account,
  cluster: Cluster,
  task: Omit<StoredTask, 'arn' | 'createdAt'>,
  createdAt: number,
): void {
  const arn = ecsArn(account, `task/${cluster.name}/${task.id}`);
  const hasInterface = (task.definition.settings.networkMode ?? 'awsvpc') === 'awsvpc';
  const hasStarted = task.status !== 'PROVISIONING' && task.status !== 'PENDING';
  const isEnding = hasStarted && task.status !== 'RUNNING';
  const service = serviceOfTask(cluster, task);
  const ports = bindingsFor(account, task.definition, task.host, service?.targetGroup !== undefined);
  const stored: StoredTask = {
    ...task,
    arn,
    createdAt,
    ...(hasInterface ? { network: newInterface(account, task.id, service?.securityGroups) } : {}),
    ...(ports.length === 0 ? {} : { ports }),
    ...(hasStarted ? { pullStartedAt: createdAt, pullStoppedAt: createdAt, startedAt: createdAt, version: 4 } : {}),
    ...(isEnding ? { stoppingAt: account.clock.now(), tags: {} } : {}),
    ...(task.status === 'STOPPED' ? { executionStoppedAt: account.clock.now(), stoppedAt: account.clock.now() } : {}),
  };
  cluster.tasks.set(task.id, stored);
  if (hasStarted) startLogging(account, stored, createdAt);
  if (hasStarted && task.host !== undefined) remember(task.host, task.containers);
}

/** A host keeps what it has pulled. */
function remember({ cache }: ContainerInstance, containers: readonly ResolvedContainer[]): void {
  for (const { image, digest } of containers) {
    cache.set(image, digest);
    const repository = /^[^/]+\/(.+?)(?::[^:/@]+)?(?:@.+)?$/.exec(image)?.[1];
    if (digest !== undefined && repository !== undefined) cache.set(`${repository}@${digest}`, digest);
  }
}

/** What each container runs: the digest that the file gives it, else the one that its image stands for in this file. */
export const resolved = (
  world: World,
  definition: StoredTaskDefinition,
  digests: { readonly [container: string]: string },
): readonly ResolvedContainer[] =>
  definition.containers.map(({ name, image }) => ({
    name,
    image,
    digest: digests[name] ?? referenceOf(world, image).digest,
  }));

export function loadedDefinition(account: Account, name: string): StoredTaskDefinition {
  const found = taskDefinitions(account).get(name);
  if (found === undefined) throw new WorldError(`account file: there is no task definition ${name}`);
  return found;
}
