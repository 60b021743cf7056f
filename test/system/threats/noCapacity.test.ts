import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clusters } from '../../../sandbox/services/ecs/state.ts';
import { accusedTasks } from './accusedTasks.ts';
import { part } from './faulty.ts';
import { isArchived, openShop, type Shop, serviceIncident } from './shop.ts';
import { cleanDigest } from './world.ts';

/** Fargate is full, and the host is: four tasks of 512 MiB are on it. */
const cluster = {
  fargate: 'unavailable',
  containerInstances: [{ ec2InstanceId: 'i-0aaaaaaaaaaaaaaaa', cpu: 4096, memory: 2048 }],
};

let shop: Shop;
beforeAll(async () => {
  const services = [
    { name: 'fargate' },
    { name: 'grown', onHosts: true, cleanMemory: 1500 },
    { name: 'as-large', onHosts: true },
  ];
  shop = await openShop(services, { cluster });
});
afterAll(() => shop[Symbol.asyncDispose]());

const prod = () => {
  const found = clusters(shop.stage.account).get('prod');
  if (found === undefined) throw new Error('There is no cluster prod');
  return found;
};

/** Makes room for whoever waits for it. */
const roomFor: Readonly<Record<string, () => void>> = {
  fargate: () => {
    prod().fargate = 'available';
  },
  grown: () => {
    for (const host of prod().instances.values()) Object.assign(host, { memory: 16_384 });
  },
};

describe('a clean version for which there is no place', () => {
  it.each([
    ['fargate', 'Capacity is unavailable at this time. Please try again later or in a different availability zone.'],
    ['grown', 'has insufficient memory available'],
  ])(
    '%s: the accused one is stopped all the same, one page says why nothing runs, and it comes up when there is room',
    async (name, why) => {
      await shop.find(name, {});
      for (let minute = 0; minute < 30; minute += 1) {
        await shop.stage.pass(60);
        if (minute > 3) expect(accusedTasks(shop, name)).toEqual([]);
      }
      const { tier, subject, body } = shop.onlyTold();
      expect(tier).toBe('page');
      expect(subject).toContain(`prod/${name} contained, NOT up again`);
      const notDone = part(body, 'What was not done, and why');
      expect(notDone).toMatch(/0 of 2 tasks healthy, deployment IN_PROGRESS; ECS told last: /);
      expect(notDone).toContain(why);
      expect(await shop.show(serviceIncident(name))).toMatchObject({ state: 'resting', outcome: 'degraded' });
      expect(await shop.service(name)).toMatchObject({ taskDefinition: `${name}:1`, desired: 2, tasks: [] });
      expect(isArchived(shop, name)).toBe(true);

      roomFor[name]?.();
      await shop.stage.pass(30 * 60);
      expect(await shop.service(name)).toMatchObject({ rollout: 'COMPLETED', digests: [cleanDigest(name)] });
      expect((await shop.service(name)).tasks).toHaveLength(2);
      expect(shop.told()).toEqual([]);
    },
  );
});

it('a host that is full has room for the clean version as soon as the accused one has stopped', async () => {
  await shop.find('as-large', {});
  await shop.settle();
  expect(shop.onlyTold().subject).toContain('prod/as-large contained, credentials open');
  expect(await shop.service('as-large')).toMatchObject({ desired: 2, digests: [cleanDigest('as-large')] });
});
