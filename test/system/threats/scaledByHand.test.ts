import { ECSClient, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rootCredentials } from '../../../sandbox/iam/credentials.ts';
import { part } from './faulty.ts';
import { containing, openShop, type Shop, serviceIncident } from './shop.ts';

/** Contains by setting the service to no task at all. */
const stopping = containing.replace('strategy: by-cause', 'strategy: zero, allowZero: true');
const name = 'cart';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop([{ name }], { rules: { containing: stopping } });
});
afterAll(() => shop[Symbol.asyncDispose]());

/** ECS emits no event for it: it is seen when the next finding has the incident decided again. */
async function scaledUp(): Promise<void> {
  const { account, sandbox } = shop.stage;
  const { endpoint } = sandbox.door;
  const ecs = new ECSClient({ region: account.region, endpoint, credentials: rootCredentials(account) });
  await ecs.send(new UpdateServiceCommand({ cluster: 'prod', service: name, desiredCount: 2 }));
  await shop.stage.pass(5 * 60);
}

describe('a service that is contained at zero, and that a person scales up by hand', () => {
  it('is not set back at the next finding: held, and told once, with how to have it contained again', async () => {
    const task = await shop.find(name, {});
    await shop.settle();
    expect(shop.onlyTold().subject).toContain(`prod/${name} contained`);
    expect(await shop.service(name)).toMatchObject({ desired: 0 });
    const made = shop.stage.calls('ecs:UpdateService');

    await scaledUp();
    expect(shop.told()).toEqual([]);
    await shop.find(name, { task, count: 2, ago: 1 });
    await shop.settle();
    expect(await shop.show(serviceIncident(name))).toMatchObject({ state: 'resting', outcome: 'held' });
    const { tier, body } = shop.onlyTold();
    // Somebody is at work in it: whoever scaled it up may not know.
    expect(tier).toBe('page');
    expect(part(body, 'What was not done, and why')).toContain('changed');
    expect(part(body, 'What you can do')).toContain('have it contained again by doing by hand what is undone above');
    expect(await shop.service(name)).toMatchObject({ desired: 2 });
    // The person's alone.
    expect(shop.stage.calls('ecs:UpdateService')).toBe(made + 1);
  });

  it('nor at those that follow, which tell nothing new', async () => {
    for (const count of [3, 4]) {
      await shop.find(name, { count, ago: 1 });
      await shop.settle();
    }
    expect(shop.told()).toEqual([]);
    expect(await shop.service(name)).toMatchObject({ desired: 2 });
  });
});
