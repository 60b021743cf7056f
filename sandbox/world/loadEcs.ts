import type { Account } from '../account.ts';
import {
  type Cluster,
  clusters,
  ecsArn,
  type ResolvedContainer,
  type StoredTask,
  type StoredTaskDefinition,
  taskDefinitions,
} from '../services/ecs/state.ts';
import { addScheduledTask } from '../services/eventbridge/scheduledTask.ts';
import { WorldError } from './read.ts';
import { referenceOf } from './reference.ts';
import type { World } from './schema.ts';

type Definition = World['taskDefinitions'][number];

export function loadTaskDefinition(account: Account, world: World, { family, revision, containers }: Definition): void {
  taskDefinitions(account).set(`${family}:${revision}`, {
    arn: ecsArn(account, `task-definition/${family}:${revision}`),
    family,
    revision,
    registeredAt: account.clock.now(),
    containers: containers.map(({ name, image }) => ({ name, image: referenceOf(world, image).uri })),
  });
}

/** A cluster with its services, as many running tasks as each wants, the tasks of no service, and the rules that would start some. */
export function loadCluster(account: Account, world: World, given: World['clusters'][number]): void {
  const cluster: Cluster = {
    arn: ecsArn(account, `cluster/${given.name}`),
    name: given.name,
    services: new Map(),
    tasks: new Map(),
  };
  clusters(account).set(given.name, cluster);
  for (const service of given.services) loadService(account, world, cluster, service);
  for (const { id, taskDefinition, status } of given.tasks) {
    const definition = definitionNamed(account, taskDefinition);
    const containers = resolved(world, definition);
    const task = { id, definition, containers, group: `family:${definition.family}`, startedBy: undefined, status };
    addTask(account, cluster, task);
  }
  for (const { name, schedule, taskDefinition } of given.scheduledTasks) {
    const taskDefinitionArn = definitionNamed(account, taskDefinition).arn;
    addScheduledTask(account, { name, schedule, clusterArn: cluster.arn, taskDefinitionArn });
  }
}

function loadService(
  account: Account,
  world: World,
  cluster: Cluster,
  { name, tags, taskDefinition, desiredCount }: World['clusters'][number]['services'][number],
): void {
  const definition = definitionNamed(account, taskDefinition);
  const deploymentId = `ecs-svc/${digits(account)}`;
  const containers = resolved(world, definition);
  cluster.services.set(name, {
    arn: ecsArn(account, `service/${cluster.name}/${name}`),
    name,
    createdAt: account.clock.now(),
    tags,
    deploymentId,
    definition,
    desiredCount,
    revision: {
      arn: ecsArn(account, `service-revision/${cluster.name}/${name}/${digits(account)}`),
      // A service that never deployed a task has resolved no digest yet.
      containers: desiredCount > 0 ? containers : containers.map((each) => ({ ...each, digest: undefined })),
    },
  });
  for (let count = 0; count < desiredCount; count += 1) {
    const task = {
      id: account.random.hex(32),
      definition,
      containers,
      group: `service:${name}`,
      startedBy: deploymentId,
    };
    addTask(account, cluster, { ...task, status: 'RUNNING' });
  }
}

function addTask(account: Account, cluster: Cluster, task: Omit<StoredTask, 'arn' | 'createdAt'>): void {
  const arn = ecsArn(account, `task/${cluster.name}/${task.id}`);
  cluster.tasks.set(task.id, { ...task, arn, createdAt: account.clock.now() });
}

const resolved = (world: World, definition: StoredTaskDefinition): readonly ResolvedContainer[] =>
  definition.containers.map(({ name, image }) => ({ name, image, digest: referenceOf(world, image).digest }));

function definitionNamed(account: Account, name: string): StoredTaskDefinition {
  const found = taskDefinitions(account).get(name);
  if (found === undefined) throw new WorldError(`account file: there is no task definition ${name}`);
  return found;
}

/** 19 digits: how ECS numbers deployments and revisions. */
const digits = (account: Account): string =>
  `1${Array.from({ length: 18 }, () => Math.floor(account.random.next() * 10)).join('')}`;
