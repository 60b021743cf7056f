import { ECSClient, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { rootCredentials } from '../../../sandbox/iam/credentials.ts';
import { environmentOf, firebreak } from '../firebreak.ts';
import { isArchived, openShop, type Shop, serviceIncident } from './shop.ts';
import { accusedDigest, cleanDigest, fixedDigest } from './world.ts';

const breaker = { enable: true, rollback: true };
const names = ['named', 'grown', 'stays', 'image', 'deployed', 'wrong'];

let shop: Shop;
beforeAll(async () => {
  shop = await openShop(names.map((name) => ({ name, fixed: true, autoscaled: true, breaker })));
});
afterAll(() => shop[Symbol.asyncDispose]());
beforeEach(() => void shop.told());

const asBefore = { desired: 2, rollout: 'COMPLETED', breaker, scaling: { min: 1, max: 6, suspended: false } };

/** Contained by going back to the version before, and told. */
async function contain(name: string): Promise<void> {
  await shop.find(name, {});
  await shop.settle();
  expect(await shop.service(name)).toMatchObject({ digests: [cleanDigest(name)] });
  expect(isArchived(shop, name)).toBe(true);
  shop.told();
}

const say = (name: string, ...more: readonly string[]) =>
  firebreak(['release', serviceIncident(name), '--reason', 'patched', '--by', 'ann', ...more], {
    env: environmentOf(shop.stage.account),
  });

/** Released, and told in one message. */
async function released(name: string, ...to: readonly string[]): Promise<string> {
  expect(await say(name, ...to)).toMatchObject({ exit: 0, err: '' });
  await shop.settle();
  const { tier, subject, body } = shop.onlyTold();
  expect(`${tier} ${subject}`).toBe(`notice NO ACTION: prod/${name} released, us-east-1 123456789012`);
  expect(isArchived(shop, name)).toBe(true);
  const { outcome, heldUntil, targets } = await shop.show(serviceIncident(name));
  expect({ outcome, heldUntil }).toEqual({ outcome: 'released', heldUntil: null });
  expect(targets.flatMap(({ changes }) => changes)).toEqual([]);
  return body;
}

const definitionOf = (name: string): Promise<string> => shop.service(name).then(({ taskDefinition }) => taskDefinition);

it('a service is put to the version that is named, with all that it had; what was bad stays archived', async () => {
  await contain('named');
  const body = await released('named', '--to', 'named:3');
  expect(await shop.service('named')).toMatchObject({
    ...asBefore,
    taskDefinition: 'named:3',
    digests: [fixedDigest('named')],
  });
  expect(body).toContain(`shop/named@${accusedDigest('named')} stays archived, and no undo puts it back any more`);
});

it('what autoscaling has grown since keeps its count when it is put to another version', async () => {
  await contain('grown');
  const { account, door } = shop.stage.sandbox;
  const ecs = new ECSClient({
    region: account.region,
    endpoint: door.endpoint,
    credentials: rootCredentials(account),
  });
  await ecs.send(new UpdateServiceCommand({ cluster: 'prod', service: 'grown', desiredCount: 5 }));
  expect(await say('grown', '--to', 'grown:3')).toMatchObject({ exit: 0 });
  // Before autoscaling looks at it again: what the release itself asked for.
  for (let n = 0; n < 60 && (await definitionOf('grown')) !== 'grown:3'; n += 1) await shop.stage.pass(0.5);
  expect(await shop.service('grown')).toMatchObject({ taskDefinition: 'grown:3', desired: 5 });
  await shop.settle();
  expect(shop.onlyTold().subject).toContain('prod/grown released');
});

it('without a name it stays on its clean version, and gets back what was held', async () => {
  await contain('stays');
  expect((await shop.service('stays')).breaker).toEqual({ enable: true, rollback: false });
  await released('stays');
  expect(await shop.service('stays')).toMatchObject({
    ...asBefore,
    taskDefinition: 'stays:1',
    digests: [cleanDigest('stays')],
  });
});

it('an image is named by its digest: the definition that runs comes up with it, in a copy', async () => {
  await contain('image');
  await released('image', '--to', fixedDigest('image'));
  expect(await shop.service('image')).toMatchObject({ ...asBefore, digests: [fixedDigest('image')] });
  expect(await definitionOf('image')).toBe('image:4');
});

it('what somebody has deployed meanwhile is in the way, until it is named', async () => {
  await contain('deployed');
  const { account, door } = shop.stage.sandbox;
  const client = new ECSClient({
    region: account.region,
    endpoint: door.endpoint,
    credentials: rootCredentials(account),
  });
  await client.send(new UpdateServiceCommand({ cluster: 'prod', service: 'deployed', taskDefinition: 'deployed:3' }));
  client.destroy();
  await shop.settle();
  expect(await say('deployed', '--to', 'deployed:1')).toMatchObject({ exit: 0 });
  await shop.settle();
  const { subject, body } = shop.onlyTold();
  expect(subject).toContain('release held');
  expect(body).toContain('Somebody else has changed it.');
  expect(body).toContain('If somebody has deployed a version that is fixed, name that one');
  expect(await definitionOf('deployed')).toBe('deployed:3');
  expect(isArchived(shop, 'deployed')).toBe(true);
  await shop.stage.settle();
  await released('deployed', '--to', 'deployed:3');
  expect(await shop.service('deployed')).toMatchObject({ ...asBefore, digests: [fixedDigest('deployed')] });
});

it('what cannot run, or is accused, is refused before anything is changed', async () => {
  await contain('wrong');
  const there = await shop.service('wrong');
  for (const [to, why] of [
    ['wrong:2', `shop/wrong@${accusedDigest('wrong').slice(0, 19)} is ARCHIVED`],
    ['named:3', 'named:3 is not of its family wrong'],
    ['wrong:99', 'there is no task definition wrong:99'],
    [fixedDigest('stays'), 'no repository of its containers has'],
  ] as const) {
    expect(await say('wrong', '--to', to)).toMatchObject({ exit: 0 });
    await shop.settle();
    const told = shop.told();
    expect(told.at(-1)?.body, to).toContain('Nothing was released. prod/wrong stays contained: ');
    expect(told.at(-1)?.body, to).toContain(why);
    expect(await shop.service('wrong'), to).toEqual(there);
  }
  expect(await say('wrong', '--to', 'latest')).toMatchObject({
    exit: 2,
    err: expect.stringContaining('is no version'),
  });
  expect(await say('nobody')).toMatchObject({ exit: 1, err: expect.stringMatching(/^firebreak: [^\n]+\n$/) });
});
