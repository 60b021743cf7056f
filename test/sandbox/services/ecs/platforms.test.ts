import type {
  DescribeServicesResponse,
  DescribeTasksResponse,
  RunTaskResponse,
  UpdateServiceResponse,
} from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { describeServices } from '../../../../sandbox/services/ecs/describeServices.ts';
import { describeTasks } from '../../../../sandbox/services/ecs/describeTasks.ts';
import { runTask } from '../../../../sandbox/services/ecs/runTask.ts';
import { updateService } from '../../../../sandbox/services/ecs/updateService.ts';
import { watched } from './watched.ts';
import { workloads } from './workloads.ts';

type World = ReturnType<typeof workloads>;

const update = (world: World, input: object) =>
  world.run<UpdateServiceResponse>(updateService, { cluster: 'prod', service: 'api', ...input });

/** Of the service, of its deployments, and of its tasks that are wanted. */
async function versions(world: World) {
  const { services } = await world.run<DescribeServicesResponse>(describeServices, {
    cluster: 'prod',
    services: ['api'],
  });
  const tasks = watched(world)
    .wanted()
    .map(({ arn }) => arn);
  const shown =
    tasks.length === 0
      ? undefined
      : (await world.run<DescribeTasksResponse>(describeTasks, { cluster: 'prod', tasks })).tasks;
  const [service] = services ?? [];
  return [
    service?.platformVersion,
    service?.deployments?.map(({ platformVersion }) => platformVersion),
    shown?.map(({ platformVersion }) => platformVersion),
  ];
}

describe('the platform version of Fargate', () => {
  it('is shown of a service as it was asked for, and of its deployments and tasks as it was resolved', async () => {
    expect(await versions(workloads())).toEqual(['LATEST', ['1.4.0'], ['1.4.0', '1.4.0']]);
    expect(await versions(workloads({ api: { runsOn: '1.3.0' } }))).toEqual(['LATEST', ['1.3.0'], ['1.3.0', '1.3.0']]);
  });

  it('is changed by a deployment, and one that it has already deploys nothing', async () => {
    const world = workloads({ api: { platformVersion: '1.3.0' } });
    await update(world, { platformVersion: 'LATEST' });
    expect(await versions(world)).toEqual(['LATEST', ['1.4.0', '1.3.0'], ['1.3.0', '1.3.0']]);
    await world.clock.advance(120_000);
    expect(await versions(world)).toEqual(['LATEST', ['1.4.0'], ['1.4.0', '1.4.0']]);
    const { service } = await update(world, { platformVersion: 'LATEST' });
    expect(service?.deployments).toHaveLength(1);
    await update(world, { platformVersion: '1.4.0' });
    expect(await versions(world)).toEqual(['1.4.0', ['1.4.0', '1.4.0'], ['1.4.0', '1.4.0']]);
  });

  it('comes back with what a circuit breaker goes back to', async () => {
    const breaker = { circuitBreaker: { enable: true, rollback: true } };
    const world = workloads({ api: { platformVersion: '1.4.0', ...breaker } });
    await update(world, { platformVersion: 'LATEST', taskDefinition: 'broken:1' });
    await world.clock.advance(900_000);
    expect(await versions(world)).toEqual(['1.4.0', ['1.4.0'], ['1.4.0', '1.4.0']]);
  });

  it('stays as a deployment of something else finds it', async () => {
    const world = workloads({ api: { platformVersion: '1.4.0' } });
    await update(world, { taskDefinition: 'next:1' });
    expect((await versions(world))[0]).toBe('1.4.0');
  });

  it.each(['1.3.0', '1.0.0', '9.9.9'])('is not %s any more, or not yet', async (platformVersion) => {
    await expect(update(workloads(), { platformVersion })).rejects.toMatchObject({
      code: 'PlatformUnknownException',
    });
  });

  it('that was retired starts no task, and ends none', async () => {
    const world = workloads({ api: { platformVersion: '1.3.0' } });
    await update(world, { desiredCount: 3 });
    await world.clock.advance(120_000);
    expect(await versions(world)).toEqual(['1.3.0', ['1.3.0'], ['1.3.0', '1.3.0']]);
    expect(watched(world).messages()[0]).toContain('The platform version 1.3.0 is retired.');
  });

  it('is nothing that a service on hosts has', async () => {
    const world = workloads({ api: { launchType: 'EC2' }, hosts: [{ ec2InstanceId: 'i-0ab12cd34ef567890' }] });
    expect(await versions(world)).toEqual([undefined, [undefined], [undefined, undefined]]);
    await expect(update(world, { platformVersion: 'LATEST' })).rejects.toMatchObject({
      code: 'InvalidParameterException',
    });
  });

  it('is resolved for a task of no service, too', async () => {
    const run = (input: object) =>
      workloads().run<RunTaskResponse>(runTask, { cluster: 'prod', taskDefinition: 'job:1', ...input });
    expect((await run({})).tasks).toMatchObject([{ platformVersion: '1.4.0', platformFamily: 'Linux' }]);
    await expect(run({ platformVersion: '1.3.0' })).rejects.toMatchObject({ code: 'PlatformUnknownException' });
  });
});
