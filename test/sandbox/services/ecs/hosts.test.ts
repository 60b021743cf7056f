import type {
  DescribeContainerInstancesResponse,
  ListContainerInstancesResponse,
  ListTasksResponse,
} from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { updateImageStorageClass } from '../../../../sandbox/services/ecr/updateImageStorageClass.ts';
import { describeContainerInstances } from '../../../../sandbox/services/ecs/describeContainerInstances.ts';
import { listContainerInstances } from '../../../../sandbox/services/ecs/listContainerInstances.ts';
import { listTasks } from '../../../../sandbox/services/ecs/listTasks.ts';
import { stopTask } from '../../../../sandbox/services/ecs/stopTask.ts';
import { updateService } from '../../../../sandbox/services/ecs/updateService.ts';
import { watched } from './watched.ts';
import { DIGEST, ecsArn, workloads } from './workloads.ts';

const hosts = [
  { ec2InstanceId: 'i-0aaaaaaaaaaaaaaaa' },
  { ec2InstanceId: 'i-0bbbbbbbbbbbbbbbb', tags: { team: 'platform' } },
  { ec2InstanceId: 'i-0cccccccccccccccc', status: 'DRAINING' },
];
const onHosts = () => workloads({ hosts, api: { launchType: 'EC2' } });
type World = ReturnType<typeof workloads>;

const archive = (world: World) =>
  world.run(updateImageStorageClass, {
    repositoryName: 'app',
    imageId: { imageDigest: DIGEST },
    targetStorageClass: 'ARCHIVE',
  });

const hostsOf = (world: World, name = 'api') =>
  watched(world, name)
    .wanted()
    .map(({ host }) => host?.ec2InstanceId.slice(3, 4));

describe('container instances', () => {
  it('are listed and described, with the tasks that they have', async () => {
    const { run } = onHosts();
    const list = async (input: object) =>
      (await run<ListContainerInstancesResponse>(listContainerInstances, { cluster: 'prod', ...input }))
        .containerInstanceArns;
    const all = await list({});
    expect(all).toHaveLength(3);
    expect(await list({ status: 'DRAINING' })).toEqual([all?.[2]]);
    const { containerInstances, failures } = await run<DescribeContainerInstancesResponse>(describeContainerInstances, {
      cluster: 'prod',
      containerInstances: [all?.[1], 'nothing'],
      include: ['TAGS'],
    });
    expect(containerInstances).toMatchObject([
      {
        containerInstanceArn: all?.[1],
        ec2InstanceId: 'i-0bbbbbbbbbbbbbbbb',
        status: 'ACTIVE',
        agentConnected: true,
        runningTasksCount: 1,
        tags: [{ key: 'team', value: 'platform' }],
      },
    ]);
    expect(failures).toEqual([{ arn: ecsArn('container-instance/prod/nothing'), reason: 'MISSING' }]);
    const listed = await run<ListTasksResponse>(listTasks, { cluster: 'prod', containerInstance: all?.[1] });
    expect(listed.taskArns).toHaveLength(1);
    expect(await list({ filter: 'ec2InstanceId == i-0bbbbbbbbbbbbbbbb' })).toEqual([all?.[1]]);
    expect(await list({ filter: "ec2InstanceId in ['i-0bbbbbbbbbbbbbbbb', 'i-0cccccccccccccccc']" })).toEqual(
      all?.slice(1),
    );
    expect(await list({ filter: 'ec2InstanceId == i-0dddddddddddddddd' })).toEqual([]);
    await expect(list({ filter: 'x' })).rejects.toMatchObject({ code: 'UnsupportedFeatureException' });
  });

  it('take the tasks of a service evenly, unless they are draining', async () => {
    const world = onHosts();
    expect(hostsOf(world)).toEqual(['a', 'b']);
    await world.run(updateService, { cluster: 'prod', service: 'api', desiredCount: 5 });
    await world.clock.advance(60_000);
    expect(hostsOf(world).toSorted()).toEqual(['a', 'a', 'a', 'b', 'b']);
    const [task] = watched(world).wanted();
    expect(task && watched(world).shown(task)).toMatchObject({
      launchType: 'EC2',
      containerInstanceArn: expect.stringContaining(':container-instance/prod/'),
    });
  });

  it('start from what they pulled earlier, when the image is archived', async () => {
    const world = onHosts();
    await archive(world);
    for (const { id } of watched(world).tasks()) await world.run(stopTask, { cluster: 'prod', task: id });
    await world.clock.advance(60_000);
    const fresh = watched(world).wanted();
    expect(fresh.map(({ status, containers }) => [status, containers[0]?.digest])).toEqual(
      Array(2).fill(['RUNNING', DIGEST]),
    );
  });

  it('cannot start what they never pulled', async () => {
    const world = workloads({ hosts, api: { launchType: 'EC2', desiredCount: 1 } });
    await archive(world);
    await world.run(updateService, { cluster: 'prod', service: 'api', desiredCount: 2 });
    await world.clock.advance(40_000);
    const failed = watched(world)
      .tasks()
      .find(({ stopCode }) => stopCode === 'TaskFailedToStart');
    expect(failed?.host?.ec2InstanceId).toBe('i-0bbbbbbbbbbbbbbbb');
  });

  it('are missed when there is none', async () => {
    const world = onHosts();
    for (const instance of watched(world).cluster().instances.values()) instance.status = 'DRAINING';
    await world.run(updateService, { cluster: 'prod', service: 'api', desiredCount: 3 });
    await world.clock.advance(60_000);
    expect(watched(world).messages()[0]).toContain('was unable to place a task because no container instance met');
    expect(watched(world).wanted()).toHaveLength(2);
  });
});

describe('a DAEMON', () => {
  const daemon = { name: 'agent', taskDefinition: 'agent:1', schedulingStrategy: 'DAEMON' };
  const withDaemon = () => workloads({ hosts, services: [daemon] });

  it('has a task on each active host, without an interface of its own, and replaces it there', async () => {
    const world = withDaemon();
    const { tasks } = watched(world, 'agent');
    expect(hostsOf(world, 'agent')).toEqual(['a', 'b']);
    expect(tasks()[0]?.network).toBeUndefined();
    await world.run(stopTask, { cluster: 'prod', task: tasks()[0]?.id });
    await world.clock.advance(60_000);
    expect(hostsOf(world, 'agent')).toEqual(['b', 'a']);
    expect(tasks()[2]?.status).toBe('RUNNING');
  });

  it('is deployed by stopping the old task of a host before the new one starts there', async () => {
    const world = withDaemon();
    await world.run(updateService, { cluster: 'prod', service: 'agent', forceNewDeployment: true });
    const left = () =>
      watched(world, 'agent')
        .tasks()
        .filter(({ status }) => status !== 'STOPPED');
    const seen = await watched(world, 'agent').during(120, () =>
      left().map(({ host }) => host?.ec2InstanceId.slice(3, 4)),
    );
    expect(seen.every((each) => new Set(each).size === each.length)).toBe(true);
    expect(hostsOf(world, 'agent').toSorted()).toEqual(['a', 'b']);
    expect(watched(world, 'agent').service().deployments).toMatchObject([{ rolloutState: 'COMPLETED' }]);
  });
});
