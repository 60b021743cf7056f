import type { Target } from '../../shared/actions/contract.ts';
import type { Aws } from '../../shared/platform/sdk/aws.ts';
import { actContext, now, type TestContext } from './actContext.ts';
import { type Answers, answeringAws } from './answeringAws.ts';

export const id = 'i-0ab12cd34ef567890';
export const host: Target<'instance'> = {
  kind: 'instance',
  id,
  arn: `arn:aws:ec2:eu-central-1:123456789012:instance/${id}`,
  account: '123456789012',
  region: 'eu-central-1',
};
export const container = `arn:aws:ecs:eu-central-1:123456789012:container-instance/prod/${'0123456789abcdef'.repeat(2)}`;
export const minutesAgo = (minutes: number): Date => new Date(now.getTime() - minutes * 60_000);

/** A registration of the host besides the one that it is a host by. */
export interface Elsewhere {
  readonly cluster: string;
  readonly instance: { readonly containerInstanceArn: string; readonly [field: string]: unknown };
}

/** A registration in a cluster whose name comes first, without a task: nothing has ended it when the host went to another cluster. */
export const stale = (change: object = {}): Elsewhere => ({
  cluster: 'aa-old',
  instance: {
    containerInstanceArn: container.replace('/prod/', '/aa-old/').replace(/[0-9a-f]{32}$/, 'a'.repeat(32)),
    ...{ ec2InstanceId: id, status: 'ACTIVE', agentConnected: false, runningTasksCount: 0 },
    ...change,
  },
});

/** Besides the cluster that the host is of. */
export const clustersOf = (elsewhere: readonly Elsewhere[]): readonly string[] =>
  elsewhere
    .filter(({ cluster }) => cluster !== 'prod')
    .map(({ cluster }) => `arn:aws:ecs:eu-central-1:123456789012:cluster/${cluster}`);

export const arnsIn = (asked: string, elsewhere: readonly Elsewhere[]): readonly string[] =>
  elsewhere.flatMap(({ cluster, instance }) => (cluster === asked ? [instance.containerInstanceArn] : []));

/** One host as AWS shows it; what is undefined is not there. */
export interface HostWorld {
  state: string;
  tags: { Key: string; Value: string }[];
  principal?: string | undefined;
  node: object | undefined;
  host: object | undefined;
  /** What else the instance is registered as. */
  elsewhere: readonly Elsewhere[];
  commands: object[];
  patches: object | undefined;
  /** By the name of a call, what it is refused with. */
  refusals: { [operation: string]: Error };
  /** What UpdateContainerInstancesState says of a host that it does not change. */
  failure?: string;
}

const scanned = {
  PatchGroup: '',
  BaselineId: 'pb-1',
  InstanceId: id,
  Operation: 'Scan',
  OperationStartTime: minutesAgo(61),
} as const;

/** A host that takes tasks, and on which two patches are missing since a scan an hour ago. */
export const worldOfHost = (change: Partial<HostWorld> = {}): HostWorld => ({
  state: 'running',
  tags: [],
  node: { InstanceId: id, PingStatus: 'Online', PlatformType: 'Linux', PlatformName: 'Amazon Linux' },
  host: {
    containerInstanceArn: container,
    ec2InstanceId: id,
    status: 'ACTIVE',
    agentConnected: true,
    runningTasksCount: 2,
    pendingTasksCount: 1,
  },
  elsewhere: [],
  commands: [],
  patches: {
    ...scanned,
    OperationEndTime: minutesAgo(60),
    MissingCount: 2,
    FailedCount: 0,
    InstalledPendingRebootCount: 0,
  },
  refusals: {},
  ...change,
});

const answersOf = (world: HostWorld): Answers => ({
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
  DescribeInstanceInformation: () => ({ InstanceInformationList: world.node === undefined ? [] : [world.node] }),
  DescribeInstancePatchStates: () => ({ InstancePatchStates: world.patches === undefined ? [] : [world.patches] }),
  // A page each, so that whoever does not follow them finds nothing.
  ListCommands: ({ NextToken }: { NextToken?: string }) => {
    const at = Number(NextToken ?? 0);
    return {
      Commands: world.commands.slice(at, at + 1),
      ...(at + 1 < world.commands.length ? { NextToken: String(at + 1) } : {}),
    };
  },
  SendCommand: ({ Comment }: { Comment: string }) => {
    const command = {
      CommandId: `c-${world.commands.length}`,
      Comment,
      Status: 'Pending',
      RequestedDateTime: now,
    };
    world.commands.push(command);
    return { Command: command };
  },
  ListClusters: ({ nextToken }: { nextToken?: string }) =>
    nextToken === undefined
      ? {
          clusterArns: ['arn:aws:ecs:eu-central-1:123456789012:cluster/empty', ...clustersOf(world.elsewhere)],
          nextToken: 'more',
        }
      : { clusterArns: ['arn:aws:ecs:eu-central-1:123456789012:cluster/prod'] },
  ListContainerInstances: ({ cluster, filter }: { cluster: string; filter: string }) => ({
    containerInstanceArns: [
      ...(cluster === 'prod' && filter.includes(id) && world.host !== undefined ? [container] : []),
      ...arnsIn(cluster, world.elsewhere),
    ],
  }),
  DescribeContainerInstances: ({ containerInstances: arns }: { containerInstances: string[] }) => ({
    containerInstances: [
      ...(world.host !== undefined && arns.includes(container) ? [world.host] : []),
      ...world.elsewhere.flatMap(({ instance }) => (arns.includes(instance.containerInstanceArn) ? [instance] : [])),
    ],
  }),
  UpdateContainerInstancesState: ({ status }: { status: string }) => {
    if (world.failure !== undefined) return { failures: [{ reason: world.failure }] };
    if (world.host === undefined) return { failures: [{ reason: 'MISSING' }] };
    world.host = { ...world.host, status };
    return { containerInstances: [world.host] };
  },
});

/** Clients that answer for one host, and what they were sent. */
export function hostAws(world: HostWorld): ReturnType<typeof answeringAws> {
  const refusing = ([operation, answer]: [string, Answers[string]]) => [
    operation,
    (input: never) => {
      const refusal = world.refusals[operation];
      if (refusal !== undefined) throw refusal;
      return answer(input);
    },
  ];
  return answeringAws(Object.fromEntries(Object.entries(answersOf(world)).map(refusing)));
}

/** A step's context on such a host, at its turn. */
export const hostContext = (aws: Aws, chosen: object, more: Partial<TestContext> = {}): TestContext => ({
  ...actContext(aws),
  chosen: { cluster: 'prod', container, drains: true, after: minutesAgo(60).toISOString(), ...chosen },
  ...more,
});
