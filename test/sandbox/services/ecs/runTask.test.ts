import type {
  DescribeTasksResponse,
  ListTagsForResourceResponse,
  ListTasksResponse,
  RunTaskResponse,
} from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { describeTasks } from '../../../../sandbox/services/ecs/describeTasks.ts';
import { listTagsForResource } from '../../../../sandbox/services/ecs/listTagsForResource.ts';
import { listTasks } from '../../../../sandbox/services/ecs/listTasks.ts';
import { runTask } from '../../../../sandbox/services/ecs/runTask.ts';
import { stopTask } from '../../../../sandbox/services/ecs/stopTask.ts';
import { tagResource } from '../../../../sandbox/services/ecs/tagResource.ts';
import { watched } from './watched.ts';
import { DIGEST, ecsArn, workloads } from './workloads.ts';

type World = ReturnType<typeof workloads>;
const tags = [{ key: 'team', value: 'payments' }];

const start = (world: World, input: object = {}) =>
  world.run<RunTaskResponse>(runTask, { cluster: 'prod', taskDefinition: 'job', ...input });

describe('RunTask', () => {
  it('starts tasks of no service, which run after a while', async () => {
    const world = workloads();
    const { tasks, failures } = await start(world, { count: 2, startedBy: 'me', tags });
    expect(failures).toEqual([]);
    expect(tasks).toHaveLength(2);
    expect(tasks?.[0]).toMatchObject({ lastStatus: 'PROVISIONING', group: 'family:job', startedBy: 'me', tags });
    await world.clock.advance(60_000);
    const ask = { cluster: 'prod', tasks: [tasks?.[0]?.taskArn] };
    const described = await world.run<DescribeTasksResponse>(describeTasks, ask);
    expect(described.tasks).toMatchObject([{ lastStatus: 'RUNNING', containers: [{ imageDigest: DIGEST }] }]);
  });

  it('starts nothing more for a token that it knows, and refuses it with another wish', async () => {
    const world = workloads();
    const first = await start(world, { clientToken: 'a-token' });
    await world.clock.advance(60_000);
    expect(await start(world, { clientToken: 'a-token' })).toEqual(first);
    expect((await world.run<ListTasksResponse>(listTasks, { cluster: 'prod', family: 'job' })).taskArns).toHaveLength(
      1,
    );
    await expect(start(world, { clientToken: 'a-token', count: 2 })).rejects.toMatchObject({
      code: 'ConflictException',
    });
    expect((await start(world, { clientToken: 'another' })).tasks?.[0]?.taskArn).not.toBe(first.tasks?.[0]?.taskArn);
  });

  it('shows them in lists a little later', async () => {
    const world = workloads();
    await start(world);
    const listed = async () =>
      (await world.run<ListTasksResponse>(listTasks, { cluster: 'prod', family: 'job' })).taskArns?.length;
    expect(await listed()).toBe(0);
    await world.clock.advance(5_000);
    expect(await listed()).toBe(1);
  });

  it('starts nothing anew when one ends', async () => {
    const world = workloads();
    const { tasks } = await start(world, { taskDefinition: 'broken:1', group: 'tries' });
    await world.clock.advance(600_000);
    const task = watched(world)
      .cluster()
      .tasks.get(tasks?.[0]?.taskArn?.split('/').at(-1) ?? '');
    expect(task).toMatchObject({ group: 'tries', status: 'STOPPED', stopCode: 'EssentialContainerExited' });
    expect(watched(world).cluster().tasks.size).toBe(3);
  });

  it('needs a host for EC2', async () => {
    expect(await start(workloads(), { launchType: 'EC2' })).toMatchObject({
      tasks: [],
      failures: [{ reason: 'RESOURCE:*' }],
    });
    const world = workloads({ hosts: [{ ec2InstanceId: 'i-0aaaaaaaaaaaaaaaa' }] });
    const { tasks } = await start(world, { launchType: 'EC2', taskDefinition: 'agent' });
    expect(tasks).toMatchObject([{ launchType: 'EC2', lastStatus: 'PENDING', attachments: [] }]);
  });

  it.each([
    ['a task definition that is not there', { taskDefinition: 'nothing' }, 'ClientException'],
    ['a cluster that is not there', { cluster: 'dev' }, 'ClusterNotFoundException'],
    ['more than ten', { count: 11 }, 'InvalidParameterException'],
    ["a service's group", { group: 'service:api' }, 'InvalidParameterException'],
    ['what it does not know', { overrides: {} }, 'UnsupportedFeatureException'],
  ])('refuses %s', async (_what, input, code) => {
    await expect(start(workloads(), input)).rejects.toMatchObject({ code });
  });

  it('asks IAM for the revision that it comes to', () => {
    const needs = runTask.needs({ cluster: 'prod', taskDefinition: 'api', tags } as never, workloads().account);
    expect(needs).toEqual([
      { action: 'ecs:RunTask', resource: ecsArn('task-definition/api:12') },
      { action: 'ecs:TagResource', resource: ecsArn('task/prod/*'), context: { 'ecs:CreateAction': 'RunTask' } },
    ]);
  });
});

describe('tags', () => {
  const tagsOf = async ({ run }: World, resourceArn: string) =>
    (await run<ListTagsForResourceResponse>(listTagsForResource, { resourceArn })).tags;

  it('are on services, tasks, task definitions, clusters and hosts, and can be added to', async () => {
    const world = workloads({ tasks: [{ id: 'one', taskDefinition: 'job:1', tags: { team: 'payments' } }] });
    const arn = ecsArn('service/prod/api');
    expect(await tagsOf(world, arn)).toEqual(tags);
    await world.run(tagResource, { resourceArn: arn, tags: [{ key: 'stage', value: 'prod' }] });
    expect(await tagsOf(world, arn)).toEqual([...tags, { key: 'stage', value: 'prod' }]);
    expect(await tagsOf(world, ecsArn('task/prod/one'))).toEqual(tags);
    expect(await tagsOf(world, ecsArn('cluster/prod'))).toEqual([]);
    expect(await tagsOf(world, ecsArn('task-definition/api:7'))).toEqual([]);
  });

  it('are gone from a task that is being stopped, and cannot be put on it', async () => {
    const world = workloads({ tasks: [{ id: 'one', taskDefinition: 'job:1', tags: { team: 'payments' } }] });
    await world.run(stopTask, { cluster: 'prod', task: 'one' });
    const resourceArn = ecsArn('task/prod/one');
    const missing = { code: 'InvalidParameterException' };
    await expect(tagsOf(world, resourceArn)).rejects.toMatchObject(missing);
    await expect(world.run(tagResource, { resourceArn, tags })).rejects.toMatchObject(missing);
  });
});
