import type {
  DescribeTaskDefinitionResponse,
  ListTaskDefinitionsResponse,
  RegisterTaskDefinitionResponse,
} from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { describeTaskDefinition } from '../../../../sandbox/services/ecs/describeTaskDefinition.ts';
import { listTaskDefinitions } from '../../../../sandbox/services/ecs/listTaskDefinitions.ts';
import { registerTaskDefinition } from '../../../../sandbox/services/ecs/registerTaskDefinition.ts';
import { ecsArn, IMAGE, passing, workloads } from './workloads.ts';

const role = (name: string) => `arn:aws:iam::123456789012:role/${name}`;
const container = {
  name: 'web',
  image: IMAGE,
  environment: [{ name: 'LOG_LEVEL', value: 'info' }],
  secrets: [{ name: 'DB', valueFrom: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf' }],
  logConfiguration: { logDriver: 'awslogs', options: { 'awslogs-group': '/ecs/api' } },
  readonlyRootFilesystem: true,
};
const given = {
  family: 'api',
  taskRoleArn: role('task'),
  executionRoleArn: role('execution'),
  networkMode: 'awsvpc',
  requiresCompatibilities: ['FARGATE'],
  cpu: '256',
  memory: '512',
  containerDefinitions: [container],
  tags: [{ key: 'team', value: 'payments' }],
};

type World = ReturnType<typeof workloads>;
const register = (world: World, input: object) =>
  world.run<RegisterTaskDefinitionResponse>(registerTaskDefinition, input);

describe('RegisterTaskDefinition', () => {
  it('makes the next revision of the family, and keeps everything that it is given', async () => {
    const world = workloads();
    const made = await register(world, given);
    const { tags, containerDefinitions: _containers, ...settings } = given;
    expect(made.taskDefinition).toMatchObject({
      ...settings,
      taskDefinitionArn: ecsArn('task-definition/api:13'),
      revision: 13,
      status: 'ACTIVE',
      compatibilities: ['EC2', 'FARGATE'],
      registeredBy: 'arn:aws:iam::123456789012:root',
      containerDefinitions: [{ ...container, essential: true, cpu: 0, mountPoints: [] }],
    });
    expect(made.tags).toEqual(tags);
    const ask = { taskDefinition: 'api', include: ['TAGS'] };
    expect(await world.run<DescribeTaskDefinitionResponse>(describeTaskDefinition, ask)).toEqual(made);
    const withoutTags = await world.run<DescribeTaskDefinitionResponse>(describeTaskDefinition, {
      taskDefinition: 'api',
    });
    expect(withoutTags).not.toHaveProperty('tags');
    expect((await register(world, { ...given, family: 'new' })).taskDefinition?.revision).toBe(1);
  });

  it('ignores of a copied description what is not registered', async () => {
    const world = workloads();
    const { taskDefinition } = await world.run<DescribeTaskDefinitionResponse>(describeTaskDefinition, {
      taskDefinition: 'api:7',
    });
    const made = await register(world, { ...taskDefinition, status: 'INACTIVE', family: 'api' });
    expect(made.taskDefinition).toMatchObject({ revision: 13, status: 'ACTIVE' });
    expect(made.taskDefinition?.containerDefinitions).toEqual(taskDefinition?.containerDefinitions);
  });

  it.each([
    ['no family', { family: '' }],
    ['a family of other letters', { family: 'a/b' }],
    ['no container', { containerDefinitions: [] }],
    ['a container without a name', { containerDefinitions: [{ image: IMAGE }] }],
    ['a container without an image', { containerDefinitions: [{ name: 'web' }] }],
    ['Fargate without memory', { memory: undefined }],
    ['Fargate on a bridge', { networkMode: 'bridge' }],
  ])('refuses %s', async (_what, more) => {
    await expect(register(workloads(), { ...given, ...more })).rejects.toMatchObject({ code: 'ClientException' });
  });

  const routed = { ...container, logConfiguration: { logDriver: 'awsfirelens' } };
  const router = { name: 'logs', image: IMAGE, firelensConfiguration: { type: 'fluentbit' } };
  const shared = { name: 'DB', value: 'x' };

  it.each([
    ['a routed log without a router', [routed], 'a firelens configuration object must be configured'],
    ['a router without a routed log', [container, router], 'has to be configured with the awsfirelens log driver'],
    ['two routers', [routed, router, { ...router, name: 'more' }], 'Only one container'],
    ['a variable that is a secret, too', [{ ...container, environment: [shared] }], "such as 'DB'"],
    ['more memory than the task has', [{ ...container, memory: 1024 }], "'memory' setting for container 'web'"],
    ['more memory together', [container, routed, router].map((one) => ({ ...one, memory: 200 })), 'total memory'],
    ['what depends on nothing', [{ ...container, dependsOn: [{ containerName: 'db', condition: 'START' }] }], "'db'"],
  ])('refuses %s', async (_what, containerDefinitions, message) => {
    await expect(register(workloads(), { ...given, containerDefinitions })).rejects.toMatchObject({
      code: 'ClientException',
      message: expect.stringContaining(message),
    });
  });

  it('refuses a secret where no execution role could read it, and takes a log router with what goes through it', async () => {
    const { executionRoleArn: _none, ...rest } = given;
    await expect(register(workloads(), rest)).rejects.toThrow("you must also specify a value for 'executionRoleArn'");
    const made = await register(workloads(), { ...given, containerDefinitions: [routed, router] });
    expect(made.taskDefinition?.containerDefinitions).toMatchObject([routed, router]);
  });

  it('asks IAM for the family, for tagging and for both roles', () => {
    const { account } = workloads();
    const ask = (input: object) => registerTaskDefinition.needs(input as never, account);
    expect(ask(given)).toEqual([
      { action: 'ecs:RegisterTaskDefinition', resource: ecsArn('task-definition/api:*') },
      {
        action: 'ecs:TagResource',
        resource: ecsArn('task-definition/api:*'),
        context: { 'ecs:CreateAction': 'RegisterTaskDefinition' },
      },
      passing(role('task')),
      passing(role('execution')),
    ]);
    expect(ask({ family: 'api', taskRoleArn: 'task' })).toEqual([
      { action: 'ecs:RegisterTaskDefinition', resource: ecsArn('task-definition/api:*') },
      passing(role('task')),
    ]);
  });
});

describe('ListTaskDefinitions', () => {
  it('lists by family, then by number', async () => {
    const { run } = workloads();
    const list = async (input: object) =>
      (await run<ListTaskDefinitionsResponse>(listTaskDefinitions, input)).taskDefinitionArns?.map(
        (arn) => arn.split('/')[1],
      );
    expect(await list({})).toEqual(['agent:1', 'api:7', 'api:12', 'broken:1', 'job:1', 'next:1', 'old:1']);
    expect(await list({ familyPrefix: 'api', sort: 'DESC' })).toEqual(['api:12', 'api:7']);
    expect(await list({ familyPrefix: 'ap' })).toEqual([]);
    expect(await list({ status: 'INACTIVE' })).toEqual([]);
    expect(await list({ maxResults: 2 })).toEqual(['agent:1', 'api:7']);
  });
});
