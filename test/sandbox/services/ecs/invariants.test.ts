import { expect, it } from 'vitest';
import { seededRandom } from '../../../../sandbox/kernel/random.ts';
import { updateImageStorageClass } from '../../../../sandbox/services/ecr/updateImageStorageClass.ts';
import { isUnderWay } from '../../../../sandbox/services/ecs/revisions.ts';
import { stopServiceDeployment } from '../../../../sandbox/services/ecs/stopServiceDeployment.ts';
import { stopTask } from '../../../../sandbox/services/ecs/stopTask.ts';
import { updateContainerInstancesState } from '../../../../sandbox/services/ecs/updateContainerInstancesState.ts';
import { updateService } from '../../../../sandbox/services/ecs/updateService.ts';
import { updateTaskProtection } from '../../../../sandbox/services/ecs/updateTaskProtection.ts';
import { watched } from './watched.ts';
import { DIGEST, workloads } from './workloads.ts';

const api = { cluster: 'prod', service: 'api' };
const HOUR = 3_600_000;

/** Three tasks fit on each: of two, six. */
const hosts = ['i-0aaaaaaaaaaaaaaaa', 'i-0bbbbbbbbbbbbbbbb'].map((ec2InstanceId) => ({
  ec2InstanceId,
  cpu: 4096,
  memory: 1536,
}));

/** A service to which things happen at random, on Fargate or on hosts, and who looks whether it is still whole. */
async function story(seed: number, onHosts: boolean) {
  const random = seededRandom(seed);
  const upTo = (most: number) => Math.floor(random.next() * most);
  const one = <T>(all: readonly T[]): T | undefined => all[upTo(all.length)];
  const breaker = { enable: random.next() < 0.5, rollback: random.next() < 0.5 };
  const limits = one([{ minimumHealthyPercent: 50 }, { minimumHealthyPercent: 0, maximumPercent: 100 }, {}]);
  const launchType = onHosts ? 'EC2' : 'FARGATE';
  const world = workloads({ hosts, api: { launchType, circuitBreaker: breaker, ...limits } });
  const { service, wanted, cluster, tasks } = watched(world);
  const set = (status: string | undefined, containerInstances: readonly (string | undefined)[]) =>
    world.run(updateContainerInstancesState, { cluster: 'prod', containerInstances, status });
  const archive = (targetStorageClass: string) =>
    world.run(updateImageStorageClass, { repositoryName: 'app', imageId: { imageDigest: DIGEST }, targetStorageClass });

  const deeds: readonly (() => Promise<unknown>)[] = [
    () => world.run(updateService, { ...api, desiredCount: upTo(5) }),
    () => world.run(updateService, { ...api, taskDefinition: one(['api:7', 'api:12', 'next:1', 'broken:1', 'old:1']) }),
    () => world.run(updateService, { ...api, forceNewDeployment: true }),
    async () => {
      const task = one(wanted());
      if (task !== undefined) await world.run(stopTask, { cluster: 'prod', task: task.id });
    },
    async () => {
      const task = one(wanted());
      if (task === undefined) return;
      const protectionEnabled = random.next() < 0.5;
      const expiresInMinutes = 1 + upTo(60);
      await world.run(updateTaskProtection, { cluster: 'prod', tasks: [task.id], protectionEnabled, expiresInMinutes });
    },
    async () => {
      const current = service().serviceDeployments.find(isUnderWay);
      if (current === undefined) return;
      const stopType = one(['ROLLBACK', 'ABORT']);
      await world.run(stopServiceDeployment, { serviceDeploymentArn: current.arn, stopType });
    },
    () => archive('ARCHIVE'),
    () => archive('STANDARD'),
    () => set(one(['ACTIVE', 'DRAINING']), [one([...cluster().instances.keys()])]),
    async () => {
      cluster().fargate = one(['available', 'unavailable'] as const) ?? 'available';
    },
  ];

  const isWhole = () => {
    const ids = service().deployments.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(wanted().filter(({ startedBy = '' }) => !ids.includes(startedBy))).toEqual([]);
    expect(service().serviceDeployments.filter(isUnderWay).length).toBeLessThanOrEqual(1);
    const isRolling = service().deployments[0].rolloutState === 'IN_PROGRESS';
    expect(service().serviceDeployments.some(isUnderWay)).toBe(isRolling);
    for (const host of cluster().instances.values()) {
      const here = tasks().filter((task) => task.host === host && task.status !== 'STOPPED');
      expect(here.length).toBeLessThanOrEqual(3);
    }
  };

  for (let deed = 0; deed < 30; deed += 1) {
    await one(deeds)?.();
    const until = world.clock.now() + upTo(90) * 1000;
    while (world.clock.now() < until) {
      await world.clock.advance(1000);
      isWhole();
    }
  }
  await archive('STANDARD');
  await set('ACTIVE', [...cluster().instances.keys()]);
  cluster().fargate = 'available';
  await world.clock.advance(2 * HOUR);
  await world.run(updateService, { ...api, desiredCount: 3, taskDefinition: 'api:12', forceNewDeployment: true });
  await world.clock.advance(2 * HOUR);
  return watched(world);
}

it.each(Array.from({ length: 25 }, (_, seed) => ({ seed, where: seed % 2 === 0 ? 'Fargate' : 'hosts' })))(
  'whatever happens to it, a service stays whole and comes to rest with what it is to run ($where, seed $seed)',
  async ({ seed, where }) => {
    const { service, wanted, tasks } = await story(seed, where === 'hosts');
    expect(service()).toMatchObject({ isSteady: true, deployments: [{ rolloutState: 'COMPLETED' }] });
    expect(wanted().map(({ status, containers }) => [status, containers[0]?.digest])).toEqual(
      Array(3).fill(['RUNNING', DIGEST]),
    );
    expect(tasks().filter(({ status }) => status !== 'RUNNING' && status !== 'STOPPED')).toEqual([]);
  },
);
