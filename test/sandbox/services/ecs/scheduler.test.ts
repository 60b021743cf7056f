import { describe, expect, it } from 'vitest';
import { repositories } from '../../../../sandbox/services/ecr/state.ts';
import { desiredCountOf, setDesiredCount } from '../../../../sandbox/services/ecs/desiredCount.ts';
import { taskInterfaces } from '../../../../sandbox/services/ecs/network.ts';
import { stopTask } from '../../../../sandbox/services/ecs/stopTask.ts';
import { serviceTargets } from '../../../../sandbox/services/ecs/targets.ts';
import { updateService } from '../../../../sandbox/services/ecs/updateService.ts';
import { watched } from './watched.ts';
import { DIGEST, ecsArn, IMAGE, workloads } from './workloads.ts';

describe('a service', () => {
  it('replaces a task that was stopped, by itself, within a minute', async () => {
    const fake = workloads();
    const { tasks, shown, during, messages, service } = watched(fake);
    const [victim] = tasks();
    await fake.run(stopTask, { cluster: 'prod', task: victim?.id });
    const statuses = await during(60, () => tasks()[2]?.status);
    expect(statuses).toEqual([undefined, 'PROVISIONING', 'PENDING', 'RUNNING']);
    const [, , fresh] = tasks();
    if (fresh === undefined) throw new Error('Nothing was started');
    expect(fresh.startedBy).toBe(victim?.startedBy);
    expect(shown(fresh)).toMatchObject({
      taskDefinitionArn: ecsArn('task-definition/api:7'),
      group: 'service:api',
      containers: [{ image: IMAGE, imageDigest: DIGEST, lastStatus: 'RUNNING' }],
      attachments: [{ type: 'ElasticNetworkInterface', status: 'ATTACHED' }],
      connectivity: 'CONNECTED',
      version: 3,
    });
    const { pullStartedAt = 0, pullStoppedAt = 0, startedAt = 0, createdAt } = fresh;
    expect([createdAt, pullStartedAt, pullStoppedAt, startedAt]).toEqual(
      [createdAt, pullStartedAt, pullStoppedAt, startedAt].toSorted((a, b) => a - b),
    );
    expect(messages()).toEqual([
      '(service api) has reached a steady state.',
      '(service api) has started 1 tasks: (task ID).',
    ]);
    expect(service().isSteady).toBe(true);
  });

  it('notes the pull of a new task on the image', async () => {
    const fake = workloads();
    const image = () => repositories(fake.account).get('app')?.images.get(DIGEST);
    expect(image()?.lastPulledAt).toBeUndefined();
    await fake.run(stopTask, { cluster: 'prod', task: watched(fake).tasks()[0]?.id });
    await fake.clock.advance(60_000);
    expect(image()?.lastPulledAt).toBe(watched(fake).tasks()[2]?.pullStoppedAt);
  });

  it('goes on at the same times from the same seed', async () => {
    const story = async () => {
      const fake = workloads();
      await fake.run(stopTask, { cluster: 'prod', task: watched(fake).tasks()[0]?.id });
      return watched(fake).during(60, () =>
        watched(fake)
          .tasks()
          .map(({ id, status }) => `${id} ${status}`),
      );
    };
    expect(await story()).toEqual(await story());
  });

  it('grows and shrinks with its desired count, and leaves the scheduler nothing to do in between', async () => {
    const fake = workloads();
    const { wanted, service, tasks } = watched(fake);
    await fake.run(updateService, { cluster: 'prod', service: 'api', desiredCount: 4 });
    await fake.clock.advance(60_000);
    expect(wanted()).toHaveLength(4);
    const oldest = tasks().slice(0, 3);
    await fake.run(updateService, { cluster: 'prod', service: 'api', desiredCount: 1 });
    await fake.clock.advance(60_000);
    expect(wanted().map(({ id }) => id)).toEqual([tasks()[3]?.id]);
    expect(oldest.map(({ stopCode }) => stopCode)).toEqual(Array(3).fill('ServiceSchedulerInitiated'));
    expect(oldest[0]?.stoppedReason).toBe(`Scaling activity initiated by (deployment ${service().deploymentId})`);
    expect(service().deployments[0].rolloutState).toBe('COMPLETED');
    await fake.run(updateService, { cluster: 'prod', service: 'api', desiredCount: 0 });
    await fake.clock.advance(60_000);
    expect(wanted()).toEqual([]);
    expect(service().isSteady).toBe(true);
  });

  it('stops first what does not run yet', async () => {
    const fake = workloads();
    const { wanted } = watched(fake);
    const old = wanted().map(({ id }) => id);
    await fake.run(updateService, { cluster: 'prod', service: 'api', desiredCount: 3 });
    await fake.clock.advance(6_000);
    expect(wanted()).toHaveLength(3);
    await fake.run(updateService, { cluster: 'prod', service: 'api', desiredCount: 2 });
    await fake.clock.advance(6_000);
    expect(wanted().map(({ id }) => id)).toEqual(old);
  });

  it('has its count set by Application Auto Scaling, too', async () => {
    const fake = workloads({ services: [{ name: 'agent', taskDefinition: 'job:1', schedulingStrategy: 'DAEMON' }] });
    const { account, clock } = fake;
    expect(desiredCountOf(account, 'prod', 'api')).toBe(2);
    expect(desiredCountOf(account, 'prod', 'agent')).toBeUndefined();
    expect(desiredCountOf(account, 'dev', 'api')).toBeUndefined();
    expect(setDesiredCount(account, 'prod', 'api', 3)).toBe(true);
    expect(setDesiredCount(account, 'prod', 'nobody', 3)).toBe(false);
    await clock.advance(60_000);
    expect(watched(fake).wanted()).toHaveLength(3);
  });
});

describe('what other services see of tasks', () => {
  it('is an interface each, with an address of its own, until the task has stopped', async () => {
    const fake = workloads({ tasks: [{ id: 'one', taskDefinition: 'job:1' }] });
    const interfaces = taskInterfaces(fake.account);
    expect(interfaces).toHaveLength(3);
    expect(new Set(interfaces.flatMap(({ eniId, privateIp }) => [eniId, privateIp])).size).toBe(6);
    expect(interfaces[2]?.taskArn).toBe(ecsArn('task/prod/one'));
    await fake.run(stopTask, { cluster: 'prod', task: 'one' });
    expect(taskInterfaces(fake.account)).toHaveLength(3);
    await fake.clock.advance(60_000);
    expect(taskInterfaces(fake.account)).toHaveLength(2);
  });

  it('is the target that it is while it runs, healthy some time after it started', async () => {
    const fake = workloads({
      services: [{ name: 'shop', taskDefinition: 'api:7', desiredCount: 1, targetGroup: 'shop' }],
    });
    const { tasks, during } = watched(fake, 'shop');
    const [first] = tasks();
    const targets = () => serviceTargets(fake.account).map(({ taskArn, healthy }) => [taskArn === first?.arn, healthy]);
    expect(serviceTargets(fake.account)).toEqual([
      {
        targetGroup: 'shop',
        id: first?.network?.privateIp,
        port: 80,
        taskArn: first?.arn,
        healthy: true,
        registersAgain: false,
      },
    ]);
    await fake.run(stopTask, { cluster: 'prod', task: first?.id });
    expect(first?.status).toBe('DEACTIVATING');
    expect(await during(90, targets)).toEqual([[], [[false, false]], [[false, true]]]);
  });
});
