import { afterAll, beforeAll, expect, it } from 'vitest';
import { isArchived, openShop, type Shop, serviceIncident } from './shop.ts';
import { accusedDigest } from './world.ts';

let shop: Shop;
beforeAll(async () => {
  const names = ['evidence', 'stopping', 'between', 'archiving'];
  shop = await openShop(names.map((name) => ({ name, autoscaled: true, breaker: { enable: true, rollback: true } })));
});
afterAll(() => shop[Symbol.asyncDispose]());

/** Calls of Act about this service's incident so far. */
const made = (action: string) => shop.stage.calls(action);

it.each([
  ['evidence', 'before anything was changed', 's3:PutObject', 4],
  ['stopping', 'before the tasks are stopped', 'ecs:UpdateService', 1],
  ['between', 'between stop and start', 'ecs:StopTask', 2],
  ['archiving', 'while the image is being archived', 'ecr:UpdateImageStorageClass', 1],
])('%s: an undo of a run %s turns it round, and all is as it was', async (name, _when, action, times) => {
  const before = made(action);
  await shop.find(name, {});
  await shop.until(() => made(action) >= before + times);
  expect(shop.stage.heads().find(({ incident }) => incident === serviceIncident(name))?.state).toBe('running');
  expect((await shop.undo(serviceIncident(name))).kind).toBe('opened');
  expect((await shop.undo(serviceIncident(name))).kind).toBe('under-way');
  await shop.stage.pass(45 * 60);

  const told = shop.told();
  expect(told.map(({ tier, subject }) => `${tier} ${subject}`)).toEqual([
    `notice NO ACTION: prod/${name} undone, us-east-1 123456789012`,
  ]);
  expect(await shop.show(serviceIncident(name))).toMatchObject({
    state: 'resting',
    outcome: 'undone',
    containedAt: null,
  });
  expect(await shop.service(name)).toMatchObject({
    ...{ taskDefinition: `${name}:2`, desired: 2, rollout: 'COMPLETED', digests: [accusedDigest(name)] },
    scaling: { min: 1, max: 6, suspended: false },
    breaker: { enable: true, rollback: true },
  });
  expect(isArchived(shop, name)).toBe(false);
  // Nothing of the containment comes after the undo.
  const { receipts, targets } = await shop.show(serviceIncident(name));
  expect(receipts.map(({ state }) => state)).not.toContain('started');
  expect(targets.flatMap(({ changes }) => changes)).toEqual([]);
});
