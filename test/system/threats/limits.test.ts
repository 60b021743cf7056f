import { afterAll, beforeAll, expect, it } from 'vitest';
import { containing, openShop, type Shop, serviceIncident } from './shop.ts';
import { shell } from './threats.ts';

/** Where somebody is in a task, more than half of the service must stay; a miner may cost one target at once, and its image would be the second. */
const rules = {
  containing: `${containing}limits: { minHealthyPercent: 60 }\n`,
  narrow: `${containing
    .replace('name: containing', 'name: narrow\norder: 1')
    .replace(
      'source: [guardduty]',
      'source: [guardduty]\n  type: [{ prefix: "Impact:Runtime/CryptoMiner" }]',
    )}limits: { maxTargets: 1 }\n`,
};

let shop: Shop;
beforeAll(async () => {
  shop = await openShop(
    [
      { name: 'small', desired: 2 },
      { name: 'large', desired: 4 },
      { name: 'mined', desired: 2 },
    ],
    { rules },
  );
});
afterAll(() => shop[Symbol.asyncDispose]());

const changes = () => shop.stage.calls('ecs:StopTask') + shop.stage.calls('ecs:UpdateService') + archivings();
const archivings = () => shop.stage.calls('ecr:UpdateImageStorageClass');

/** One page says why, nothing is changed, and a quarter of an hour later it is as it was: a person must decide. */
async function expectHeld(name: string, made: number, why: string, words = 'held, needs you'): Promise<void> {
  await shop.settle();
  const { tier, subject, body } = shop.onlyTold();
  expect([tier, subject]).toEqual(['page', expect.stringContaining(`prod/${name} ${words}`)]);
  expect(body).toContain(why);
  await shop.stage.pass(900);
  expect([changes(), shop.told()]).toEqual([made, []]);
  const { outcome } = await shop.show(serviceIncident(name));
  expect(outcome).toBe('held');
  expect(await shop.service(name)).toMatchObject({ desired: 2, taskDefinition: `${name}:2` });
}

it('a containment that would leave less healthy than its rule says is asked about, and never done by itself', async () => {
  const made = changes();
  await shop.find('small', { kind: shell });
  const why = 'it would leave 1 of 2 healthy, less than the 60% of limits.minHealthyPercent';
  await expectHeld('small', made, why, 'waits for your approval');
});

it('one that leaves as much is done', async () => {
  const { arn } = await shop.find('large', { kind: shell });
  await shop.settle();
  expect(shop.onlyTold().subject).toContain('prod/large contained');
  const { tasks } = await shop.service('large');
  expect(tasks).toHaveLength(4);
  expect(tasks.map((task) => task.arn)).not.toContain(arn);
});

it('a plan of more targets than its rule may change at once is held as a whole, and paged', async () => {
  const made = changes();
  await shop.find('mined', {});
  await expectHeld('mined', made, 'Rule narrow may change 1 target at once (limits.maxTargets), and would change 2');
});
