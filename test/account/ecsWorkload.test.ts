import type { ContainerDefinition, Task, TaskDefinition } from '@aws-sdk/client-ecs';
import { describe, expect, test } from 'vitest';
import { type NamedTask, readWorkload } from '../../shared/account/ecsWorkload.ts';
import { readsWith } from '../../shared/account/reads.ts';
import { unknownRole, type Workload } from '../../shared/account/workload.ts';
import { awsError } from './awsError.ts';
import { account, mockAccount, region, type TestService, type TestTask, type World } from './mockAccount.ts';

const arn = (resource: string): string => `arn:aws:ecs:${region}:${account}:${resource}`;
const role = (name: string): string => `arn:aws:iam::${account}:role/${name}`;
const taskArn = (id: string): string => arn(`task/prod/${id}`);
const named = (id: string): NamedTask => ({ arn: taskArn(id), taskDefinition: null });

const task = (id: string, fields: Task = {}): TestTask => ({
  id,
  image: 'unused',
  task: {
    lastStatus: 'RUNNING',
    desiredStatus: 'RUNNING',
    group: 'service:web',
    launchType: 'FARGATE',
    taskDefinitionArn: arn('task-definition/web:12'),
    containers: [{ name: 'app', image: 'repo:1', imageDigest: 'sha256:1' }],
    pullStoppedAt: new Date('2026-11-20T09:00:00.000Z'),
    startedAt: new Date('2026-11-20T09:00:30.000Z'),
    ...fields,
  },
});

const definition: TaskDefinition = {
  taskRoleArn: role('web'),
  containerDefinitions: [{ name: 'app', readonlyRootFilesystem: true }],
};

const web: TestService = {
  name: 'web',
  definition: [],
  history: [
    {
      id: '1',
      definition: 'web:12',
      containers: [{ name: 'app', image: 'repo:1', digest: 'sha256:1' }],
      createdAt: '2026-11-01T00:00:00.000Z',
      deployments: [{ status: 'SUCCESSFUL', at: '2026-11-01T00:00:01.000Z' }],
    },
  ],
  current: ['1'],
};

interface Asked {
  readonly tasks?: readonly string[];
  readonly services?: readonly string[];
}

const withTasks = (
  world: Partial<World> & { readonly tasks?: readonly TestTask[]; readonly services?: TestService[] },
) => {
  const { tasks = [task('t')], services = [web], ...rest } = world;
  const taskDefinitions = { 'web:12': definition };
  return mockAccount({ images: [], clusters: [{ name: 'prod', tasks, services }], taskDefinitions, ...rest });
};

const read = (
  world: Parameters<typeof withTasks>[0] = {},
  { tasks = ['t'], services = [] }: Asked = {},
): Promise<Workload> =>
  readWorkload(readsWith(withTasks(world).aws), { cluster: 'prod', tasks: tasks.map(named), services });

describe('an accused task', () => {
  test('is read with its service, its containers as they were resolved, its role and its pull', async () => {
    expect(await read()).toEqual({
      tasks: [
        {
          arn: taskArn('t'),
          state: 'running',
          group: 'service:web',
          service: 'web',
          taskDefinition: arn('task-definition/web:12'),
          launchType: 'FARGATE',
          containers: [{ name: 'app', image: 'repo:1', digest: 'sha256:1', readOnlyRoot: true }],
          role: role('web'),
          pulledAt: '2026-11-20T09:00:00.000Z',
        },
      ],
      services: [
        {
          arn: arn('service/prod/web'),
          cluster: 'prod',
          name: 'web',
          versions: [expect.objectContaining({ deployedAt: '2026-11-01T00:00:00.000Z', steady: true })],
        },
      ],
      owner: 'unknown (no tag firebreak:owner, owner, team of service, task definition or cluster)',
      unread: [],
    });
  });

  test('was given the secrets that its definition names, each once, whatever key of them; a parameter is none', async () => {
    const secret = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:shop/database-a1B2c3';
    const names = [`${secret}:password::`, secret, 'arn:aws:ssm:us-east-1:123456789012:parameter/port', 'port'];
    const secrets = names.map((valueFrom, n) => ({ name: `V${n}`, valueFrom }));
    const containerDefinitions = [{ name: 'app', secrets }, { name: 'side' }];
    const { tasks } = await read({ taskDefinitions: { 'web:12': { ...definition, containerDefinitions } } });
    expect(tasks[0]?.secrets).toEqual([secret]);
  });

  test.each([
    ['RUNNING', 'RUNNING', 'running'],
    ['PENDING', 'RUNNING', 'running'],
    ['RUNNING', 'STOPPED', 'stopping'],
    ['DEACTIVATING', 'STOPPED', 'stopping'],
    ['STOPPED', 'STOPPED', 'stopped'],
  ] as const)('that is %s and meant to be %s is %s', async (lastStatus, desiredStatus, state) => {
    expect((await read({ tasks: [task('t', { lastStatus, desiredStatus })] })).tasks[0]?.state).toBe(state);
  });

  test('that ECS does not show any more is gone, and its role is not taken for none', async () => {
    const { tasks, unread } = await read({ tasks: [{ ...task('t'), failure: 'MISSING' }] });
    expect(tasks).toMatchObject([
      { arn: taskArn('t'), state: 'gone', service: null, containers: [], role: unknownRole },
    ]);
    expect(unread).toEqual([]);
  });

  test('keeps its place among those that were asked for, and every one of them is read', async () => {
    const ids = Array.from({ length: 150 }, (_, n) => `t${149 - n}`);
    const mock = withTasks({ tasks: ids.toReversed().map((id) => task(id)) });
    const { tasks } = await readWorkload(readsWith(mock.aws), {
      cluster: 'prod',
      tasks: ids.map(named),
      services: [],
    });
    expect(tasks.map((one) => one.arn)).toEqual(ids.map(taskArn));
    expect(mock.inputs('ecs:DescribeTasks').map((input) => input['tasks'])).toMatchObject([
      { length: 100 },
      { length: 50 },
    ]);
    expect(mock.inputs('ecs:DescribeTaskDefinition')).toHaveLength(1);
  });

  test('of no service belongs to none', async () => {
    const { tasks, services } = await read({ tasks: [task('t', { group: 'family:web' })] });
    expect(tasks[0]).toMatchObject({ service: null, group: 'family:web' });
    expect(services).toEqual([]);
  });

  test('that cannot be read is an error: nobody would know what to stop', async () => {
    const refuse = { DescribeTasks: awsError('AccessDeniedException') };
    await expect(read({ refuse })).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  test('has pulled when it started, where ECS does not say when the pull ended; before that nobody knows', async () => {
    const pulled = async (fields: Task) => (await read({ tasks: [task('t', fields)] })).tasks[0]?.pulledAt;
    const [pullStoppedAt, startedAt] = [undefined, new Date('2026-11-20T09:00:30.000Z')] as const;
    expect(await pulled({ pullStoppedAt, startedAt } as Task)).toBe('2026-11-20T09:00:30.000Z');
    expect(await pulled({ pullStoppedAt, startedAt: undefined } as unknown as Task)).toBeNull();
  });
});

describe('the role of an accused task', () => {
  const roleOf = async (world: Parameters<typeof withTasks>[0]) => (await read(world)).tasks[0]?.role;

  test('is the one that it was started with, over that of its definition', async () => {
    expect(await roleOf({ tasks: [task('t', { overrides: { taskRoleArn: role('other') } })] })).toBe(role('other'));
    expect(await roleOf({ tasks: [task('t', { overrides: {} })] })).toBe(role('web'));
  });

  test('is none where its definition names none', async () => {
    expect(await roleOf({ taskDefinitions: { 'web:12': {} } })).toBeNull();
  });

  test('is unknown where its definition cannot be read', async () => {
    const { tasks, unread } = await read({ refuse: { DescribeTaskDefinition: awsError('AccessDeniedException') } });
    expect(tasks[0]).toMatchObject({ role: unknownRole, containers: [{ readOnlyRoot: null }] });
    expect(unread).toMatchObject([{ place: 'task-definition/web:12', why: expect.stringContaining('access denied') }]);
  });
});

describe('the file system of an accused container', () => {
  const readOnly = async (fields: Partial<ContainerDefinition>) => {
    const containerDefinitions = [{ name: 'app', readonlyRootFilesystem: true, ...fields }];
    return (await read({ taskDefinitions: { 'web:12': { containerDefinitions } } })).tasks[0]?.containers[0]
      ?.readOnlyRoot;
  };

  test.each<[string, Partial<ContainerDefinition>]>([
    ['nothing can be written', {}],
    [
      'only the usual places can be written',
      { mountPoints: [{ containerPath: '/tmp' }, { containerPath: '/run/app' }] },
    ],
    ['what is mounted is read-only, too', { mountPoints: [{ containerPath: '/data', readOnly: true }] }],
    ['others’ volumes are read-only', { volumesFrom: [{ sourceContainer: 'side', readOnly: true }] }],
    ['a scratch folder is where one is expected', { linuxParameters: { tmpfs: [{ containerPath: '/tmp', size: 1 }] } }],
  ])('is read-only where %s', async (_what, fields) => {
    expect(await readOnly(fields)).toBe(true);
  });

  test.each<[string, Partial<ContainerDefinition>]>([
    ['the root can be written', { readonlyRootFilesystem: false }],
    ['a volume can be', { mountPoints: [{ containerPath: '/tmp' }, { containerPath: '/data' }] }],
    ['a folder that only begins so can be', { mountPoints: [{ containerPath: '/tmpdata' }] }],
    ['a volume of another container can be', { volumesFrom: [{ sourceContainer: 'side' }] }],
    ['a scratch folder lies elsewhere', { linuxParameters: { tmpfs: [{ containerPath: '/app', size: 1 }] } }],
  ])('is not where %s', async (_what, fields) => {
    expect(await readOnly(fields)).toBe(false);
  });

  test('is not on a host, where a scan of its disk gives a volume another path than the one where it is mounted', async () => {
    const containerDefinitions = [
      { name: 'app', readonlyRootFilesystem: true, mountPoints: [{ containerPath: '/tmp' }] },
    ];
    const onHost = task('t', { launchType: 'EC2' });
    const { tasks } = await read({ tasks: [onHost], taskDefinitions: { 'web:12': { containerDefinitions } } });
    expect(tasks[0]?.containers[0]?.readOnlyRoot).toBe(false);
  });

  test('is not where its definition does not say, and unknown for a container that the definition does not have', async () => {
    const containers = [{ name: 'app' }, { name: 'injected' }];
    const taskDefinitions = { 'web:12': { containerDefinitions: [{ name: 'app' }] } };
    const { tasks } = await read({ tasks: [task('t', { containers })], taskDefinitions });
    expect(tasks[0]?.containers.map(({ readOnlyRoot }) => readOnlyRoot)).toEqual([false, null]);
  });
});

describe('the service of an accused task', () => {
  test('is read though its task is gone, when the finding names it', async () => {
    const { services } = await read({ tasks: [] }, { services: ['web'] });
    expect(services.map(({ name }) => name)).toEqual(['web']);
  });

  test('is read once, whoever names it, and ten at a time', async () => {
    const names = Array.from({ length: 12 }, (_, n) => `s${n}`);
    const services = names.map((name) => ({ name, definition: [] }));
    const tasks = names.map((name, n) => task(`t${n}`, { group: `service:${name}` }));
    const mock = withTasks({ tasks, services });
    const asked = { cluster: 'prod', tasks: tasks.map(({ id }) => named(id)), services: ['s3'] };
    expect((await readWorkload(readsWith(mock.aws), asked)).services).toHaveLength(12);
    expect(mock.inputs('ecs:DescribeServices').map((input) => input['services'])).toMatchObject([
      { length: 10 },
      { length: 2 },
    ]);
  });

  test.each([
    ['is not there any more', { ...web, failure: 'MISSING' }],
    ['was deleted', { ...web, status: 'INACTIVE' }],
  ])('that %s is none', async (_what, service) => {
    const { services, unread } = await read({ services: [service] });
    expect(services).toEqual([]);
    expect(unread).toEqual([]);
  });

  test('that is being deleted is one: it has tasks', async () => {
    expect((await read({ services: [{ ...web, status: 'DRAINING' }] })).services).toHaveLength(1);
  });

  test('whose deployments cannot be listed is known without its history, and that is said', async () => {
    const { services, unread } = await read({
      refuse: { ListServiceDeployments: awsError('UnsupportedFeatureException') },
    });
    expect(services).toMatchObject([{ name: 'web', versions: [] }]);
    expect(unread).toEqual([
      { place: 'what service/prod/web has run', why: 'AWS refused (UnsupportedFeatureException)', mayPass: false },
    ]);
  });

  test('that cannot be read is said, and may be readable later when AWS only asks for patience', async () => {
    const { services, unread } = await read({ refuse: { DescribeServices: awsError('ThrottlingException') } });
    expect(services).toEqual([]);
    expect(unread).toMatchObject([{ place: 'services web', mayPass: true }]);
  });
});
