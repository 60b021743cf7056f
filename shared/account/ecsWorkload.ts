import type { ContainerDefinition, Service, Tag, Task, TaskDefinition } from '@aws-sdk/client-ecs';
import { isWritablePath } from '../finding/writablePath.ts';
import { readEcsOwner } from './ecsOwner.ts';
import { readVersions } from './ecsVersions.ts';
import { attempt, inPartsOf, type Reads, type Unread } from './reads.ts';
import { secretArnIn } from './secretReaders.ts';
import { shortArn } from './sightings.ts';
import { type SeenContainer, type SeenService, type SeenTask, unknownRole, type Workload } from './workload.ts';

/** A task as findings name it. */
export interface NamedTask {
  readonly arn: string;
  /** ARN of its definition; null where no finding says. */
  readonly taskDefinition: string | null;
}

/** Tasks of one cluster that findings accuse. */
export interface AccusedTasks {
  /** The cluster's ARN or name. */
  readonly cluster: string;
  readonly tasks: readonly NamedTask[];
  /** Services that the findings name, which are read even when their task is gone. */
  readonly services: readonly string[];
}

/**
 * Reads the accused tasks, the services that they belong to and what those have run. What cannot be read is in `unread`; only
 * the tasks themselves must be readable: throws the SDK's own error when they are not.
 */
export async function readWorkload(read: Reads, accused: AccusedTasks): Promise<Workload> {
  const unread: Unread[] = [];
  const found = await describeTasks(read, accused);
  const defined = definitionsOf(accused.tasks, found);
  const definitions = await readDefinitions(read, defined, unread);
  const tasks = accused.tasks.map(({ arn, taskDefinition }) => {
    const task = found.find(({ taskArn }) => taskArn === arn);
    return task === undefined
      ? goneTask(arn, definitions.get(taskDefinition ?? ''))
      : seenTask(arn, task, definitions.get(task.taskDefinitionArn ?? ''));
  });
  const names = [...new Set([...accused.services, ...tasks.flatMap(({ service }) => service ?? [])])].sort();
  const described = await describeServices(read, accused.cluster, names, unread);
  const services = await readVersionsOf(read, accused.cluster, described, unread);
  const owner = await readEcsOwner(read, accused.cluster, {
    services: { tags: described.map(({ tags }) => tags), unread: described.length < names.length },
    definitions: {
      tags: [...definitions.values()].map(({ tags }) => tags),
      unread: definitions.size < defined.size,
    },
  });
  return { tasks, services, owner, unread };
}

async function describeTasks(read: Reads, { cluster, tasks }: AccusedTasks): Promise<Task[]> {
  const { client, DescribeTasksCommand } = await read.aws.ecs();
  const found: Task[] = [];
  for (const part of inPartsOf(
    100,
    tasks.map(({ arn }) => arn),
  )) {
    const answer = await client.send(new DescribeTasksCommand({ cluster, tasks: part }), read.call);
    found.push(...(answer.tasks ?? []));
  }
  return found;
}

type Tagged = TaskDefinition & { readonly tags: readonly Tag[] };
type Definitions = ReadonlyMap<string, Tagged>;

const definitionsOf = (named: readonly NamedTask[], found: readonly Task[]): ReadonlySet<string> =>
  new Set([
    ...named.flatMap(({ taskDefinition }) => taskDefinition ?? []),
    ...found.flatMap(({ taskDefinitionArn }) => taskDefinitionArn ?? []),
  ]);

async function readDefinitions(read: Reads, arns: ReadonlySet<string>, unread: Unread[]): Promise<Definitions> {
  const { client, DescribeTaskDefinitionCommand } = await read.aws.ecs();
  const definitions = new Map<string, Tagged>();
  for (const arn of arns) {
    const answer = await attempt(unread, shortArn(arn), () =>
      client.send(new DescribeTaskDefinitionCommand({ taskDefinition: arn, include: ['TAGS'] }), read.call),
    );
    if (answer?.taskDefinition !== undefined)
      definitions.set(arn, { ...answer.taskDefinition, tags: answer.tags ?? [] });
  }
  return definitions;
}

/** Of a task that is gone, its definition still says which role it had. */
const goneTask = (arn: string, definition: TaskDefinition | undefined): SeenTask => ({
  arn,
  state: 'gone',
  group: null,
  service: null,
  taskDefinition: null,
  launchType: null,
  containers: [],
  role: roleIn(definition),
  ...secretsIn(definition),
  pulledAt: null,
});

/** What its containers are given of Secrets Manager. */
function secretsIn(definition: TaskDefinition | undefined): Pick<SeenTask, 'secrets'> {
  const given = (definition?.containerDefinitions ?? []).flatMap(({ secrets = [] }) => secrets);
  const arns = given.flatMap(({ valueFrom }) => secretArnIn(valueFrom) ?? []);
  return arns.length === 0 ? {} : { secrets: [...new Set(arns)].sort() };
}

const roleIn = (definition: TaskDefinition | undefined): string | null =>
  definition === undefined ? unknownRole : (definition.taskRoleArn ?? null);

function stateOf({ lastStatus, desiredStatus }: Task): SeenTask['state'] {
  if (lastStatus === 'STOPPED') return 'stopped';
  return desiredStatus === 'STOPPED' ? 'stopping' : 'running';
}

/** ECS calls the group of a service's tasks `service:NAME`. */
const serviceIn = (group: string | undefined): string | null =>
  group?.startsWith('service:') === true ? group.slice('service:'.length) : null;

function seenTask(arn: string, task: Task, definition: TaskDefinition | undefined): SeenTask {
  return {
    arn,
    state: stateOf(task),
    group: task.group ?? null,
    service: serviceIn(task.group),
    taskDefinition: task.taskDefinitionArn ?? null,
    launchType: task.launchType ?? null,
    containers: (task.containers ?? []).map(({ name = '', image, imageDigest }) =>
      seenContainer({ name, image: image ?? null, digest: imageDigest ?? null }, definition, task.launchType === 'EC2'),
    ),
    role: task.overrides?.taskRoleArn ?? roleIn(definition),
    ...secretsIn(definition),
    pulledAt: (task.pullStoppedAt ?? task.startedAt)?.toISOString() ?? null,
  };
}

function seenContainer(
  seen: Omit<SeenContainer, 'readOnlyRoot'>,
  definition: TaskDefinition | undefined,
  onHost: boolean,
): SeenContainer {
  const written: ContainerDefinition | undefined = definition?.containerDefinitions?.find(
    ({ name }) => name === seen.name,
  );
  return { ...seen, readOnlyRoot: written === undefined ? null : isReadOnly(written, onHost) };
}

/**
 * Nothing can be written to but where every program may: a volume that is mounted elsewhere is no part of the image either. A scan of
 * a host's disk gives a volume the path that it has there, so that no path on a host tells where it was mounted.
 */
function isReadOnly(written: ContainerDefinition, onHost: boolean): boolean {
  const { readonlyRootFilesystem, mountPoints = [], volumesFrom = [], linuxParameters } = written;
  const mounted = [...mountPoints, ...(linuxParameters?.tmpfs ?? [])].filter(
    (mount) => !('readOnly' in mount && mount.readOnly === true),
  );
  return (
    readonlyRootFilesystem === true &&
    mounted.every(({ containerPath = '' }) => !onHost && isWritablePath(`${containerPath}/`)) &&
    volumesFrom.every(({ readOnly }) => readOnly === true)
  );
}

async function describeServices(
  read: Reads,
  cluster: string,
  names: readonly string[],
  unread: Unread[],
): Promise<readonly Service[]> {
  const { client, DescribeServicesCommand } = await read.aws.ecs();
  const services: Service[] = [];
  for (const part of inPartsOf(10, names)) {
    const answer = await attempt(unread, `services ${part.join(', ')}`, () =>
      client.send(new DescribeServicesCommand({ cluster, services: part, include: ['TAGS'] }), read.call),
    );
    services.push(...(answer?.services ?? []));
  }
  return services;
}

async function readVersionsOf(
  read: Reads,
  cluster: string,
  services: readonly Service[],
  unread: Unread[],
): Promise<readonly SeenService[]> {
  const seen: SeenService[] = [];
  for (const service of services) {
    const { serviceArn: arn, serviceName: name, status } = service;
    if (arn === undefined || name === undefined || status === 'INACTIVE') continue;
    const versions = await attempt(unread, `what ${shortArn(arn)} has run`, () => readVersions(read, service));
    seen.push({ arn, name, cluster: arn.split('/')[1] ?? cluster, versions: versions ?? [] });
  }
  return seen;
}
