import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { part } from './faulty.ts';
import { isArchived, openShop, type Shop, serviceIncident } from './shop.ts';
import { shell } from './threats.ts';
import { cleanDigest } from './world.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop(['again', 'late', 'other', 'hold'].map((name) => ({ name })));
});
afterAll(() => shop[Symbol.asyncDispose]());

const deployments = () => shop.stage.calls('ecs:UpdateService');
const show = (name: string) => shop.show(serviceIncident(name));

/** A miner in a task of the service, contained and told. Answers with the task. */
async function contained(name: string) {
  const task = await shop.find(name, {});
  await shop.settle();
  expect(shop.onlyTold().subject).toContain(`prod/${name} contained,`);
  return task;
}

/** One page says that it went on, and the service is contained again: in full, on its clean version, without that task. */
async function expectContainedAgain(name: string, since: string | null, gone: string): Promise<void> {
  const { tier, subject, body } = shop.onlyTold();
  expect(tier).toBe('page');
  expect(subject).toContain(`prod/${name} containment did not hold, contained again`);
  expect(part(body, 'What happened')).toContain(
    `The containment that was verified at ${since} did not hold: it went on afterwards.`,
  );
  expect(part(body, 'What was done')).toContain(`stopped task/prod/${gone.slice(-32)}`);
  const seen = await shop.service(name);
  expect(seen).toMatchObject({ desired: 2, taskDefinition: `${name}:1`, digests: [cleanDigest(name)] });
  expect(seen.tasks).toHaveLength(2);
  expect(seen.tasks.map(({ arn }) => arn)).not.toContain(gone);
  expect(isArchived(shop, name)).toBe(true);
  const record = await show(name);
  expect(record.plans.at(-1)?.breached).toBe(since);
  expect((record.containedAt ?? '') > (since ?? '')).toBe(true);
}

describe('activity after a verified containment', () => {
  it('of the same finding, in a new task: read again, one page says so, and it is contained again', async () => {
    await contained('again');
    const { containedAt } = await show('again');
    await shop.stage.pass(3600);
    const { arn } = await shop.find('again', { count: 2 });
    await shop.settle();
    await expectContainedAgain('again', containedAt, arn);
    expect(await show('again')).toMatchObject({ state: 'resting', outcome: 'degraded' });
  });

  it('of another kind, in a task of the clean version: that task is stopped, and the version is not accused for it', async () => {
    await contained('other');
    const { containedAt } = await show('other');
    const { arn } = await shop.find('other', { kind: shell, ago: 5 });
    await shop.settle();
    await expectContainedAgain('other', containedAt, arn);
  });

  it('that was before it and is reported late, or is of a task that is gone, tells nothing and changes nothing', async () => {
    const task = await contained('late');
    const made = deployments();
    const { containedAt } = await show('late');
    const since = (shop.stage.sandbox.clock.now() - Date.parse(containedAt ?? '')) / 1000;
    for (const ago of [since + 30, since - 30]) {
      await shop.find('late', { task, ago, count: Math.ceil(ago) });
      await shop.settle();
      expect(shop.told()).toEqual([]);
      expect(await show('late')).toMatchObject({ state: 'resting', outcome: 'contained' });
    }
    expect(deployments()).toBe(made);
    expect((await shop.service('late')).tasks).toHaveLength(2);
  });
});

describe('the finding again, after an undo', () => {
  const name = 'hold';

  it('is held and told, and nothing is changed', async () => {
    await contained(name);
    await shop.undo(serviceIncident(name));
    await shop.stage.pass(40 * 60);
    expect(shop.onlyTold().subject).toContain(`prod/${name} undone,`);
    const made = deployments();
    await shop.find(name, { count: 2 });
    await shop.settle();
    const { tier, subject, body } = shop.onlyTold();
    expect(tier).toBe('page');
    expect(subject).toContain(`prod/${name} held, needs you`);
    const { heldUntil, outcome } = await show(name);
    expect(outcome).toBe('held');
    expect(part(body, 'What happened')).toContain(
      `It was undone by a person: nothing is changed for this incident until ${heldUntil}.`,
    );
    expect(part(body, 'What was done')).not.toContain('ecs.contain-service');
    expect(deployments()).toBe(made);
    expect(isArchived(shop, name)).toBe(false);
  });
});
