import type { DescribeContainerInstancesResponse, RunTaskResponse } from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { describeContainerInstances } from '../../../../sandbox/services/ecs/describeContainerInstances.ts';
import { comeUp, goDown } from '../../../../sandbox/services/ecs/hostReboot.ts';
import { runTask } from '../../../../sandbox/services/ecs/runTask.ts';
import { stopTask } from '../../../../sandbox/services/ecs/stopTask.ts';
import { updateService } from '../../../../sandbox/services/ecs/updateService.ts';
import { onBus } from './onBus.ts';
import { watched } from './watched.ts';
import { workloads } from './workloads.ts';

const [a, b] = ['i-0aaaaaaaaaaaaaaaa', 'i-0bbbbbbbbbbbbbbbb'];
type World = ReturnType<typeof workloads>;

const options = (...ids: readonly string[]) => ({
  hosts: ids.map((ec2InstanceId) => ({ ec2InstanceId })),
  api: { launchType: 'EC2' },
});
const onHosts = (...ids: readonly string[]) => workloads(options(...ids));

const on = (world: World, host: string) =>
  watched(world)
    .tasks()
    .filter((task) => task.host?.ec2InstanceId === host);

const hosts = async (world: World) => {
  const containerInstances = [...watched(world).cluster().instances.keys()];
  const described = await world.run<DescribeContainerInstancesResponse>(describeContainerInstances, {
    cluster: 'prod',
    containerInstances,
  });
  return described.containerInstances?.map(({ status, agentConnected, runningTasksCount }) => [
    status,
    agentConnected,
    runningTasksCount,
  ]);
};

describe('a host that reboots', () => {
  it('is active without its agent, and its tasks are shown as they were, until the agent is back', async () => {
    const world = onHosts(a, b);
    const [task] = on(world, a);
    goDown(world.account, a);
    const wentDown = world.clock.now();
    await world.clock.advance(90_000);
    expect(await hosts(world)).toEqual([
      ['ACTIVE', false, 1],
      ['ACTIVE', true, 1],
    ]);
    expect(task?.status).toBe('RUNNING');
    comeUp(world.account, a);
    await world.clock.advance(10_000);
    expect(await hosts(world)).toMatchObject([
      ['ACTIVE', true, 0],
      ['ACTIVE', true, 1],
    ]);
    expect(task).toMatchObject({
      status: 'STOPPED',
      stopCode: 'EssentialContainerExited',
      stoppedReason: 'Essential container in task exited',
      executionStoppedAt: wentDown,
      containers: [{ exitCode: 137 }],
    });
  });

  it('loses the tasks of services, which are replaced, without counting as tasks that cannot start', async () => {
    const world = onHosts(a, b);
    const before = watched(world)
      .wanted()
      .map(({ id }) => id);
    goDown(world.account, a);
    await world.clock.advance(90_000);
    expect(
      watched(world)
        .wanted()
        .map(({ id }) => id),
    ).toEqual(before);
    comeUp(world.account, a);
    await world.clock.advance(60_000);
    const after = watched(world).wanted();
    expect(after.map(({ status }) => status)).toEqual(['RUNNING', 'RUNNING']);
    expect(after.filter(({ id }) => before.includes(id))).toHaveLength(1);
    expect(watched(world).service().startFailures).toBe(0);
  });

  it('gets no new tasks meanwhile: they go elsewhere, or find no place', async () => {
    const world = onHosts(a, b);
    goDown(world.account, a);
    await world.run(updateService, { cluster: 'prod', service: 'api', desiredCount: 4 });
    await world.clock.advance(60_000);
    expect([on(world, a).length, on(world, b).length]).toEqual([1, 3]);
    goDown(world.account, b);
    const { tasks, failures } = await world.run<RunTaskResponse>(runTask, {
      cluster: 'prod',
      taskDefinition: 'agent:1',
      launchType: 'EC2',
    });
    expect(tasks).toEqual([]);
    expect(failures?.map(({ reason }) => reason)).toEqual(['AGENT', 'AGENT']);
    await world.run(updateService, { cluster: 'prod', service: 'api', desiredCount: 6 });
    await world.clock.advance(10_000);
    expect(watched(world).messages()[0]).toMatch(
      /unable to place a task .* The closest matching \(container-instance \w+\) encountered error "AGENT"\./,
    );
    comeUp(world.account, a);
    comeUp(world.account, b);
    await world.clock.advance(60_000);
    expect(
      watched(world)
        .wanted()
        .filter(({ status }) => status === 'RUNNING'),
    ).toHaveLength(6);
  });

  it('starts a task that had not begun to run when it is up again', async () => {
    const world = onHosts(a);
    await world.run(updateService, { cluster: 'prod', service: 'api', desiredCount: 3 });
    await world.clock.advance(6_000);
    const fresh = on(world, a).find(({ status }) => status !== 'RUNNING');
    goDown(world.account, a);
    const { status } = fresh ?? {};
    await world.clock.advance(90_000);
    expect(fresh?.status).toBe(status);
    comeUp(world.account, a);
    await world.clock.advance(60_000);
    expect(fresh?.status).toBe('RUNNING');
  });

  it.each(['before', 'while'])('has stopped what somebody stopped %s it was down, once it is up', async (when) => {
    const world = onHosts(a);
    const [task] = on(world, a);
    const stopIt = () => world.run(stopTask, { cluster: 'prod', task: task?.id });
    if (when === 'before') await stopIt();
    goDown(world.account, a);
    if (when === 'while') await stopIt();
    await world.clock.advance(300_000);
    expect(task?.status).toBe('STOPPING');
    comeUp(world.account, a);
    await world.clock.advance(20_000);
    expect(task).toMatchObject({ status: 'STOPPED', stopCode: 'UserInitiated', containers: [{ exitCode: 137 }] });
  });

  it('is told of by events, as its agent goes and comes, and so is what became of its tasks', async () => {
    const instances = onBus('ECS Container Instance State Change', options(a, b));
    goDown(instances.account, a);
    await instances.clock.advance(90_000);
    comeUp(instances.account, a);
    await instances.clock.advance(5_000);
    expect(instances.events().map(({ detail }) => [detail['ec2InstanceId'], detail['agentConnected']])).toEqual([
      [a, false],
      [a, true],
    ]);
    const tasks = onBus('ECS Task State Change', options(a, b));
    const [task] = on(tasks, a);
    goDown(tasks.account, a);
    await tasks.clock.advance(90_000);
    expect(tasks.events()).toEqual([]);
    comeUp(tasks.account, a);
    await tasks.clock.advance(20_000);
    const own = tasks.events().filter(({ resources }) => resources[0] === task?.arn);
    expect(own.map(({ detail }) => [detail['lastStatus'], detail['desiredStatus'], detail['stopCode']])).toEqual([
      ['DEPROVISIONING', 'STOPPED', 'EssentialContainerExited'],
      ['STOPPED', 'STOPPED', 'EssentialContainerExited'],
    ]);
  });

  it('concerns no task on Fargate, and an instance that is no host concerns none', async () => {
    const world = workloads({ hosts: [{ ec2InstanceId: a }] });
    goDown(world.account, a);
    goDown(world.account, b);
    comeUp(world.account, b);
    comeUp(world.account, a);
    await world.clock.advance(60_000);
    expect(watched(world).tasks()).toHaveLength(2);
  });
});
