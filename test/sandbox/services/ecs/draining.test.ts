import type {
  DescribeServicesResponse,
  ListTasksResponse,
  UpdateContainerInstancesStateResponse,
} from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { describeServices } from '../../../../sandbox/services/ecs/describeServices.ts';
import { listTasks } from '../../../../sandbox/services/ecs/listTasks.ts';
import { runTask } from '../../../../sandbox/services/ecs/runTask.ts';
import { stopTask } from '../../../../sandbox/services/ecs/stopTask.ts';
import { updateContainerInstancesState } from '../../../../sandbox/services/ecs/updateContainerInstancesState.ts';
import { updateService } from '../../../../sandbox/services/ecs/updateService.ts';
import { onBus } from './onBus.ts';
import { watched } from './watched.ts';
import { ecsArn, workloads } from './workloads.ts';

const [a, b] = ['i-0aaaaaaaaaaaaaaaa', 'i-0bbbbbbbbbbbbbbbb'];
const api = { cluster: 'prod', service: 'api' };
type World = ReturnType<typeof workloads>;

const onHosts = (more: object = {}, options: object = {}) =>
  workloads({ hosts: [{ ec2InstanceId: a }, { ec2InstanceId: b }], api: { launchType: 'EC2', ...more }, ...options });

const hostId = (world: World, ec2InstanceId: string) =>
  [...watched(world).cluster().instances.values()].find((one) => one.ec2InstanceId === ec2InstanceId)?.id;

const set = (world: World, status: string, ...ids: readonly string[]) =>
  world.run<UpdateContainerInstancesStateResponse>(updateContainerInstancesState, {
    cluster: 'prod',
    containerInstances: ids.map((id) => hostId(world, id)),
    status,
  });

/** Where the tasks of a service are that are not being stopped, a letter each. */
const places = (world: World, name = 'api') =>
  watched(world, name)
    .wanted()
    .map(({ host }) => host?.ec2InstanceId.slice(3, 4))
    .toSorted()
    .join('');

/** How many tasks of `api` run and are to go on. */
const running = (world: World) =>
  watched(world)
    .wanted()
    .filter(({ status }) => status === 'RUNNING').length;

describe('UpdateContainerInstancesState', () => {
  it('answers with the hosts as they are then, and with those that are not there', async () => {
    const world = onHosts();
    const answer = await world.run<UpdateContainerInstancesStateResponse>(updateContainerInstancesState, {
      cluster: 'prod',
      containerInstances: [hostId(world, a), 'nothing'],
      status: 'DRAINING',
    });
    expect(answer.containerInstances).toMatchObject([{ ec2InstanceId: a, status: 'DRAINING', runningTasksCount: 1 }]);
    expect(answer.failures).toEqual([{ arn: ecsArn('container-instance/prod/nothing'), reason: 'MISSING' }]);
  });

  it.each([
    ['none', { containerInstances: [], status: 'DRAINING' }],
    ['eleven', { containerInstances: Array(11).fill('x'), status: 'DRAINING' }],
    ['no state', { containerInstances: ['x'] }],
    ['a state that only AWS sets', { containerInstances: ['x'], status: 'DEREGISTERING' }],
  ])('refuses %s', async (_what, input) => {
    const refused = workloads().run(updateContainerInstancesState, { cluster: 'prod', ...input });
    await expect(refused).rejects.toMatchObject({ code: 'InvalidParameterException' });
  });

  it('asks IAM for each host', () => {
    const { account } = workloads();
    expect(
      updateContainerInstancesState.needs({ cluster: 'prod', containerInstances: ['x', 'y'] } as never, account),
    ).toEqual(
      ['x', 'y'].map((id) => ({
        action: 'ecs:UpdateContainerInstancesState',
        resource: ecsArn(`container-instance/prod/${id}`),
      })),
    );
  });

  it('is told on the bus, when it changes something', async () => {
    const world = onBus('ECS Container Instance State Change', { hosts: [{ ec2InstanceId: a, cpu: 1024 }] });
    await set(world, 'DRAINING', a);
    await set(world, 'DRAINING', a);
    await world.clock.advance(1_000);
    const [event, ...more] = world.events();
    expect(more).toEqual([]);
    expect(event).toMatchObject({
      resources: [ecsArn(`container-instance/prod/${hostId(world, a)}`)],
      detail: {
        status: 'DRAINING',
        version: 2,
        agentConnected: true,
        clusterArn: ecsArn('cluster/prod'),
        ec2InstanceId: a,
        remainingResources: [{ name: 'CPU', type: 'INTEGER', integerValue: 1024 }],
        updatedAt: expect.stringMatching(/^2026-/),
      },
    });
  });
});

describe('a host that drains', () => {
  it('lets tasks of services go when they are replaced elsewhere', async () => {
    const world = onHosts();
    await set(world, 'DRAINING', a);
    const seen = await watched(world).during(90, () => running(world));
    expect(seen).toEqual([2, 3, 2]);
    expect(places(world)).toBe('bb');
    expect(watched(world).service()).toMatchObject({ isSteady: true, deployments: [{ rolloutState: 'COMPLETED' }] });
  });

  it('lets them go first where the minimum allows it', async () => {
    const world = onHosts({ minimumHealthyPercent: 50, maximumPercent: 100 });
    await set(world, 'DRAINING', a);
    const seen = await watched(world).during(120, () => running(world));
    expect(seen).toEqual([2, 1, 2]);
    expect(places(world)).toBe('bb');
  });

  it('stops at once what does not run yet', async () => {
    const world = onHosts({ minimumHealthyPercent: 100, maximumPercent: 200 });
    await world.run(updateService, { ...api, desiredCount: 4 });
    await world.clock.advance(6_000);
    const starting = watched(world)
      .wanted()
      .filter(({ status, host }) => status !== 'RUNNING' && host?.ec2InstanceId === a);
    expect(starting).toHaveLength(1);
    await set(world, 'DRAINING', a);
    await world.clock.advance(6_000);
    expect(starting[0]?.stopCode).toBe('ServiceSchedulerInitiated');
    expect(places(world)).toContain('a');
  });

  it('never ends where the deployment configuration lets nothing move, and the service says so', async () => {
    const world = onHosts({ minimumHealthyPercent: 100, maximumPercent: 100 });
    await set(world, 'DRAINING', a);
    await world.clock.advance(86_400_000);
    expect(places(world)).toBe('ab');
    expect(watched(world).messages()[0]).toContain('was unable to stop or start tasks during a deployment');
    expect(watched(world).service().isSteady).toBe(false);
  });

  it('never ends where there is nowhere to go, and the service says so', async () => {
    const world = onHosts({ minimumHealthyPercent: 100 });
    await set(world, 'DRAINING', a, b);
    await world.clock.advance(86_400_000);
    expect(places(world)).toBe('ab');
    expect(watched(world).messages()).toEqual([
      '(service api) was unable to place a task because no container instance met all of its requirements. Reason: No Container Instances were found in your cluster. For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.',
    ]);
    await set(world, 'ACTIVE', b);
    await world.clock.advance(120_000);
    expect(places(world)).toBe('bb');
  });

  it('keeps a protected task until it no longer is', async () => {
    const world = onHosts({ protectedTasks: 1 });
    await set(world, 'DRAINING', a);
    await world.clock.advance(3_600_000);
    expect(places(world)).toBe('abb');
    await world.clock.advance(48 * 3_600_000);
    expect(places(world)).toBe('bb');
  });

  it('keeps tasks of no service until they end, and takes no new ones', async () => {
    const world = onHosts({}, { tasks: [{ id: 'job', taskDefinition: 'job:1', ec2InstanceId: a }] });
    await set(world, 'DRAINING', a);
    await world.run(runTask, { cluster: 'prod', taskDefinition: 'job', launchType: 'EC2', count: 2 });
    await world.clock.advance(86_400_000);
    const { taskArns } = await world.run<ListTasksResponse>(listTasks, {
      cluster: 'prod',
      containerInstance: hostId(world, a),
    });
    expect(taskArns).toEqual([ecsArn('task/prod/job')]);
    expect(watched(world).cluster().tasks.get('job')?.status).toBe('RUNNING');
  });

  it('takes tasks again when it is active again, and moves none back', async () => {
    const world = onHosts();
    await set(world, 'DRAINING', a);
    await world.clock.advance(120_000);
    await set(world, 'ACTIVE', a);
    await world.run(updateService, { ...api, desiredCount: 3 });
    await world.clock.advance(120_000);
    expect(places(world)).toBe('abb');
  });

  it('counts in a deployment as well: old tasks of both kinds are replaced within the limits', async () => {
    const world = onHosts({ minimumHealthyPercent: 100 });
    await world.run(updateService, { ...api, taskDefinition: 'next:1' });
    await set(world, 'DRAINING', a);
    const seen = await watched(world).during(300, () => running(world));
    expect(Math.min(...seen)).toBe(2);
    expect(places(world)).toBe('bb');
    const { services } = await world.run<DescribeServicesResponse>(describeServices, {
      cluster: 'prod',
      services: ['api'],
    });
    expect(services?.[0]?.deployments).toMatchObject([{ rolloutState: 'COMPLETED', runningCount: 2 }]);
  });
});

describe('the task of a DAEMON on a host that drains', () => {
  const daemon = { name: 'agent', taskDefinition: 'agent:1', schedulingStrategy: 'DAEMON' };

  it('goes last', async () => {
    const world = onHosts({}, { services: [daemon] });
    await set(world, 'DRAINING', a);
    const left = () =>
      [...watched(world).cluster().tasks.values()]
        .filter(({ host, status }) => host?.ec2InstanceId === a && status !== 'STOPPED')
        .map(({ group, stopCode }) => `${group.slice('service:'.length)}${stopCode === undefined ? '' : ' stopping'}`)
        .join(', ');
    expect(await watched(world).during(180, left)).toEqual([
      'api, agent',
      'api stopping, agent',
      'agent',
      'agent stopping',
      '',
    ]);
    expect(places(world, 'agent')).toBe('b');
    expect(watched(world, 'agent').service().isSteady).toBe(true);
  });

  it('stays while a task of no service stays, and is replaced elsewhere meanwhile', async () => {
    const world = onHosts(
      {},
      { services: [daemon], tasks: [{ id: 'job', taskDefinition: 'job:1', ec2InstanceId: a }] },
    );
    await set(world, 'DRAINING', a);
    await world.clock.advance(3_600_000);
    expect(places(world, 'agent')).toBe('ab');
    const other = watched(world, 'agent')
      .wanted()
      .find(({ host }) => host?.ec2InstanceId === b);
    await world.run(stopTask, { cluster: 'prod', task: other?.id });
    await world.clock.advance(120_000);
    expect(places(world, 'agent')).toBe('ab');
    await world.run(stopTask, { cluster: 'prod', task: 'job' });
    await world.clock.advance(180_000);
    expect(places(world, 'agent')).toBe('b');
  });
});

it('a host is told to be empty when the last task on it has stopped', async () => {
  const world = onBus('ECS Container Instance State Change', {
    hosts: [{ ec2InstanceId: a }, { ec2InstanceId: b }],
    api: { launchType: 'EC2' },
  });
  await set(world, 'DRAINING', a);
  await world.clock.advance(300_000);
  const told = world.events().filter(({ detail }) => detail['ec2InstanceId'] === a);
  expect(
    told.map(({ detail }) => [detail['status'], detail['runningTasksCount'], detail['pendingTasksCount']]),
  ).toEqual([
    ['DRAINING', 1, 0],
    ['DRAINING', 0, 0],
  ]);
});
