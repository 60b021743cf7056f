import { describe, expect, it } from 'vitest';
import { describedDefinition } from '../../../sandbox/services/ecs/describe/definition.ts';
import { clusters, type StoredService, taskDefinitions } from '../../../sandbox/services/ecs/state.ts';
import { tasksOf } from '../../../sandbox/services/ecs/tasks.ts';
import { loadWorld } from '../../../sandbox/world/load.ts';
import { worldSchema } from '../../../sandbox/world/schema.ts';
import { fakeAccount } from '../fakeAccount.ts';
import { digest } from './digests.ts';

const START = Date.parse('2026-11-24T08:00:00.000Z');
const role = 'arn:aws:iam::123456789012:role/api';
const secret = { name: 'DB', valueFrom: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf' };

function loaded(service: object = {}, cluster: object = {}) {
  const fake = fakeAccount();
  loadWorld(
    fake.account,
    worldSchema.parse({
      region: 'eu-west-1',
      repositories: [
        {
          name: 'app',
          images: [
            { digest: digest('a'), tags: ['prod'] },
            { digest: digest('b'), tags: ['next'] },
          ],
        },
      ],
      taskDefinitions: [
        {
          family: 'api',
          revision: 1,
          taskRoleArn: role,
          executionRoleArn: role,
          cpu: '1024',
          memory: '2048',
          tags: { team: 'payments' },
          containers: [
            {
              name: 'web',
              image: 'app:prod',
              environment: { LOG_LEVEL: 'info' },
              secrets: [secret],
              logGroup: '/ecs/api',
              readonlyRootFilesystem: true,
            },
          ],
        },
        { family: 'next', revision: 1, containers: [{ name: 'web', image: 'app:next' }] },
        { family: 'host', revision: 1, networkMode: 'host', containers: [{ name: 'web', image: 'app:prod' }] },
      ],
      clusters: [
        { name: 'prod', services: [{ name: 'api', taskDefinition: 'api:1', desiredCount: 2, ...service }], ...cluster },
      ],
    }),
  );
  const prod = clusters(fake.account).get('prod');
  const found = prod?.services.get('api');
  if (prod === undefined || found === undefined) throw new Error('Nothing was loaded');
  return { ...fake, prod, service: found, tasks: () => tasksOf(prod, found) };
}

const digestOf = ({ revision }: StoredService) => revision.containers[0]?.digest;

it('has of a task definition all that it says', () => {
  const definition = taskDefinitions(loaded().account).get('api:1');
  expect(definition && describedDefinition(definition)).toMatchObject({
    taskRoleArn: role,
    executionRoleArn: role,
    networkMode: 'awsvpc',
    requiresCompatibilities: ['FARGATE'],
    cpu: '1024',
    memory: '2048',
    containerDefinitions: [
      {
        environment: [{ name: 'LOG_LEVEL', value: 'info' }],
        secrets: [secret],
        logConfiguration: {
          logDriver: 'awslogs',
          options: { 'awslogs-group': '/ecs/api', 'awslogs-region': 'eu-west-1', 'awslogs-stream-prefix': 'api' },
        },
        readonlyRootFilesystem: true,
      },
    ],
  });
  expect(definition?.tags).toEqual({ team: 'payments' });
});

describe('a service', () => {
  it('has settled, with nothing to do', () => {
    const { service, clock } = loaded();
    expect(service).toMatchObject({
      isSteady: true,
      events: [],
      launchType: 'FARGATE',
      schedulingStrategy: 'REPLICA',
      controller: 'ECS',
      limits: { minimumHealthyPercent: 100, maximumPercent: 200, circuitBreaker: { enable: false, rollback: false } },
    });
    expect(clock.queued()).toEqual([]);
  });

  it('runs the digest that it is said to run, whatever its tag stands for now', () => {
    const { service, tasks } = loaded({ digests: { web: digest('c') } });
    expect(digestOf(service)).toBe(digest('c'));
    expect(tasks().map(({ containers }) => containers[0]?.digest)).toEqual([digest('c'), digest('c')]);
  });

  it('was deployed when it says, and before that ran what its history holds', () => {
    const { service, tasks } = loaded({
      deployedAt: '2026-11-20T00:00:00Z',
      history: [
        { taskDefinition: 'next:1', digests: { web: digest('d') }, deployedAt: '2026-10-01T00:00:00Z' },
        { taskDefinition: 'api:1', deployedAt: '2026-11-01T00:00:00Z' },
      ],
    });
    const [current, second, first] = service.serviceDeployments;
    expect(current).toMatchObject({ status: 'SUCCESSFUL', createdAt: Date.parse('2026-11-20T00:00:00Z') });
    expect(current?.target).toBe(service.revision);
    expect(current?.sources).toEqual([second?.target]);
    expect(first).toMatchObject({ sources: [], target: { containers: [{ digest: digest('d') }] } });
    expect(service.createdAt).toBe(Date.parse('2026-10-01T00:00:00Z'));
    expect(tasks()[0]?.startedAt).toBe(Date.parse('2026-11-20T00:00:00Z'));
  });

  it('begins the deployment that it is said to be in, and can go back from it', async () => {
    const { service, clock, tasks } = loaded({ deploying: { taskDefinition: 'next:1' } });
    expect(service.deployments.map(({ rolloutState }) => rolloutState)).toEqual(['IN_PROGRESS', 'COMPLETED']);
    expect(service.lastCompleted).toBe(service.deployments[1]);
    await clock.advance(120_000);
    expect(digestOf(service)).toBe(digest('b'));
    expect(tasks().filter(({ status }) => status === 'RUNNING')).toHaveLength(2);
    expect(service.deployments).toMatchObject([{ rolloutState: 'COMPLETED' }]);
  });

  it('has the tasks that it names, of which so many are protected', () => {
    const { tasks } = loaded({ taskIds: ['first'], protectedTasks: 1 });
    expect(tasks().map(({ protectedUntil }) => protectedUntil)).toEqual([START + 48 * 3_600_000, undefined]);
    expect(tasks()[0]?.id).toBe('first');
    expect(tasks()[1]?.id).toMatch(/^[0-9a-f]{32}$/);
  });

  it('knows its digest without a task, when it was deployed once', () => {
    expect(digestOf(loaded({ desiredCount: 0 }).service)).toBeUndefined();
    expect(digestOf(loaded({ desiredCount: 0, deployedAt: '2026-11-20T00:00:00Z' }).service)).toBe(digest('a'));
  });

  it('of the strategy DAEMON has other limits, and a task on each host', () => {
    const cluster = { containerInstances: [{ ec2InstanceId: 'i-0aaaaaaaaaaaaaaaa' }] };
    const { service, tasks, prod } = loaded({ desiredCount: undefined, schedulingStrategy: 'DAEMON' }, cluster);
    expect(service.limits).toMatchObject({ minimumHealthyPercent: 0, maximumPercent: 100 });
    expect(tasks()).toHaveLength(1);
    expect([...prod.instances.values()][0]?.cache.get(`app@${digest('a')}`)).toBe(digest('a'));
  });
});

it('has tasks of no service as they are given', () => {
  const { prod } = loaded(
    {},
    {
      containerInstances: [{ ec2InstanceId: 'i-0aaaaaaaaaaaaaaaa' }],
      tasks: [
        {
          id: 'one',
          taskDefinition: 'host:1',
          group: 'batch',
          startedBy: 'me',
          startedAt: '2026-11-20T00:00:00Z',
          ec2InstanceId: 'i-0aaaaaaaaaaaaaaaa',
          digests: { web: digest('c') },
          tags: { team: 'payments' },
        },
        { id: 'two', taskDefinition: 'api:1', status: 'STOPPED', tags: { team: 'payments' } },
      ],
    },
  );
  expect(prod.tasks.get('one')).toMatchObject({
    group: 'batch',
    startedBy: 'me',
    startedAt: Date.parse('2026-11-20T00:00:00Z'),
    host: { ec2InstanceId: 'i-0aaaaaaaaaaaaaaaa' },
    containers: [{ digest: digest('c') }],
    tags: { team: 'payments' },
  });
  expect(prod.tasks.get('one')?.network).toBeUndefined();
  expect(prod.tasks.get('two')).toMatchObject({ group: 'family:api', status: 'STOPPED', tags: {} });
});
