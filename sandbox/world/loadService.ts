import type { Account } from '../account.ts';
import { deploy, unresolved } from '../services/ecs/deployment.ts';
import { newService } from '../services/ecs/newService.ts';
import { standsFor } from '../services/ecs/platforms.ts';
import { lacking, remaining, reservedBy } from '../services/ecs/resources.ts';
import {
  newDeploymentId,
  newRevisionArn,
  type ServiceDeployment,
  type ServiceRevision,
  type StoredDeployment,
  serviceDeploymentArn,
} from '../services/ecs/revisions.ts';
import { type Cluster, type ContainerInstance, ecsArn, type StoredService } from '../services/ecs/state.ts';
import { wantedCount } from '../services/ecs/tasks.ts';
import { groupIds } from './loadNetwork.ts';
import { addTask, loadedDefinition, resolved } from './loadTask.ts';
import { WorldError } from './read.ts';
import type { World } from './schema.ts';

type Given = World['clusters'][number]['services'][number];

/** As long as protection can last: 48 hours. */
const PROTECTION = 2_880 * 60_000;

/** A service that has settled, with as many running tasks as it wants. A deployment of the file begins with the account. */
export function loadService(account: Account, world: World, cluster: Cluster, given: Given): void {
  const place = { account, cluster, name: given.name };
  const isDaemon = given.schedulingStrategy === 'DAEMON';
  const launchType = given.launchType ?? (isDaemon ? 'EC2' : 'FARGATE');
  const platform = launchType === 'FARGATE' ? (given.platformVersion ?? 'LATEST') : undefined;
  const current = completed(place, world, given, given.deployedAt, platform, given.runsOn);
  const earlier = given.history.map((each) =>
    completed(place, world, { ...each, desiredCount: 1 }, each.deployedAt, platform),
  );
  const all = [...earlier, current];
  const { enable = false, rollback = false } = given.circuitBreaker ?? {};
  const service = newService({
    arn: ecsArn(account, `service/${cluster.name}/${given.name}`),
    name: given.name,
    createdAt: (earlier[0] ?? current).createdAt,
    tags: given.tags,
    status: given.status,
    launchType,
    schedulingStrategy: given.schedulingStrategy,
    controller: given.deploymentController,
    ...(given.targetGroup === undefined ? {} : { targetGroup: given.targetGroup }),
    ...(given.registersAgain === undefined ? {} : { registersAgain: given.registersAgain }),
    securityGroups: groupIds(world, given.securityGroups),
    limits: {
      minimumHealthyPercent: given.minimumHealthyPercent ?? (isDaemon ? 0 : 100),
      maximumPercent: given.maximumPercent ?? (isDaemon ? 100 : 200),
      circuitBreaker: { enable, rollback },
    },
    desiredCount: given.desiredCount ?? 0,
    deployments: [current],
    lastCompleted: current,
    serviceDeployments: all.map((each, at) => deploymentOf(place, each, all[at - 1])).reverse(),
  });
  cluster.services.set(given.name, service);
  addTasks(account, cluster, service, given);
  if (given.deploying !== undefined) {
    deploy(account, cluster, service, loadedDefinition(account, given.deploying.taskDefinition));
  }
}

interface Place {
  readonly account: Account;
  readonly cluster: Cluster;
  readonly name: string;
}

function completed(
  { account, cluster, name }: Place,
  world: World,
  given: Pick<Given, 'taskDefinition' | 'digests' | 'desiredCount'>,
  deployedAt: string | undefined,
  asked: string | undefined,
  runs?: string,
): StoredDeployment {
  const definition = loadedDefinition(account, given.taskDefinition);
  const createdAt = deployedAt === undefined ? account.clock.now() : Date.parse(deployedAt);
  const id = newDeploymentId(account);
  // A service that never deployed a task has resolved no digest yet.
  const isKnown = given.desiredCount !== 0 || deployedAt !== undefined || Object.keys(given.digests).length > 0;
  const revision: ServiceRevision = {
    arn: newRevisionArn(account, cluster.name, name),
    definition,
    createdAt,
    containers: isKnown ? resolved(world, definition, given.digests) : unresolved(definition),
    ...(asked === undefined ? {} : { platform: { asked, runs: runs ?? standsFor(definition, asked) } }),
  };
  return {
    id,
    createdAt,
    updatedAt: createdAt,
    revision,
    rolloutState: 'COMPLETED',
    rolloutStateReason: `ECS deployment ${id} completed.`,
    failedTasks: 0,
  };
}

function deploymentOf(
  { account, cluster, name }: Place,
  { id, createdAt, revision, rolloutStateReason }: StoredDeployment,
  before: StoredDeployment | undefined,
): ServiceDeployment {
  return {
    arn: serviceDeploymentArn(account, cluster.name, name, id),
    deploymentId: id,
    createdAt,
    startedAt: createdAt,
    finishedAt: createdAt,
    updatedAt: createdAt,
    target: revision,
    sources: before === undefined ? [] : [before.revision],
    status: 'SUCCESSFUL',
    statusReason: rolloutStateReason,
    failureCount: 0,
  };
}

function addTasks(account: Account, cluster: Cluster, service: StoredService, given: Given): void {
  const hosts = [...cluster.instances.values()].filter(({ status }) => status === 'ACTIVE');
  const { definition, revision, deploymentId, targetGroup } = service;
  for (let at = 0; at < wantedCount(cluster, service); at += 1) {
    const host = service.launchType === 'EC2' ? hostFor(cluster, service, hosts, at) : undefined;
    const task = {
      id: given.taskIds[at] ?? account.random.hex(32),
      definition,
      containers: revision.containers,
      group: `service:${service.name}`,
      startedBy: deploymentId,
      status: 'RUNNING' as const,
      ...(host === undefined ? {} : { host }),
      ...(revision.platform === undefined ? {} : { platform: revision.platform.runs }),
      ...(targetGroup === undefined ? {} : { targetHealthy: true }),
      ...(at < given.protectedTasks ? { protectedUntil: account.clock.now() + PROTECTION } : {}),
    };
    addTask(account, cluster, task, revision.createdAt);
  }
}

/** In turn, each with room left; of a DAEMON each its own. Throws WorldError. */
function hostFor(
  cluster: Cluster,
  { name, definition, schedulingStrategy }: StoredService,
  hosts: readonly ContainerInstance[],
  at: number,
): ContainerInstance {
  const turn = at % Math.max(1, hosts.length);
  const others = schedulingStrategy === 'DAEMON' ? [] : [...hosts.slice(turn + 1), ...hosts.slice(0, turn)];
  const found = [...hosts.slice(turn, turn + 1), ...others].find(
    (host) => lacking(remaining(cluster, host), reservedBy(definition)) === undefined,
  );
  if (found !== undefined) return found;
  throw new WorldError(
    `account file: the hosts of ${cluster.name} have no room for task ${at + 1} of ${name}; give them more cpu and memory, or the service fewer tasks`,
  );
}
