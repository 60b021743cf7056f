import { createHash } from 'node:crypto';
import type { Account } from '../account.ts';
import { withDefaults } from '../services/ecs/describe/definition.ts';
import { setInMotion } from '../services/ecs/motion.ts';
import { newHostAddress } from '../services/ecs/network.ts';
import { type Cluster, clusters, ecsArn, otherInstances, taskDefinitions } from '../services/ecs/state.ts';
import { addScheduledTask } from '../services/eventbridge/scheduledTask.ts';
import { createLogGroup, logsState } from '../services/logs/groups.ts';
import { addSchedule } from '../services/scheduler/state.ts';
import { groupIds } from './loadNetwork.ts';
import { roleArn } from './loadRoles.ts';
import { loadService } from './loadService.ts';
import { loadedDefinition, loadTask } from './loadTask.ts';
import { referenceOf } from './reference.ts';
import type { World } from './schema.ts';

type Definition = World['taskDefinitions'][number];
type WorldCluster = World['clusters'][number];

export function loadTaskDefinition(account: Account, world: World, given: Definition): void {
  const {
    family,
    revision,
    containers,
    taskRoleArn,
    executionRoleArn,
    networkMode,
    pidMode,
    cpu,
    memory,
    status,
    tags,
    registeredAt,
  } = given;
  for (const { logGroup } of containers) {
    if (logGroup !== undefined && !logsState(account).groups.has(logGroup)) createLogGroup(account, { name: logGroup });
  }
  taskDefinitions(account).set(`${family}:${revision}`, {
    arn: ecsArn(account, `task-definition/${family}:${revision}`),
    family,
    revision,
    registeredAt: registeredAt === undefined ? account.clock.now() : Date.parse(registeredAt),
    containers: containers.map((each) => container(account, world, family, each)),
    settings: {
      networkMode,
      requiresCompatibilities: [networkMode === 'awsvpc' ? 'FARGATE' : 'EC2'],
      cpu,
      memory,
      ...(pidMode === undefined ? {} : { pidMode }),
      ...(taskRoleArn === undefined ? {} : { taskRoleArn: roleArn(account, taskRoleArn) }),
      ...(executionRoleArn === undefined ? {} : { executionRoleArn: roleArn(account, executionRoleArn) }),
    },
    status,
    tags,
  });
}

function container(account: Account, world: World, family: string, given: Definition['containers'][number]) {
  const { name, image, environment, secrets, logGroup, readonlyRootFilesystem, versionConsistency } = given;
  const { privileged, user } = given;
  const options = {
    'awslogs-group': logGroup ?? '',
    'awslogs-region': account.region,
    'awslogs-stream-prefix': family,
  };
  return withDefaults({
    name,
    image: referenceOf(world, image).uri,
    environment: Object.entries(environment).map(([key, value]) => ({ name: key, value })),
    ...(secrets.length === 0 ? {} : { secrets }),
    ...(logGroup === undefined ? {} : { logConfiguration: { logDriver: 'awslogs' as const, options } }),
    ...(readonlyRootFilesystem ? { readonlyRootFilesystem } : {}),
    ...(privileged ? { privileged } : {}),
    ...(user === undefined ? {} : { user }),
    ...(versionConsistency === 'disabled' ? { versionConsistency } : {}),
  });
}

/** A cluster with its hosts and services, as many running tasks as each wants, the tasks of no service, and the rules that would start some. */
export function loadCluster(account: Account, world: World, given: WorldCluster): void {
  const cluster: Cluster = {
    arn: ecsArn(account, `cluster/${given.name}`),
    name: given.name,
    tags: given.tags,
    fargate: given.fargate,
    containerInsights: given.containerInsights,
    services: new Map(),
    tasks: new Map(),
    instances: new Map(),
  };
  clusters(account).set(given.name, cluster);
  setInMotion(account);
  for (const instance of given.containerInstances) loadInstance(account, world, cluster, instance);
  for (const service of given.services) loadService(account, world, cluster, service);
  for (const task of given.tasks) loadTask(account, world, cluster, task);
  for (const { name, schedule, taskDefinition } of given.scheduledTasks) {
    const taskDefinitionArn = loadedDefinition(account, taskDefinition).arn;
    addScheduledTask(account, { name, schedule, clusterArn: cluster.arn, taskDefinitionArn });
  }
  for (const { group, name, state, schedule: expression, taskDefinition, universal } of given.taskSchedules) {
    const definition = ecsArn(account, `task-definition/${taskDefinition}`);
    addSchedule(account, {
      ...{ group, name, state, expression },
      roleArn: `arn:aws:iam::${account.id}:role/scheduler`,
      target: universal ? 'arn:aws:scheduler:::aws-sdk:ecs:runTask' : cluster.arn,
      taskDefinitionArn: universal ? undefined : definition,
      input: universal ? JSON.stringify({ Cluster: given.name, TaskDefinition: taskDefinition }) : undefined,
    });
  }
}

function loadInstance(
  account: Account,
  world: World,
  cluster: Cluster,
  given: WorldCluster['containerInstances'][number],
): void {
  const id = createHash('sha256').update(given.ec2InstanceId).digest('hex').slice(0, 32);
  cluster.instances.set(id, {
    id,
    arn: ecsArn(account, `container-instance/${cluster.name}/${id}`),
    ec2InstanceId: given.ec2InstanceId,
    registeredAt: account.clock.now(),
    tags: given.tags,
    status: given.status,
    ...(given.cpu === undefined ? {} : { cpu: given.cpu }),
    ...(given.memory === undefined ? {} : { memory: given.memory }),
    version: 1,
    ...ec2Of(account, world, given),
    cache: new Map(),
  });
}

type Instance = World['instances'][number];

/** What EC2 knows of an instance: its Auto Scaling group is one of its tags ("Tag Auto Scaling groups and instances"). */
function ec2Of(
  account: Account,
  world: World,
  { securityGroups, tags, autoScalingGroup, operator, role, volumes, launchedAt, metadata }: Omit<Instance, 'ssm'>,
) {
  return {
    privateIp: newHostAddress(account),
    securityGroups: groupIds(world, securityGroups),
    volumes: volumes.map(({ id, kmsKey, ...rest }) => ({
      ...rest,
      ...(id === undefined ? {} : { id }),
      ...(kmsKey === undefined ? {} : { kmsKey }),
    })),
    instanceTags: {
      ...tags,
      ...(autoScalingGroup === undefined ? {} : { 'aws:autoscaling:groupName': autoScalingGroup }),
    },
    ...(operator === undefined ? {} : { operator }),
    ...(role === undefined ? {} : { roleArn: roleArn(account, role) }),
    ...(launchedAt === undefined ? {} : { launchedAt: Date.parse(launchedAt) }),
    metadata,
  };
}

/** An instance that is a host of no cluster. */
export function loadInstanceOfNone(account: Account, world: World, given: Instance): void {
  const { ec2InstanceId } = given;
  const registeredAt = account.clock.now();
  otherInstances(account).set(ec2InstanceId, { ec2InstanceId, registeredAt, ...ec2Of(account, world, given) });
}
