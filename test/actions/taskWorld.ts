import type { NetworkInterface } from '@aws-sdk/client-ec2';
import type { ContainerInstance, Service, Task, TaskDefinition } from '@aws-sdk/client-ecs';
import { mockClient } from 'aws-sdk-client-mock';
import type { Target } from '../../shared/actions/contract.ts';
import type { Aws } from '../../shared/platform/sdk/aws.ts';
import * as ec2 from '../../shared/platform/sdk/ec2.ts';
import * as ecr from '../../shared/platform/sdk/ecr.ts';
import * as ecs from '../../shared/platform/sdk/ecs.ts';
import * as logs from '../../shared/platform/sdk/logs.ts';
import { awsError } from '../account/awsError.ts';
import { image, type TestImage } from '../account/images.ts';
import { account, mockAccount, region, repositoryUri } from '../account/mockAccount.ts';
import { mockEcr } from '../account/mockEcr.ts';

export const taskId = '0f1e2d3c4b5a69788796a5b4c3d2e1f0';
const arn = (resource: string): string => `arn:aws:ecs:${region}:${account}:${resource}`;
export const accused: TestImage = image('amd64');

export const target: Target<'ecs-task'> = {
  kind: 'ecs-task',
  id: `prod/${taskId}`,
  arn: arn(`task/prod/${taskId}`),
  cluster: 'prod',
  service: 'checkout',
  group: 'service:checkout',
  taskDefinition: arn('task-definition/checkout:42'),
  launchType: 'EC2',
  containers: [{ name: 'app', image: `${repositoryUri}:1.42.0` }],
  account,
  region,
};

/** What the account shows of one task; undefined where it is gone. A test changes it, or says what AWS answers instead. */
export interface TaskWorld {
  task?: Task | undefined;
  service?: Service | undefined;
  definition?: TaskDefinition | undefined;
  interfaces?: NetworkInterface[] | undefined;
  host?: ContainerInstance | undefined;
  /** Pages of lines by stream, the last page first; a stream that is not there is refused. */
  lines?: { [stream: string]: readonly (readonly string[])[] };
  images?: TestImage[];
  /** By command. */
  refuse?: { [command: string]: Error };
  /** Commands that are never answered. */
  hang?: readonly string[];
}

const awslogs = (name: string) => ({
  logDriver: 'awslogs' as const,
  options: { 'awslogs-group': '/ecs/checkout', 'awslogs-region': region, 'awslogs-stream-prefix': name },
});

export const whole = (change: TaskWorld = {}): TaskWorld => ({
  task: {
    taskArn: target.arn,
    group: 'service:checkout',
    lastStatus: 'RUNNING',
    desiredStatus: 'RUNNING',
    taskDefinitionArn: arn('task-definition/checkout:42'),
    containerInstanceArn: arn('container-instance/prod/ab'),
    containers: [
      { name: 'app', image: `${repositoryUri}:1.42.0`, imageDigest: accused.digest },
      { name: 'proxy', image: 'public.ecr.aws/envoy:1', imageDigest: `sha256:${'9'.repeat(64)}` },
    ],
    attachments: [
      {
        type: 'ElasticNetworkInterface',
        details: [
          { name: 'subnetId', value: 'subnet-1' },
          { name: 'networkInterfaceId', value: 'eni-1' },
        ],
      },
    ],
    startedAt: new Date('2026-11-24T11:00:00Z'),
    tags: [{ key: 'team', value: 'payments' }],
    overrides: { containerOverrides: [{ name: 'app', environment: [{ name: 'JOB', value: 'override-secret' }] }] },
  },
  service: {
    serviceName: 'checkout',
    tags: [{ key: 'team', value: 'payments' }],
    events: [{ message: '(service checkout) has started 1 tasks' }],
  },
  definition: {
    containerDefinitions: [
      {
        name: 'app',
        command: ['serve', '--password=correct-horse'],
        environment: [
          { name: 'DB_PASSWORD', value: 'correct-horse' },
          { name: 'DEBUG', value: '1' },
        ],
        secrets: [{ name: 'KEY', valueFrom: 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:key-AbCdEf' }],
        logConfiguration: awslogs('checkout'),
      },
      { name: 'proxy', logConfiguration: { logDriver: 'awsfirelens' } },
    ],
  },
  interfaces: [{ NetworkInterfaceId: 'eni-1', PrivateIpAddress: '10.0.1.5' }],
  host: { ec2InstanceId: 'i-0ab12cd34ef567890' },
  lines: { [`checkout/app/${taskId}`]: [['connected with correct-horse', 'stratum+tcp://pool.example:3333']] },
  images: [{ ...accused }],
  ...change,
});

export interface MockedTask {
  readonly aws: Aws;
  /** Commands so far, in order: `DescribeTasks`. */
  sent(): readonly string[];
}

/** The task's world at the SDK's boundary: what is not mocked rejects. */
export function mockTask(world: TaskWorld): MockedTask {
  const sent: string[] = [];
  const clients = {
    ecs: new ecs.ECSClient({ region }),
    ec2: new ec2.EC2Client({ region }),
    ecr: new ecr.ECRClient({ region }),
    logs: new logs.CloudWatchLogsClient({ region }),
  };
  const stubs = {
    ecs: mockClient(clients.ecs),
    ec2: mockClient(clients.ec2),
    ecr: mockClient(clients.ecr),
    logs: mockClient(clients.logs),
  };
  const unmocked = new Error('this call is not mocked');
  stubs.ecs.onAnyCommand().rejects(unmocked);
  stubs.ec2.onAnyCommand().rejects(unmocked);
  stubs.ecr.onAnyCommand().rejects(unmocked);
  stubs.logs.onAnyCommand().rejects(unmocked);
  /** Notes a call; answers as the world says. */
  const answers = async <T>(command: string, answer: () => T): Promise<T> => {
    sent.push(command);
    if (world.hang?.includes(command) === true) return new Promise<never>(() => undefined);
    const refusal = world.refuse?.[command];
    if (refusal !== undefined) throw refusal;
    return answer();
  };
  const one = <T>(value: T | undefined): T[] => (value === undefined ? [] : [value]);
  stubs.ecs
    .on(ecs.DescribeTasksCommand)
    .callsFake((input) =>
      answers('DescribeTasks', () => ({ tasks: input.include?.includes('TAGS') ? one(world.task) : [] })),
    );
  stubs.ecs
    .on(ecs.DescribeServicesCommand)
    .callsFake(() => answers('DescribeServices', () => ({ services: one(world.service) })));
  stubs.ecs.on(ecs.DescribeTaskDefinitionCommand).callsFake(() =>
    answers('DescribeTaskDefinition', () => {
      if (world.definition === undefined) throw awsError('ClientException');
      return { taskDefinition: world.definition, tags: [] };
    }),
  );
  stubs.ecs
    .on(ecs.DescribeContainerInstancesCommand)
    .callsFake(() => answers('DescribeContainerInstances', () => ({ containerInstances: one(world.host) })));
  stubs.ec2.on(ec2.DescribeNetworkInterfacesCommand).callsFake(() =>
    answers('DescribeNetworkInterfaces', () => {
      if (world.interfaces === undefined) throw awsError('InvalidNetworkInterfaceID.NotFound');
      return { NetworkInterfaces: world.interfaces };
    }),
  );
  stubs.logs.on(logs.GetLogEventsCommand).callsFake((input) =>
    answers('GetLogEvents', () => {
      const pages = world.lines?.[input.logStreamName];
      if (pages === undefined) throw awsError('ResourceNotFoundException');
      const at = Number(input.nextToken ?? 0);
      const events = (pages[at] ?? []).map((message) => ({ timestamp: Date.UTC(2026, 10, 24), message }));
      return { events, nextBackwardToken: String(Math.min(at + 1, pages.length)) };
    }),
  );
  mockEcr(stubs.ecr, { images: world.images ?? [], ...(world.refuse && { refuse: world.refuse }) });
  return {
    aws: {
      ...mockAccount({ images: [] }).aws,
      ecs: async () => ({ ...ecs, client: clients.ecs, unrepeated: clients.ecs }),
      ec2: async () => ({ ...ec2, client: clients.ec2, unrepeated: clients.ec2 }),
      ecr: async () => ({ ...ecr, client: clients.ecr }),
      logs: async () => ({ ...logs, client: clients.logs }),
    },
    sent: () => sent,
  };
}
