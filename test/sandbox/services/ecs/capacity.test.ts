import type { DescribeContainerInstancesResponse, Resource, RunTaskResponse } from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { describeContainerInstances } from '../../../../sandbox/services/ecs/describeContainerInstances.ts';
import { runTask } from '../../../../sandbox/services/ecs/runTask.ts';
import { taskDefinitions } from '../../../../sandbox/services/ecs/state.ts';
import { stopTask } from '../../../../sandbox/services/ecs/stopTask.ts';
import { updateService } from '../../../../sandbox/services/ecs/updateService.ts';
import { onBus } from './onBus.ts';
import { watched } from './watched.ts';
import { BROKEN, ecsArn } from './workloads.ts';

const api = { cluster: 'prod', service: 'api' };
const small = { ec2InstanceId: 'i-0aaaaaaaaaaaaaaaa', cpu: 1024, memory: 1024 };
const large = { ec2InstanceId: 'i-0bbbbbbbbbbbbbbbb', cpu: 512, memory: 4096 };
type World = ReturnType<typeof onBus>;

/** Tasks of `api` reserve 256 CPU units and 512 MiB each. */
const onHosts = (hosts: readonly object[], more: object = {}) =>
  onBus('ECS Service Action', { hosts, api: { launchType: 'EC2', desiredCount: 2, ...more } });

const hostsOf = (world: World) =>
  watched(world)
    .wanted()
    .map(({ host }) => host?.ec2InstanceId.slice(3, 4))
    .toSorted();

const placementFailures = (world: World) =>
  world
    .events()
    .map(({ detail }) => detail)
    .filter(({ eventName }) => eventName === 'SERVICE_TASK_PLACEMENT_FAILURE');

describe('a host', () => {
  it('shows what can be reserved on it, and what is left', async () => {
    const world = onHosts([small]);
    const [id] = watched(world).cluster().instances.keys();
    const { containerInstances } = await world.run<DescribeContainerInstancesResponse>(describeContainerInstances, {
      cluster: 'prod',
      containerInstances: [id],
    });
    const figures = (resources: Resource[] = []) => resources.map(({ name, integerValue }) => [name, integerValue]);
    expect(figures(containerInstances?.[0]?.registeredResources)).toEqual([
      ['CPU', 1024],
      ['MEMORY', 1024],
    ]);
    expect(figures(containerInstances?.[0]?.remainingResources)).toEqual([
      ['CPU', 512],
      ['MEMORY', 0],
    ]);
  });

  it('lists nothing that is without end', async () => {
    const world = onHosts([{ ec2InstanceId: small.ec2InstanceId }]);
    const [id] = watched(world).cluster().instances.keys();
    const { containerInstances } = await world.run<DescribeContainerInstancesResponse>(describeContainerInstances, {
      cluster: 'prod',
      containerInstances: [id],
    });
    expect(containerInstances?.[0]).toMatchObject({ registeredResources: [], remainingResources: [] });
  });

  it('takes the tasks that fit, however few others has', async () => {
    const world = onHosts([small, large]);
    await world.run(updateService, { ...api, desiredCount: 4 });
    await world.clock.advance(60_000);
    expect(hostsOf(world)).toEqual(['a', 'a', 'b', 'b']);
  });

  it('has room again when a task has stopped, not when it is being stopped', async () => {
    const world = onHosts([{ ...small, memory: 1024 }]);
    const [first] = watched(world).wanted();
    await world.run(stopTask, { cluster: 'prod', task: first?.id });
    await world.clock.advance(6_000);
    expect(first?.status).toBe('STOPPING');
    expect(hostsOf(world)).toEqual(['a']);
    await world.clock.advance(120_000);
    expect(hostsOf(world)).toEqual(['a', 'a']);
  });
});

describe('a service without a place for its tasks', () => {
  const overfull = async () => {
    const world = onHosts([small]);
    await world.run(updateService, { ...api, desiredCount: 3 });
    return world;
  };

  it('says what is lacking where, once, and keeps what runs', async () => {
    const world = await overfull();
    await world.clock.advance(20 * 60_000);
    const [host] = watched(world).cluster().instances.values();
    const said = watched(world).messages();
    expect(said).toEqual([
      '(service api) was unable to place a task because no container instance met all of its requirements. The closest matching (container-instance ID) has insufficient memory available. For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.',
    ]);
    expect(placementFailures(world)).toMatchObject([
      {
        eventType: 'ERROR',
        reason: 'RESOURCE:MEMORY',
        containerInstanceArns: [host?.arn],
        clusterArn: ecsArn('cluster/prod'),
      },
    ]);
    expect(hostsOf(world)).toEqual(['a', 'a']);
    expect(watched(world).service().isSteady).toBe(false);
  });

  it('names the CPU where that is lacking on every host', async () => {
    const world = onHosts(
      [
        { ...small, cpu: 512 },
        { ...large, cpu: 100, memory: 100 },
      ],
      { desiredCount: 1 },
    );
    await world.run(updateService, { ...api, desiredCount: 3 });
    await world.clock.advance(60_000);
    const [first, second] = watched(world).cluster().instances.values();
    expect(watched(world).messages()[0]).toContain('has insufficient CPU units available');
    expect(placementFailures(world)).toMatchObject([
      { reason: 'RESOURCE:CPU', containerInstanceArns: [second?.arn, first?.arn] },
    ]);
  });

  it('tries again by the clock, ever more seldom, and starts them when there is room', async () => {
    const world = await overfull();
    await world.clock.advance(3_600_000);
    const { service } = watched(world);
    const wait = (service().retryAt ?? 0) - world.clock.now();
    expect(service().startFailures).toBeGreaterThan(5);
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(27 * 60_000);
    const [host] = watched(world).cluster().instances.values();
    if (host !== undefined) Object.assign(host, { memory: 2048 });
    await world.clock.advance(28 * 60_000);
    expect(hostsOf(world)).toEqual(['a', 'a', 'a']);
    expect(service()).toMatchObject({ isSteady: true, startFailures: 0 });
  });

  it('fails its deployment, for the circuit breaker counts what cannot be launched', async () => {
    const world = onHosts([{ ...small, memory: 1100 }], { circuitBreaker: { enable: true, rollback: true } });
    await world.run(updateService, { ...api, taskDefinition: 'next:1' });
    await world.clock.advance(10 * 60_000);
    const { service } = watched(world);
    expect(service().serviceDeployments[0]).toMatchObject({ status: 'ROLLBACK_SUCCESSFUL' });
    expect(service().definition.family).toBe('api');
    expect(hostsOf(world)).toEqual(['a', 'a']);
  });
});

describe('Fargate without capacity', () => {
  const away = (more: object = {}) => {
    const world = onBus('ECS Service Action', { api: more });
    watched(world).cluster().fargate = 'unavailable';
    return world;
  };

  it('starts nothing, and the service says so in the words of AWS', async () => {
    const world = away();
    const [first] = watched(world).wanted();
    await world.run(stopTask, { cluster: 'prod', task: first?.id });
    await world.clock.advance(10 * 60_000);
    expect(watched(world).wanted()).toHaveLength(1);
    expect(watched(world).messages()[0]).toBe(
      '(service api) was unable to place a task. Reason: Capacity is unavailable at this time. Please try again later or in a different availability zone. For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.',
    );
    const failures = placementFailures(world);
    expect(failures).toMatchObject([{ reason: 'RESOURCE:FARGATE' }]);
    expect(failures[0]).not.toHaveProperty('containerInstanceArns');
    watched(world).cluster().fargate = 'available';
    await world.clock.advance(28 * 60_000);
    expect(watched(world).wanted()).toHaveLength(2);
  });

  it('keeps the old tasks of a deployment, and fails it where there is a circuit breaker', async () => {
    const world = away({ circuitBreaker: { enable: true, rollback: false } });
    await world.run(updateService, { ...api, taskDefinition: 'next:1' });
    await world.clock.advance(10 * 60_000);
    expect(watched(world).service().deployments[0]).toMatchObject({ rolloutState: 'FAILED', failedTasks: 3 });
    expect(watched(world).wanted()).toHaveLength(2);
  });

  it('is no matter to tasks on hosts', async () => {
    const world = onHosts([large]);
    watched(world).cluster().fargate = 'unavailable';
    const [first] = watched(world).wanted();
    await world.run(stopTask, { cluster: 'prod', task: first?.id });
    await world.clock.advance(120_000);
    expect(hostsOf(world)).toEqual(['b', 'b']);
  });
});

describe('RunTask', () => {
  const start = (world: World, input: object) =>
    world.run<RunTaskResponse>(runTask, { cluster: 'prod', taskDefinition: 'job', ...input });

  it('starts what fits and answers with a failure for each host', async () => {
    const world = onHosts([small, large], { desiredCount: 1 });
    const { tasks, failures } = await start(world, { launchType: 'EC2', count: 4 });
    expect(tasks).toHaveLength(3);
    const [first, second] = watched(world).cluster().instances.values();
    expect(failures).toEqual([
      { arn: first?.arn, reason: 'RESOURCE:MEMORY' },
      { arn: second?.arn, reason: 'RESOURCE:CPU' },
    ]);
  });

  it('answers with the words of AWS where Fargate has no capacity', async () => {
    const world = onBus('ECS Service Action');
    watched(world).cluster().fargate = 'unavailable';
    expect(await start(world, {})).toEqual({
      tasks: [],
      failures: [
        { reason: 'Capacity is unavailable at this time. Please try again later or in a different availability zone' },
      ],
    });
  });

  it('reserves what the containers of a definition without a size ask for', async () => {
    const container = { name: 'web', image: `app@${BROKEN}` };
    const world = onHosts([{ ...small, cpu: 1024, memory: 1024 }], { desiredCount: 0 });
    const job = taskDefinitions(world.account).get('job:1');
    if (job === undefined) throw new Error('There is no job');
    const { cpu: _cpu, memory: _memory, ...settings } = job.settings;
    taskDefinitions(world.account).set('job:1', {
      ...job,
      settings,
      containers: [
        { ...container, cpu: 100, memory: 900, memoryReservation: 300 },
        { ...container, name: 'two', cpu: 100, memory: 200 },
      ],
    });
    const { tasks, failures } = await start(world, { launchType: 'EC2', count: 3 });
    expect(tasks).toHaveLength(2);
    expect(failures).toMatchObject([{ reason: 'RESOURCE:MEMORY' }]);
  });
});
