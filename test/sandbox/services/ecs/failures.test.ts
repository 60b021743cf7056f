import type { DescribeServiceDeploymentsResponse, DescribeTasksResponse } from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { updateImageStorageClass } from '../../../../sandbox/services/ecr/updateImageStorageClass.ts';
import { describeServiceDeployments } from '../../../../sandbox/services/ecs/describeServiceDeployments.ts';
import { describeTasks } from '../../../../sandbox/services/ecs/describeTasks.ts';
import { thresholdOf } from '../../../../sandbox/services/ecs/failures.ts';
import { stopTask } from '../../../../sandbox/services/ecs/stopTask.ts';
import { updateService } from '../../../../sandbox/services/ecs/updateService.ts';
import { watched } from './watched.ts';
import { DIGEST, OLD, workloads } from './workloads.ts';

type World = ReturnType<typeof workloads>;
const HOUR = 3_600_000;
const withRollback = { circuitBreaker: { enable: true, rollback: true } };

const update = (world: World, taskDefinition: string) =>
  world.run(updateService, { cluster: 'prod', service: 'api', taskDefinition });

const archive = (world: World) =>
  world.run(updateImageStorageClass, {
    repositoryName: 'app',
    imageId: { imageDigest: DIGEST },
    targetStorageClass: 'ARCHIVE',
  });

const deployed = async (world: World) => {
  const [newest] = watched(world).service().serviceDeployments;
  const answer = await world.run<DescribeServiceDeploymentsResponse>(describeServiceDeployments, {
    serviceDeploymentArns: [newest?.arn],
  });
  return answer.serviceDeployments?.[0];
};

describe('a task that cannot start', () => {
  it('says that its image cannot be pulled, when that is archived', async () => {
    const world = workloads();
    await archive(world);
    const { tasks, wanted } = watched(world);
    await world.run(stopTask, { cluster: 'prod', task: tasks()[0]?.id });
    await world.clock.advance(40_000);
    const answer = await world.run<DescribeTasksResponse>(describeTasks, { cluster: 'prod', tasks: [tasks()[2]?.id] });
    const [task] = answer.tasks ?? [];
    expect(task).toMatchObject({ lastStatus: 'STOPPED', stopCode: 'TaskFailedToStart' });
    expect(task?.stoppedReason).toMatch(/^CannotPullContainerError: .*app@sha256:a{64}: not found$/);
    expect(task?.containers?.[0]?.reason).toBe(task?.stoppedReason);
    expect(task?.containers?.[0]).not.toHaveProperty('imageDigest');
    expect(task).not.toHaveProperty('startedAt');
    expect(wanted().filter(({ status }) => status === 'RUNNING')).toHaveLength(1);
  });

  it('ends with its container, when that exits at once', async () => {
    const world = workloads();
    await update(world, 'broken:1');
    await world.clock.advance(40_000);
    const failed = watched(world)
      .tasks()
      .find(({ definition }) => definition.family === 'broken');
    expect(failed).toMatchObject({
      stopCode: 'EssentialContainerExited',
      stoppedReason: 'Essential container in task exited',
    });
    expect(failed?.containers[0]?.exitCode).toBe(1);
    expect(failed?.startedAt).toBeUndefined();
  });

  it('is tried again and again, ever more slowly, and its service says that it is impaired, once', async () => {
    const world = workloads();
    await archive(world);
    const { tasks, messages } = watched(world);
    await world.run(stopTask, { cluster: 'prod', task: tasks()[0]?.id });
    const seen: number[] = [];
    for (let hour = 0; hour < 3; hour += 1) {
      const before = new Set(tasks().map(({ id }) => id));
      await world.clock.advance(HOUR);
      seen.push(tasks().filter(({ id }) => !before.has(id)).length);
    }
    expect(seen[0]).toBeGreaterThan(5);
    expect(seen[2]).toBeGreaterThan(0);
    expect(seen[2]).toBeLessThan(seen[0] ?? 0);
    expect(messages().filter((message) => message?.includes('unable to consistently start'))).toHaveLength(1);
  });

  it('starts when the image is there again, and the service is sound', async () => {
    const world = workloads();
    await archive(world);
    const { tasks, wanted, service } = watched(world);
    await world.run(stopTask, { cluster: 'prod', task: tasks()[0]?.id });
    await world.clock.advance(HOUR);
    await world.run(updateImageStorageClass, {
      repositoryName: 'app',
      imageId: { imageDigest: DIGEST },
      targetStorageClass: 'STANDARD',
    });
    await world.clock.advance(2 * HOUR);
    expect(wanted().filter(({ status }) => status === 'RUNNING')).toHaveLength(2);
    expect(service()).toMatchObject({ isSteady: true, startFailures: 0 });
  });
});

describe('the circuit breaker', () => {
  it('counts to half of the desired count, from 3 to 200, or as it is told', () => {
    const breaker = { enable: true, rollback: false };
    expect([1, 6, 25, 400, 800].map((desired) => thresholdOf(breaker, desired))).toEqual([3, 3, 13, 200, 200]);
    const told = (type: 'COUNT' | 'UNBOUNDED_PERCENT', value: number) => ({
      ...breaker,
      thresholdConfiguration: { type, value },
    });
    expect(thresholdOf(told('COUNT', 5), 800)).toBe(5);
    expect(thresholdOf(told('UNBOUNDED_PERCENT', 50), 800)).toBe(400);
  });

  it('rolls a deployment back whose tasks do not start, to the digests that ran before', async () => {
    const world = workloads({ api: withRollback });
    const { service, tasks, wanted, messages } = watched(world);
    const before = service().deploymentId;
    await update(world, 'broken:1');
    await world.clock.advance(HOUR / 2);
    expect(tasks().filter(({ definition }) => definition.family === 'broken').length).toBeLessThanOrEqual(4);
    expect(wanted().map(({ status, containers }) => [status, containers[0]?.digest])).toEqual(
      Array(2).fill(['RUNNING', DIGEST]),
    );
    expect(service()).toMatchObject({ deploymentId: before, deployments: [{ rolloutState: 'COMPLETED' }] });
    expect(await deployed(world)).toMatchObject({
      status: 'ROLLBACK_SUCCESSFUL',
      rollback: {
        reason: `ECS deployment circuit breaker: rolling back to deploymentId ${before}.`,
        serviceRevisionArn: service().revision.arn,
      },
      deploymentCircuitBreaker: { status: 'TRIGGERED', failureCount: 3, threshold: 3 },
    });
    expect(messages().slice(0, 4).toReversed()).toEqual([
      '(service api) (deployment ecs-svc/N) deployment failed: tasks failed to start.',
      '(service api) rolling back to deployment ecs-svc/N.',
      '(service api) (deployment ecs-svc/N) deployment completed.',
      '(service api) has reached a steady state.',
    ]);
  });

  it('without rollback leaves the deployment failed, starts nothing more and stops nothing', async () => {
    const world = workloads({ api: { circuitBreaker: { enable: true } } });
    const { service, tasks, wanted } = watched(world);
    await update(world, 'old:1');
    await world.clock.advance(HOUR / 2);
    const started = tasks().length;
    await world.clock.advance(HOUR / 4);
    expect(tasks()).toHaveLength(started);
    expect(wanted().map(({ definition }) => definition.family)).toEqual(['api', 'api']);
    expect(service().deployments[0].rolloutState).toBe('FAILED');
    expect(service().deployments[0].failedTasks).toBeGreaterThanOrEqual(3);
    expect(service().revision.containers[0]?.digest).toBe(OLD);
    expect(await deployed(world)).toMatchObject({
      status: 'STOPPED',
      statusReason: expect.stringContaining('failed to start'),
    });
  });

  it('when it is off, ECS goes on trying', async () => {
    const world = workloads();
    await update(world, 'broken:1');
    await world.clock.advance(HOUR / 2);
    expect(watched(world).service().deployments[0].rolloutState).toBe('IN_PROGRESS');
    expect(
      watched(world)
        .tasks()
        .filter(({ definition }) => definition.family === 'broken').length,
    ).toBeGreaterThan(5);
    expect((await deployed(world))?.deploymentCircuitBreaker?.status).toBe('DISABLED');
  });

  it('fails to roll back to an image that cannot be pulled either', async () => {
    const world = workloads({ api: { ...withRollback, minimumHealthyPercent: 0, maximumPercent: 100 } });
    await update(world, 'broken:1');
    await archive(world);
    await world.clock.advance(HOUR);
    expect((await deployed(world))?.status).toBe('ROLLBACK_FAILED');
    expect(watched(world).wanted()).toEqual([]);
  });

  it('does not watch over what was deployed before', async () => {
    const world = workloads({ api: withRollback });
    await archive(world);
    for (const { id } of watched(world).tasks()) await world.run(stopTask, { cluster: 'prod', task: id });
    await world.clock.advance(HOUR / 2);
    expect(watched(world).service().deployments[0].rolloutState).toBe('COMPLETED');
    expect(watched(world).tasks().length).toBeGreaterThan(6);
  });
});
