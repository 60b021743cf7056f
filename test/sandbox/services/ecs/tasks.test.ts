import type { DescribeTasksResponse, ListTasksResponse } from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { describeTasks } from '../../../../sandbox/services/ecs/describeTasks.ts';
import { listTasks } from '../../../../sandbox/services/ecs/listTasks.ts';
import { DIGEST, ecsArn, IMAGE, workloads } from './workloads.ts';

const task = (id: string, status = 'RUNNING') => ({ id, taskDefinition: 'job:1', status });

describe('ListTasks', () => {
  const list = (input: object, given: Parameters<typeof workloads>[0] = {}) =>
    workloads(given).run<ListTasksResponse>(listTasks, { cluster: 'prod', ...input });
  const ids = (answer: ListTasksResponse) => answer.taskArns?.map((arn) => arn.split('/').at(-1));

  it('lists by what ECS wants of a task: one that is being stopped is under STOPPED although it still runs', async () => {
    const tasks = ['PROVISIONING', 'PENDING', 'DEACTIVATING', 'STOPPING', 'STOPPED'].map((status) =>
      task(status, status),
    );
    expect(ids(await list({ family: 'job' }, { tasks }))).toEqual(['PROVISIONING', 'PENDING']);
    const stopped = await list({ desiredStatus: 'STOPPED' }, { tasks });
    expect(ids(stopped)).toEqual(['DEACTIVATING', 'STOPPING', 'STOPPED']);
    expect(ids(await list({ desiredStatus: 'PENDING' }, { tasks }))).toEqual([]);
  });

  it('filters by service, family, launch type and who started it', async () => {
    const tasks = [task('one')];
    expect((await list({}, { tasks })).taskArns).toHaveLength(3);
    expect((await list({ serviceName: 'api' }, { tasks })).taskArns).toHaveLength(2);
    expect((await list({ serviceName: ecsArn('service/prod/api') }, { tasks })).taskArns).toHaveLength(2);
    expect(ids(await list({ family: 'job' }, { tasks }))).toEqual(['one']);
    expect((await list({ launchType: 'FARGATE' }, { tasks })).taskArns).toHaveLength(3);
    expect((await list({ launchType: 'EC2' }, { tasks })).taskArns).toEqual([]);
    expect((await list({ containerInstance: 'i' }, { tasks })).taskArns).toEqual([]);
    expect((await list({ startedBy: 'someone' }, { tasks })).taskArns).toEqual([]);
  });

  it('gives pages of 100 at the most', async () => {
    const tasks = Array.from({ length: 101 }, (_, at) => task(`t${at}`));
    const { run } = workloads({ tasks });
    const page = (input: object) => run<ListTasksResponse>(listTasks, { cluster: 'prod', family: 'job', ...input });
    const first = await page({});
    expect(first.taskArns).toHaveLength(100);
    const second = await page({ nextToken: first.nextToken });
    expect(ids(second)).toEqual(['t100']);
    expect(second).not.toHaveProperty('nextToken');
    expect((await page({ maxResults: 30 })).taskArns).toHaveLength(30);
  });

  it.each([
    ['a cluster that is not there', { cluster: 'dev' }, 'ClusterNotFoundException'],
    ['the default cluster where there is none', { cluster: undefined }, 'ClusterNotFoundException'],
    ['a service that is not there', { serviceName: 'web' }, 'ServiceNotFoundException'],
    ['startedBy with another filter', { startedBy: 'x', family: 'job' }, 'InvalidParameterException'],
    ['a page of 101', { maxResults: 101 }, 'InvalidParameterException'],
    ['a token that it did not give', { nextToken: 'x' }, 'InvalidParameterException'],
  ])('refuses %s', async (_what, input, code) => {
    await expect(list(input)).rejects.toMatchObject({ code });
  });
});

describe('DescribeTasks', () => {
  const ask = (input: object, tasks: readonly object[] = []) =>
    workloads({ tasks, clusters: [{ name: 'default' }] }).run<DescribeTasksResponse>(describeTasks, {
      cluster: 'prod',
      ...input,
    });

  it('describes a task with the digest that it runs', async () => {
    const { tasks, failures } = await ask({ tasks: ['one'] }, [task('one')]);
    expect(failures).toEqual([]);
    expect(tasks).toMatchObject([
      {
        taskArn: ecsArn('task/prod/one'),
        clusterArn: ecsArn('cluster/prod'),
        taskDefinitionArn: ecsArn('task-definition/job:1'),
        group: 'family:job',
        lastStatus: 'RUNNING',
        desiredStatus: 'RUNNING',
        launchType: 'FARGATE',
        createdAt: new Date('2026-11-24T08:00:00Z'),
        containers: [
          { taskArn: ecsArn('task/prod/one'), name: 'run', image: IMAGE, lastStatus: 'RUNNING', imageDigest: DIGEST },
        ],
      },
    ]);
  });

  it('knows no digest before the image is pulled', async () => {
    const { tasks } = await ask({ tasks: ['p', 's'] }, [task('p', 'PENDING'), task('s', 'STOPPING')]);
    expect(tasks?.[0]?.containers?.[0]).not.toHaveProperty('imageDigest');
    expect(tasks?.[1]?.containers?.[0]?.imageDigest).toBe(DIGEST);
    expect(tasks?.[1]).toMatchObject({ lastStatus: 'STOPPING', desiredStatus: 'STOPPED' });
  });

  it('says MISSING of a task that is not there, by the ARN that it would have', async () => {
    const answer = await ask({ tasks: ['one', 'two', ecsArn('task/dev/one')] }, [task('one')]);
    expect(answer.tasks).toHaveLength(1);
    expect(answer.failures).toEqual([
      { arn: ecsArn('task/prod/two'), reason: 'MISSING' },
      { arn: ecsArn('task/dev/one'), reason: 'MISSING' },
    ]);
  });

  it('looks in the default cluster when none is named', async () => {
    const { failures } = await ask({ cluster: undefined, tasks: ['one'] }, [task('one')]);
    expect(failures).toEqual([{ arn: ecsArn('task/default/one'), reason: 'MISSING' }]);
  });

  it('takes 1 to 100 tasks', async () => {
    const hundred = Array.from({ length: 100 }, (_, at) => `t${at}`);
    expect((await ask({ tasks: hundred })).failures).toHaveLength(100);
    await expect(ask({ tasks: [...hundred, 'more'] })).rejects.toMatchObject({ code: 'InvalidParameterException' });
    await expect(ask({ tasks: [] })).rejects.toMatchObject({ code: 'InvalidParameterException' });
  });

  it('asks IAM for each task', () => {
    const { account } = workloads();
    const needs = describeTasks.needs({ cluster: ecsArn('cluster/prod'), tasks: ['one', 'two'] } as never, account);
    expect(needs).toEqual([
      { action: 'ecs:DescribeTasks', resource: ecsArn('task/prod/one') },
      { action: 'ecs:DescribeTasks', resource: ecsArn('task/prod/two') },
    ]);
  });
});
