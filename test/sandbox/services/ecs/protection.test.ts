import type { GetTaskProtectionResponse, UpdateTaskProtectionResponse } from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { getTaskProtection } from '../../../../sandbox/services/ecs/getTaskProtection.ts';
import { stopTask } from '../../../../sandbox/services/ecs/stopTask.ts';
import { updateService } from '../../../../sandbox/services/ecs/updateService.ts';
import { updateTaskProtection } from '../../../../sandbox/services/ecs/updateTaskProtection.ts';
import { watched } from './watched.ts';
import { ecsArn, workloads } from './workloads.ts';

type World = ReturnType<typeof workloads>;
const HOUR = 3_600_000;
const job = { id: 'one', taskDefinition: 'job:1' };

const protect = (world: World, tasks: readonly (string | undefined)[], more: object = {}) =>
  world.run<UpdateTaskProtectionResponse>(updateTaskProtection, {
    cluster: 'prod',
    tasks,
    protectionEnabled: true,
    ...more,
  });

const ids = (world: World) =>
  watched(world)
    .wanted()
    .map(({ id }) => id);
const toZero = (world: World) => world.run(updateService, { cluster: 'prod', service: 'api', desiredCount: 0 });

describe('task protection', () => {
  it('is for two hours unless it is said, and can be taken away', async () => {
    const world = workloads();
    const [id] = ids(world);
    const get = () => world.run<GetTaskProtectionResponse>(getTaskProtection, { cluster: 'prod', tasks: [id] });
    const taskArn = ecsArn(`task/prod/${id}`);
    expect(await get()).toEqual({ protectedTasks: [{ taskArn, protectionEnabled: false }], failures: [] });
    const on = { taskArn, protectionEnabled: true, expirationDate: new Date('2026-11-24T10:00:00Z') };
    expect((await protect(world, [id])).protectedTasks).toEqual([on]);
    expect((await get()).protectedTasks).toEqual([on]);
    expect((await protect(world, [id], { protectionEnabled: false })).protectedTasks).toEqual([
      { taskArn, protectionEnabled: false },
    ]);
    await protect(world, [id], { expiresInMinutes: 1 });
    await world.clock.advance(60_000);
    expect((await get()).protectedTasks).toEqual([{ taskArn, protectionEnabled: false }]);
  });

  it('keeps a task through a scale-in, which goes on when it ends', async () => {
    const world = workloads();
    const [kept] = ids(world);
    await protect(world, [kept]);
    await toZero(world);
    await world.clock.advance(HOUR);
    expect(ids(world)).toEqual([kept]);
    expect(watched(world).messages()[0]).toBe(
      '(service api) was unable to reach steady state because task set (ecs-svc/N) was unable to scale in. Reason: The number of protected tasks are more than the desired count of tasks.',
    );
    await world.clock.advance(HOUR + 60_000);
    expect(ids(world)).toEqual([]);
  });

  it('keeps it for longer when it is protected again meanwhile', async () => {
    const world = workloads();
    const [kept] = ids(world);
    await protect(world, [kept]);
    await toZero(world);
    await world.clock.advance(HOUR);
    await protect(world, [kept], { expiresInMinutes: 180 });
    await world.clock.advance(2 * HOUR);
    expect(ids(world)).toEqual([kept]);
    await world.clock.advance(HOUR + 60_000);
    expect(ids(world)).toEqual([]);
  });

  it('keeps a task through a deployment, and lets it go when the protection is taken away', async () => {
    const world = workloads({ api: { protectedTasks: 1 } });
    const [kept] = ids(world);
    await world.run(updateService, { cluster: 'prod', service: 'api', taskDefinition: 'next:1' });
    await world.clock.advance(HOUR);
    expect(ids(world)).toContain(kept);
    expect(watched(world).service().deployments[0].rolloutState).toBe('IN_PROGRESS');
    const blocked = await protect(world, [kept]);
    expect(blocked).toEqual({
      protectedTasks: [],
      failures: [{ arn: ecsArn(`task/prod/${kept}`), reason: 'DEPLOYMENT_BLOCKED' }],
    });
    await protect(world, [kept], { protectionEnabled: false });
    await world.clock.advance(60_000);
    expect(ids(world)).not.toContain(kept);
    expect(watched(world).service().deployments[0].rolloutState).toBe('COMPLETED');
  });

  it('does not hold StopTask back', async () => {
    const world = workloads({ api: { protectedTasks: 2 } });
    const [id] = ids(world);
    await world.run(stopTask, { cluster: 'prod', task: id });
    expect(ids(world)).not.toContain(id);
  });

  it('is for running tasks of services alone', async () => {
    const world = workloads({ tasks: [job] });
    const [id] = ids(world);
    await world.run(stopTask, { cluster: 'prod', task: id });
    expect((await protect(world, ['one', 'two', id])).failures).toEqual([
      { arn: ecsArn('task/prod/one'), reason: 'TASK_NOT_VALID' },
      { arn: ecsArn('task/prod/two'), reason: 'MISSING' },
      { arn: ecsArn(`task/prod/${id}`), reason: 'TASK_NOT_VALID' },
    ]);
  });

  it.each([
    ['no task', [], {}],
    ['more than ten tasks', Array.from({ length: 11 }, (_, at) => `t${at}`), {}],
    ['no word on what is wanted', ['one'], { protectionEnabled: undefined }],
    ['more than two days', ['one'], { expiresInMinutes: 2881 }],
    ['no time', ['one'], { expiresInMinutes: 0 }],
  ])('refuses %s', async (_what, tasks, more) => {
    const asked = protect(workloads({ tasks: [job] }), tasks, more);
    await expect(asked).rejects.toMatchObject({ code: 'InvalidParameterException' });
  });
});
