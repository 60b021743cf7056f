import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clusters } from '../../../sandbox/services/ecs/state.ts';
import { accusedTasks } from './accusedTasks.ts';
import { part } from './faulty.ts';
import { isArchived, openShop, type Shop, serviceIncident } from './shop.ts';
import { accusedDigest, cleanDigest } from './world.ts';

/** Fargate is full, and the host is: four tasks of 512 MiB are on it. */
const cluster = {
  fargate: 'unavailable',
  containerInstances: [{ ec2InstanceId: 'i-0aaaaaaaaaaaaaaaa', cpu: 4096, memory: 2048 }],
};

/** Seconds within which on-call hears of what does not come up. Verify itself gives up after twenty minutes. */
const soon = 5 * 60;

let shop: Shop;
beforeAll(async () => {
  const services = [
    { name: 'fargate' },
    { name: 'grown', onHosts: true, cleanMemory: 1500 },
    { name: 'as-large', onHosts: true },
    { name: 'returns' },
    { name: 'wrongly' },
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
const fargateIs = (fargate: 'available' | 'unavailable'): void => {
  prod().fargate = fargate;
};

const roomFor: Readonly<Record<string, () => void>> = {
  fargate: () => fargateIs('available'),
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
      await shop.stage.pass(soon);
      const { tier, subject, body } = shop.onlyTold();
      expect(tier).toBe('page');
      expect(subject).toContain(`prod/${name} contained, NOT up again`);
      const notDone = part(body, 'What was not done, and why');
      expect(notDone).toMatch(/0 of 2 tasks healthy, deployment IN_PROGRESS; ECS told last: /);
      expect(notDone).toContain(why);
      const toDo = part(body, 'What you can do');
      expect(toDo).toMatch(
        /below its count for want of capacity: 2 of 2 tasks of \S+:1 are missing, and since 2026-\S+Z ECS says: /,
      );
      expect(toDo).toContain(why);
      expect(toDo).toContain('Add capacity');
      expect(toDo).toContain('a notice tells you if it does');
      expect(accusedTasks(shop, name)).toEqual([]);
      expect(isArchived(shop, name)).toBe(true);
      for (let minute = 0; minute < 40; minute += 1) {
        await shop.stage.pass(60);
        expect(accusedTasks(shop, name)).toEqual([]);
      }
      // Nobody is told twice.
      expect(shop.told()).toEqual([]);
      expect(await shop.show(serviceIncident(name))).toMatchObject({ state: 'resting', outcome: 'degraded' });
      expect(await shop.service(name)).toMatchObject({ taskDefinition: `${name}:1`, desired: 2, tasks: [] });

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

it('what comes up while it is looked for is told by one notice, after one page', async () => {
  fargateIs('unavailable');
  await shop.find('returns', {});
  await shop.stage.pass(soon);
  expect(shop.onlyTold()).toMatchObject({ tier: 'page', subject: expect.stringContaining('NOT up again') });
  fargateIs('available');
  await shop.stage.pass(30 * 60);
  const { tier, subject, body } = shop.onlyTold();
  expect({ tier, subject }).toMatchObject({
    tier: 'notice',
    subject: expect.stringContaining('prod/returns contained, up again'),
  });
  expect(part(body, 'What happened')).toContain('What you were told as not up again runs now.');
  expect(await shop.show(serviceIncident('returns'))).toMatchObject({ state: 'resting', outcome: 'contained' });
  expect(await shop.service('returns')).toMatchObject({ desired: 2, digests: [cleanDigest('returns')] });
});

it('an undo without a place for what it puts back is undone, and says what does not run', async () => {
  fargateIs('available');
  await shop.find('wrongly', {});
  await shop.settle();
  expect(shop.onlyTold().subject).toContain('prod/wrongly contained, credentials open');
  fargateIs('unavailable');
  expect((await shop.undo(serviceIncident('wrongly'))).kind).toBe('opened');
  await shop.stage.pass(30 * 60);
  const { tier, subject, body } = shop.onlyTold();
  expect({ tier, subject }).toMatchObject({
    tier: 'notice',
    subject: expect.stringContaining('prod/wrongly undone, below its count'),
  });
  expect(part(body, 'More')).toMatch(
    /wrongly is below its count for want of capacity: 2 of 2 tasks of \S+:2 are missing/,
  );
  expect(await shop.service('wrongly')).toMatchObject({ taskDefinition: 'wrongly:2', desired: 2 });
  expect(isArchived(shop, 'wrongly')).toBe(false);
  expect(await shop.show(serviceIncident('wrongly'))).toMatchObject({ state: 'resting', outcome: 'undone' });
  fargateIs('available');
  await shop.stage.pass(30 * 60);
  expect(await shop.service('wrongly')).toMatchObject({ rollout: 'COMPLETED', digests: [accusedDigest('wrongly')] });
  expect(shop.told()).toEqual([]);
});
