import type { DescribeTasksResponse, ListTasksResponse, StopTaskResponse } from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { describeTasks } from '../../../../sandbox/services/ecs/describeTasks.ts';
import { listTasks } from '../../../../sandbox/services/ecs/listTasks.ts';
import { stopTask } from '../../../../sandbox/services/ecs/stopTask.ts';
import { watched } from './watched.ts';
import { ecsArn, workloads } from './workloads.ts';

const job = { id: 'one', taskDefinition: 'job:1', tags: { team: 'payments' } };

describe('StopTask', () => {
  it('stops a task by name or ARN, with its reason, and its tags are gone at once', async () => {
    const { run } = workloads({ tasks: [job, { ...job, id: 'two' }] });
    const { task } = await run<StopTaskResponse>(stopTask, { cluster: 'prod', task: 'one', reason: 'miner' });
    expect(task).toMatchObject({
      lastStatus: 'STOPPING',
      desiredStatus: 'STOPPED',
      stopCode: 'UserInitiated',
      stoppedReason: 'miner',
      stoppingAt: new Date('2026-11-24T08:00:00Z'),
    });
    await run(stopTask, { cluster: ecsArn('cluster/prod'), task: ecsArn('task/prod/two') });
    const { tasks } = await run<DescribeTasksResponse>(describeTasks, {
      cluster: 'prod',
      tasks: ['one', 'two'],
      include: ['TAGS'],
    });
    expect(tasks?.map(({ tags }) => tags)).toEqual([[], []]);
    expect(tasks?.[1]?.stoppedReason).toBe('Task stopped by user');
  });

  it('takes up to half a minute and some seconds, and shows what the container ended with', async () => {
    const fake = workloads({ tasks: [job] });
    await fake.run(stopTask, { cluster: 'prod', task: 'one' });
    const statuses = await watched(fake).during(45, () => watched(fake).cluster().tasks.get('one')?.status);
    expect(statuses).toEqual(['STOPPING', 'DEPROVISIONING', 'STOPPED']);
    const { tasks } = await fake.run<DescribeTasksResponse>(describeTasks, { cluster: 'prod', tasks: ['one'] });
    expect([137, 143]).toContain(tasks?.[0]?.containers?.[0]?.exitCode);
    expect(tasks?.[0]?.attachments?.[0]?.status).toBe('DELETED');
    expect(tasks?.[0]?.stoppedAt?.getTime()).toBeGreaterThan(tasks?.[0]?.executionStoppedAt?.getTime() ?? Infinity);
  });

  it('is forgotten an hour after it stopped', async () => {
    const fake = workloads({ tasks: [job] });
    const { run, clock } = fake;
    await run(stopTask, { cluster: 'prod', task: 'one' });
    await clock.advance(60_000);
    const ask = () => run<DescribeTasksResponse>(describeTasks, { cluster: 'prod', tasks: ['one'] });
    const stoppedAt = (await ask()).tasks?.[0]?.stoppedAt?.getTime() ?? 0;
    await fake.runDue(stoppedAt + 3_599_000);
    expect((await ask()).tasks).toHaveLength(1);
    await fake.runDue(stoppedAt + 3_600_000);
    expect(await ask()).toMatchObject({ tasks: [], failures: [{ reason: 'MISSING' }] });
  });

  it('shows in lists a little later', async () => {
    const { run, clock } = workloads({ tasks: [job] });
    const listed = async (desiredStatus: string) =>
      (await run<ListTasksResponse>(listTasks, { cluster: 'prod', family: 'job', desiredStatus })).taskArns?.length;
    await run(stopTask, { cluster: 'prod', task: 'one' });
    expect([await listed('RUNNING'), await listed('STOPPED')]).toEqual([1, 0]);
    await clock.advance(5_000);
    expect([await listed('RUNNING'), await listed('STOPPED')]).toEqual([0, 1]);
  });

  it('changes nothing for one that is being stopped, and knows none that has stopped or never was', async () => {
    const { run, clock } = workloads({ tasks: [job] });
    await run(stopTask, { cluster: 'prod', task: 'one', reason: 'first' });
    await clock.advance(100);
    const again = await run<StopTaskResponse>(stopTask, { cluster: 'prod', task: 'one', reason: 'second' });
    expect(again.task?.stoppedReason).toBe('first');
    const missing = { code: 'InvalidParameterException', message: 'The referenced task was not found.' };
    await expect(run(stopTask, { cluster: 'prod', task: 'two' })).rejects.toMatchObject(missing);
    await clock.advance(60_000);
    await expect(run(stopTask, { cluster: 'prod', task: 'one' })).rejects.toMatchObject(missing);
    await expect(run(stopTask, { cluster: 'dev', task: 'one' })).rejects.toMatchObject({
      code: 'ClusterNotFoundException',
    });
  });

  it('asks IAM for the task', () => {
    const needs = stopTask.needs({ cluster: 'prod', task: 'one' } as never, workloads().account);
    expect(needs).toEqual([{ action: 'ecs:StopTask', resource: ecsArn('task/prod/one') }]);
  });
});
