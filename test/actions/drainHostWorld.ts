import type { Aws } from '../../shared/platform/sdk/aws.ts';
import { actContext, type TestContext } from './actContext.ts';
import { type Answers, answeringAws } from './answeringAws.ts';
import { arnsIn, clustersOf, container, type Elsewhere, id } from './hostWorld.ts';

const arnOf = (name: string): string => container.replace(/[0-9a-f]{32}$/, name.padEnd(32, '0'));

export interface TaskGiven {
  readonly id: string;
  /** Name of its service; of none without it. */
  readonly service?: string;
  readonly [field: string]: unknown;
}

/** A cluster of hosts as ECS shows it. */
export interface DrainWorld {
  readonly state: string;
  readonly tags: readonly { Key: string; Value: string }[];
  readonly principal: string | undefined;
  /** The container instance that the instance is; undefined: none. */
  host: object | undefined;
  /** What else the instance is registered as, in other clusters. */
  readonly elsewhere: readonly Elsewhere[];
  /** Every page of the other ones. */
  readonly others: readonly (readonly object[])[];
  /** Tasks on the host, those that are told to stop apart. */
  readonly tasks: readonly TaskGiven[];
  readonly ending: readonly TaskGiven[];
  readonly services: readonly { readonly serviceName: string; readonly [field: string]: unknown }[];
  readonly commands: readonly object[];
}

const room = [
  { name: 'CPU', type: 'INTEGER', integerValue: 1024 },
  { name: 'MEMORY', type: 'INTEGER', integerValue: 2048 },
];

/** Another host, that takes tasks and has some room. */
export const another = (name: string, more: object = {}) => ({
  containerInstanceArn: arnOf(name),
  ec2InstanceId: `i-${name}`,
  ...{ status: 'ACTIVE', agentConnected: true, remainingResources: room },
  ...more,
});

/** The host itself, as changed. */
export const itself = (more: object = {}) => ({
  ...another('0', { containerInstanceArn: container, ec2InstanceId: id, runningTasksCount: 2 }),
  ...more,
});

export const ofService = (task: string, service: string, more: object = {}): TaskGiven => ({
  ...{ id: task, service, cpu: '256', memory: '512' },
  ...more,
});

/** Two tasks of a service on a host of two. */
export const worldOf = (change: Partial<DrainWorld> = {}): DrainWorld => ({
  ...{ state: 'running', tags: [], principal: undefined, host: itself(), elsewhere: [], others: [[another('b')]] },
  ...{ tasks: [ofService('a1', 'web'), ofService('a2', 'web')], ending: [], commands: [] },
  services: [{ serviceName: 'web', desiredCount: 4 }],
  ...change,
});

const answersOf = (world: DrainWorld): Answers => ({
  DescribeInstances: () => ({
    Reservations: [
      {
        Instances: [
          {
            InstanceId: id,
            State: { Name: world.state },
            Tags: world.tags,
            Operator: { Managed: world.principal !== undefined, Principal: world.principal },
          },
        ],
      },
    ],
  }),
  ListCommands: () => ({ Commands: world.commands }),
  ListClusters: () => ({
    clusterArns: [...clustersOf(world.elsewhere), 'arn:aws:ecs:eu-central-1:123456789012:cluster/prod'],
  }),
  // A page each, the first with the host itself.
  ListContainerInstances: ({
    cluster,
    filter,
    nextToken,
  }: {
    cluster: string;
    filter?: string;
    nextToken?: string;
  }) => {
    if (cluster !== 'prod') return { containerInstanceArns: arnsIn(cluster, world.elsewhere) };
    const own = world.host === undefined ? [] : [container];
    if (filter !== undefined) return { containerInstanceArns: own };
    const at = Number(nextToken ?? 0);
    const arns = (world.others[at] ?? []).map((one) => (one as { containerInstanceArn: string }).containerInstanceArn);
    return {
      containerInstanceArns: at === 0 ? [...own, ...arns] : arns,
      ...(at + 1 < world.others.length ? { nextToken: String(at + 1) } : {}),
    };
  },
  DescribeContainerInstances: ({ containerInstances }: { containerInstances: string[] }) => {
    const elsewhere = world.elsewhere.map(({ instance }) => instance);
    const all = [world.host, ...elsewhere, ...world.others.flat()] as ({ containerInstanceArn: string } | undefined)[];
    return {
      containerInstances: all.filter(
        (one) => one !== undefined && containerInstances.includes(one.containerInstanceArn),
      ),
    };
  },
  ListTasks: ({ desiredStatus, nextToken }: { desiredStatus: string; nextToken?: string }) => {
    const listed = desiredStatus === 'RUNNING' ? world.tasks : world.ending;
    const at = Number(nextToken ?? 0);
    return {
      taskArns: listed.slice(at, at + 1).map((task) => `arn:aws:ecs:eu-central-1:123456789012:task/prod/${task.id}`),
      ...(at + 1 < listed.length ? { nextToken: String(at + 1) } : {}),
    };
  },
  DescribeTasks: ({ tasks }: { tasks: string[] }) => ({
    tasks: [...world.tasks, ...world.ending].flatMap(({ id: task, service, ...more }) => {
      const taskArn = tasks.find((arn) => arn.endsWith(`/${task}`));
      const group = service === undefined ? 'family:jobs' : `service:${service}`;
      return taskArn === undefined ? [] : [{ taskArn, group, lastStatus: 'RUNNING', ...more }];
    }),
  }),
  DescribeServices: ({ services }: { services: string[] }) => {
    if (services.length > 10) throw new Error('Services cannot have more than 10 elements');
    return { services: world.services.filter(({ serviceName }) => services.includes(serviceName)) };
  },
  UpdateContainerInstancesState: ({ status }: { status: string }) => {
    if (world.host === undefined) return { failures: [{ reason: 'MISSING' }] };
    world.host = { ...world.host, status };
    return { containerInstances: [world.host] };
  },
});

/** Clients that answer for it, and what they were sent. */
export const drainAws = (world: DrainWorld): ReturnType<typeof answeringAws> => answeringAws(answersOf(world));

/** A step's context there, at its turn. */
export const drainContext = (aws: Aws, more: Partial<TestContext> = {}): TestContext => ({
  ...actContext(aws),
  chosen: { cluster: 'prod', container },
  ...more,
});
