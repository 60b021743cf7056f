import { closest } from '../../shared/rules/closest.ts';
import { inGroupNames } from './checkNetwork.ts';
import { type Misfit, type Path, repeated } from './misfit.ts';
import type { World } from './schema.ts';

type Cluster = World['clusters'][number];
type Service = Cluster['services'][number];

/** What does not fit in a cluster. */
export function inCluster(world: World, cluster: Cluster, path: Path): Misfit[] {
  const { services, tasks, scheduledTasks, taskSchedules, containerInstances } = cluster;
  const users = (key: string, all: readonly { readonly taskDefinition: string }[]): Misfit[] =>
    all.flatMap(({ taskDefinition }, at) => inDefinition(world, taskDefinition, [...path, key, at, 'taskDefinition']));
  return [
    ...repeated(containerInstances, [...path, 'containerInstances'], 'ec2InstanceId', (each) => each.ec2InstanceId),
    ...containerInstances.flatMap(({ securityGroups }, at) =>
      inGroupNames(world, securityGroups, [...path, 'containerInstances', at, 'securityGroups']),
    ),
    ...repeated(services, [...path, 'services'], 'name', ({ name }) => name),
    ...users('services', services),
    ...services.flatMap((service, at) => inService(world, cluster, service, [...path, 'services', at])),
    ...repeated(tasks, [...path, 'tasks'], 'id', ({ id }) => id),
    ...users('tasks', tasks),
    ...tasks.flatMap((task, at) => inTask(world, cluster, task, [...path, 'tasks', at])),
    ...users('scheduledTasks', scheduledTasks),
    // The family alone is the latest revision, of whichever there is.
    ...taskSchedules.flatMap(({ taskDefinition }, at) =>
      taskDefinition.includes(':')
        ? inDefinition(world, taskDefinition, [...path, 'taskSchedules', at, 'taskDefinition'])
        : [],
    ),
  ];
}

function inService(world: World, cluster: Cluster, service: Service, path: Path): Misfit[] {
  const { history, deploying, deploymentController: controller } = service;
  const misfit = (key: string, message: string): Misfit => ({ path: [...path, key], message });
  return [
    ...inCounts(cluster, service, misfit),
    ...inHosts(cluster, service, misfit),
    ...inNetwork(world, service, isOnHosts(service), path),
    ...inGroupNames(world, service.securityGroups, [...path, 'securityGroups']),
    ...inDigests(world, service, path),
    ...history.flatMap((each, at) => [
      ...inDefinition(world, each.taskDefinition, [...path, 'history', at, 'taskDefinition']),
      ...inDigests(world, each, [...path, 'history', at]),
    ]),
    ...inTimes(service, misfit),
    ...(deploying === undefined
      ? []
      : inDefinition(world, deploying.taskDefinition, [...path, 'deploying', 'taskDefinition'])),
    ...(controller !== 'ECS' && (deploying !== undefined || service.circuitBreaker !== undefined)
      ? [
          misfit(
            'deploymentController',
            `with ${controller} ECS deploys nothing; take out deploying and circuitBreaker`,
          ),
        ]
      : []),
  ];
}

type Say = (key: string, message: string) => Misfit;

/** A REPLICA has a count, a DAEMON has none; what is said of some of its tasks must be of tasks that there are. */
function inCounts({ services, tasks }: Cluster, service: Service, misfit: Say): Misfit[] {
  const { schedulingStrategy, desiredCount, taskIds, protectedTasks, status, name } = service;
  if (schedulingStrategy === 'DAEMON') {
    return (['desiredCount', 'autoscaling'] as const).flatMap((key) =>
      service[key] === undefined ? [] : [misfit(key, 'a DAEMON has one task for each container instance; take it out')],
    );
  }
  if (desiredCount === undefined) return [misfit('desiredCount', 'is missing; write how many tasks it keeps')];
  const others = services.filter((each) => each.name !== name).flatMap((each) => each.taskIds);
  const taken = taskIds.find((id, at) =>
    [...others, ...tasks.map((task) => task.id), ...taskIds.slice(0, at)].includes(id),
  );
  return [
    ...(taskIds.length > desiredCount
      ? [misfit('taskIds', `there are only ${desiredCount} tasks; leave some out`)]
      : []),
    ...(taken === undefined ? [] : [misfit('taskIds', `${taken} is there already; change or remove one of the two`)]),
    ...(protectedTasks > desiredCount
      ? [misfit('protectedTasks', `there are only ${desiredCount} tasks; write fewer`)]
      : []),
    ...(status === 'INACTIVE' && desiredCount > 0
      ? [misfit('status', 'an INACTIVE service has no tasks; write desiredCount: 0')]
      : []),
  ];
}

function inHosts({ containerInstances }: Cluster, service: Service, misfit: Say): Misfit[] {
  const { schedulingStrategy, launchType, desiredCount = 0 } = service;
  if (schedulingStrategy === 'DAEMON' && launchType === 'FARGATE') {
    return [misfit('launchType', 'a DAEMON is on EC2; write EC2 or take it out')];
  }
  const key = (['platformVersion', 'runsOn'] as const).find((one) => service[one] !== undefined);
  if (isOnHosts(service) && key !== undefined) {
    return [misfit(key, 'only Fargate has platform versions; take it out, or write launchType: FARGATE')];
  }
  if (service.runsOn !== undefined && (service.platformVersion ?? 'LATEST') !== 'LATEST') {
    return [
      misfit('runsOn', 'only what LATEST stands for differs with time; take it out, or write platformVersion: LATEST'),
    ];
  }
  const isThere = containerInstances.some(({ status }) => status === 'ACTIVE');
  return launchType === 'EC2' && desiredCount > 0 && !isThere
    ? [misfit('launchType', 'its tasks need a container instance that is ACTIVE; add one to the cluster')]
    : [];
}

const isOnHosts = ({ launchType, schedulingStrategy }: Service): boolean =>
  launchType === 'EC2' || schedulingStrategy === 'DAEMON';

/** On Fargate every task has a network interface of its own. */
function inNetwork(
  world: World,
  { taskDefinition }: { readonly taskDefinition: string },
  isOnHost: boolean,
  path: Path,
): Misfit[] {
  const definition = world.taskDefinitions.find(({ family, revision }) => `${family}:${revision}` === taskDefinition);
  const networkMode = definition?.networkMode ?? 'awsvpc';
  if (isOnHost || networkMode === 'awsvpc') return [];
  const message = `${taskDefinition} has the network mode ${networkMode}, which Fargate has not; run it on EC2, or give it awsvpc`;
  return [{ path: [...path, 'taskDefinition'], message }];
}

/** What it ran before lies before what it runs now. */
function inTimes({ history, deployedAt }: Service, misfit: Say): Misfit[] {
  const times = [...history.map((each) => each.deployedAt), ...(deployedAt === undefined ? [] : [deployedAt])].map(
    Date.parse,
  );
  const isOrdered = times.every((time, at) => at === 0 || time > (times[at - 1] ?? 0));
  return isOrdered
    ? []
    : [misfit('history', 'is not in the order of its times; write the oldest first, and all before deployedAt')];
}

function inTask(
  world: World,
  { containerInstances, services }: Cluster,
  task: Cluster['tasks'][number],
  path: Path,
): Misfit[] {
  const { ec2InstanceId, group, id } = task;
  const hosts = containerInstances.map((each) => each.ec2InstanceId);
  return [
    ...inDigests(world, task, path),
    ...inNetwork(world, task, ec2InstanceId !== undefined, path),
    ...(group?.startsWith('service:')
      ? [
          {
            path: [...path, 'group'],
            message: 'is of a service, which has its own tasks; name their ids in its taskIds',
          },
        ]
      : []),
    ...(services.some(({ taskIds }) => taskIds.includes(id))
      ? [{ path: [...path, 'id'], message: `${id} is there already; change or remove one of the two` }]
      : []),
    ...(ec2InstanceId === undefined || hosts.includes(ec2InstanceId)
      ? []
      : [
          {
            path: [...path, 'ec2InstanceId'],
            message: `${ec2InstanceId} is no container instance of the cluster; ${hosts.length === 0 ? 'add it there' : closest(ec2InstanceId, hosts)}`,
          },
        ]),
  ];
}

/** Digests are those of containers that the task definition has. */
function inDigests(
  world: World,
  {
    taskDefinition,
    digests,
  }: { readonly taskDefinition: string; readonly digests: { readonly [container: string]: string } },
  path: Path,
): Misfit[] {
  const definition = world.taskDefinitions.find(({ family, revision }) => `${family}:${revision}` === taskDefinition);
  const names = definition?.containers.map(({ name }) => name) ?? [];
  return Object.keys(digests)
    .filter((name) => definition !== undefined && !names.includes(name))
    .map((name) => ({
      path: [...path, 'digests', name],
      message: `${taskDefinition} has no container ${name}; ${closest(name, names)}`,
    }));
}

function inDefinition(world: World, wanted: string, path: Path): Misfit[] {
  const names = world.taskDefinitions.map(({ family, revision }) => `${family}:${revision}`);
  if (names.includes(wanted)) return [];
  const hint = names.length === 0 ? 'add it there' : closest(wanted, names);
  return [{ path, message: `${wanted} is not among the taskDefinitions; ${hint}` }];
}
