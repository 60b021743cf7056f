import { describe, expect, it } from 'vitest';
import { updateImageStorageClass } from '../../../../sandbox/services/ecr/updateImageStorageClass.ts';
import { setDesiredCount } from '../../../../sandbox/services/ecs/desiredCount.ts';
import { stopTask } from '../../../../sandbox/services/ecs/stopTask.ts';
import { updateService } from '../../../../sandbox/services/ecs/updateService.ts';
import { type Event, onBus } from './onBus.ts';
import { watched } from './watched.ts';
import { DIGEST, ecsArn } from './workloads.ts';

it('says nothing of what an account file holds', async () => {
  const world = onBus('ECS Task State Change', { tasks: [{ id: 'one', taskDefinition: 'job:1', status: 'STOPPING' }] });
  await world.clock.advance(86_400_000);
  expect(world.events()).toEqual([]);
  expect(watched(world).service().events).toEqual([]);
});

describe('ECS Task State Change', () => {
  it('tells each state of a task, counted, with what is known then', async () => {
    const world = onBus('ECS Task State Change');
    const [victim] = watched(world).tasks();
    await world.run(stopTask, { cluster: 'prod', task: victim?.id, reason: 'miner' });
    await world.clock.advance(60_000);
    const events = world.events();
    const of = (arn: string | undefined) =>
      events
        .filter(({ resources }) => resources[0] === arn)
        .map(({ detail }) => [detail['lastStatus'], detail['desiredStatus'], detail['version']]);
    expect(of(victim?.arn)).toEqual([
      ['STOPPING', 'STOPPED', 5],
      ['DEPROVISIONING', 'STOPPED', 6],
      ['STOPPED', 'STOPPED', 7],
    ]);
    const fresh = watched(world).tasks()[2];
    expect(of(fresh?.arn)).toEqual([
      ['PROVISIONING', 'RUNNING', 1],
      ['PENDING', 'RUNNING', 2],
      ['RUNNING', 'RUNNING', 3],
    ]);
    const pending = events.find(({ detail }) => detail['lastStatus'] === 'PENDING');
    expect(pending?.detail['containers']).not.toMatchObject([{ imageDigest: DIGEST }]);
    const last = events.findLast(({ detail }) => detail['lastStatus'] === 'RUNNING');
    expect(last?.detail).toMatchObject({
      clusterArn: ecsArn('cluster/prod'),
      group: 'service:api',
      startedBy: fresh?.startedBy,
      launchType: 'FARGATE',
      attachments: [{ type: 'eni', status: 'ATTACHED' }],
      containers: [{ name: 'web', imageDigest: DIGEST, lastStatus: 'RUNNING' }],
      createdAt: new Date(fresh?.createdAt ?? 0).toISOString(),
      updatedAt: expect.stringMatching(/Z$/),
    });
  });
});

describe('ECS Service Action', () => {
  const named = (events: readonly Event[]) => events.map(({ detail }) => [detail['eventType'], detail['eventName']]);

  it('tells when a service is steady again, and not of a count that a person set', async () => {
    const world = onBus('ECS Service Action');
    await world.run(updateService, { cluster: 'prod', service: 'api', desiredCount: 3 });
    await world.clock.advance(60_000);
    const events = world.events();
    expect(named(events)).toEqual([['INFO', 'SERVICE_STEADY_STATE']]);
    expect(events[0]).toMatchObject({
      resources: [ecsArn('service/prod/api')],
      detail: { clusterArn: ecsArn('cluster/prod') },
    });
  });

  it('tells which tasks the scheduler stopped', async () => {
    const world = onBus('ECS Service Action');
    const arns = watched(world)
      .tasks()
      .map(({ arn }) => arn);
    await world.run(updateService, { cluster: 'prod', service: 'api', desiredCount: 0 });
    await world.clock.advance(60_000);
    const events = world.events();
    expect(named(events)).toEqual([
      ['INFO', 'TASKS_STOPPED'],
      ['INFO', 'SERVICE_STEADY_STATE'],
    ]);
    expect(events[0]?.detail['taskArns']).toEqual(arns);
  });

  it('tells of a count that Application Auto Scaling set', async () => {
    const world = onBus('ECS Service Action');
    setDesiredCount(world.account, 'prod', 'api', 3);
    setDesiredCount(world.account, 'prod', 'api', 3);
    await world.clock.advance(1_000);
    expect(named(world.events())).toEqual([['INFO', 'SERVICE_DESIRED_COUNT_UPDATED']]);
  });

  it('warns of a service whose tasks do not start, and of one without a place for them', async () => {
    const world = onBus('ECS Service Action', {
      hosts: [{ ec2InstanceId: 'i-0aaaaaaaaaaaaaaaa' }],
      services: [{ name: 'far', taskDefinition: 'agent:1', desiredCount: 1, launchType: 'EC2' }],
    });
    const imageId = { imageDigest: DIGEST };
    await world.run(updateImageStorageClass, { repositoryName: 'app', imageId, targetStorageClass: 'ARCHIVE' });
    for (const instance of watched(world).cluster().instances.values()) instance.status = 'DRAINING';
    await world.run(updateService, { cluster: 'prod', service: 'far', desiredCount: 2 });
    for (const { id } of watched(world).tasks()) await world.run(stopTask, { cluster: 'prod', task: id });
    await world.clock.advance(3_600_000);
    expect(named(world.events())).toEqual([
      ['ERROR', 'SERVICE_TASK_PLACEMENT_FAILURE'],
      ['WARN', 'SERVICE_TASK_START_IMPAIRED'],
    ]);
  });
});

describe('ECS Deployment State Change', () => {
  const told = (events: readonly Event[]) =>
    events.map(({ detail }) => [
      detail['eventType'],
      detail['eventName'],
      String(detail['reason']).replace(/\d{19}/, 'N'),
    ]);

  it('tells when a deployment begins and when it is complete', async () => {
    const world = onBus('ECS Deployment State Change');
    await world.run(updateService, { cluster: 'prod', service: 'api', forceNewDeployment: true });
    await world.clock.advance(120_000);
    const events = world.events();
    expect(told(events)).toEqual([
      ['INFO', 'SERVICE_DEPLOYMENT_IN_PROGRESS', 'ECS deployment ecs-svc/N in progress.'],
      ['INFO', 'SERVICE_DEPLOYMENT_COMPLETED', 'ECS deployment ecs-svc/N completed.'],
    ]);
    expect(events[0]).toMatchObject({
      resources: [ecsArn('service/prod/api')],
      detail: { deploymentId: watched(world).service().deploymentId },
    });
  });

  it('tells that one failed and that the one before comes back', async () => {
    const world = onBus('ECS Deployment State Change', { api: { circuitBreaker: { enable: true, rollback: true } } });
    await world.run(updateService, { cluster: 'prod', service: 'api', taskDefinition: 'broken:1' });
    await world.clock.advance(600_000);
    // Two of them happen at the same moment, and the bus keeps no order.
    const events = told(world.events());
    expect(events).toHaveLength(4);
    expect(events).toEqual(
      expect.arrayContaining([
        ['INFO', 'SERVICE_DEPLOYMENT_IN_PROGRESS', 'ECS deployment ecs-svc/N in progress.'],
        ['ERROR', 'SERVICE_DEPLOYMENT_FAILED', 'ECS deployment circuit breaker: tasks failed to start.'],
        [
          'INFO',
          'SERVICE_DEPLOYMENT_IN_PROGRESS',
          'ECS deployment circuit breaker: rolling back to deploymentId ecs-svc/N.',
        ],
        ['INFO', 'SERVICE_DEPLOYMENT_COMPLETED', 'ECS deployment ecs-svc/N completed.'],
      ]),
    );
  });
});
