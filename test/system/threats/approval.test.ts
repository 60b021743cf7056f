import { describe, expect, it } from 'vitest';
import { statesOf } from '../../../sandbox/services/states/store.ts';
import { containing, isArchived, openShop, type Shop, serviceIncident } from './shop.ts';
import { miner, shell } from './threats.ts';

const asking = (terms: string): { readonly [name: string]: string } => ({
  containing: `${containing}approval: { when: [always]${terms} }\n`,
});
const cart = serviceIncident('cart');

/** A person on the telephone: the hash is in the message. */
const planIn = (body: string): string => /--plan ([0-9a-f]{12})/.exec(body)?.[1] ?? '';

const outcomeOf = ({ stage }: Shop) => stage.heads().find(({ incident }) => incident === cart);
const digestsOf = async (shop: Shop): Promise<ReadonlySet<string>> =>
  new Set((await shop.service('cart')).tasks.map(({ digest }) => digest));

describe('a containment that a rule wants approved', () => {
  it('is shown as a whole, and done as a whole after one answer', async () => {
    await using shop = await openShop([{ name: 'cart' }], { rules: asking('') });
    await shop.find('cart', { kind: miner });
    await shop.settle();
    const page = shop.onlyTold();
    expect(page).toMatchObject({ tier: 'page', subject: expect.stringContaining('waits for your approval') });
    expect(page.body).toContain('Point service prod/cart back');
    expect(page.body).toMatch(/Would do: ecr\.quarantine-image/);
    expect(isArchived(shop, 'cart')).toBe(false);

    await shop.answer({ incident: cart, plan: planIn(page.body), kind: 'approve' });
    await shop.settle();
    expect(outcomeOf(shop)).toMatchObject({ outcome: 'contained', stops: null });
    expect(isArchived(shop, 'cart')).toBe(true);
    expect(shop.told().map(({ tier }) => tier)).toEqual(['page']);
  });

  it('is asked again when it would come out differently by then, and an answer to the first changes nothing', async () => {
    await using shop = await openShop([{ name: 'cart' }], { rules: asking('') });
    await shop.find('cart', { kind: shell });
    await shop.settle();
    const first = planIn(shop.onlyTold().body);
    // It was somebody; now it is known to have come with the image.
    await shop.find('cart', { kind: miner });
    await shop.find('cart', { kind: miner, id: 'f'.repeat(32) });
    await shop.settle();
    const told = shop.told();
    const second = planIn(told.at(-1)?.body ?? '');
    expect(second).not.toBe(first);
    expect(await shop.answer({ incident: cart, plan: first, kind: 'approve' })).toEqual({
      kind: 'changed',
      plan: second,
    });
    await shop.settle();
    expect(shop.stage.calls('ecs:StopTask') + shop.stage.calls('ecs:UpdateService')).toBe(0);
    expect(await shop.answer({ incident: cart, plan: second, kind: 'approve' })).toMatchObject({ kind: 'given' });
    await shop.settle();
    expect(outcomeOf(shop)?.outcome).toMatch(/^(contained|degraded)$/);
  });

  it('is decided again though whoever answered was cut off right after it was recorded', async () => {
    await using shop = await openShop([{ name: 'cart' }], { rules: asking('') });
    await shop.find('cart', { kind: miner });
    await shop.settle();
    const plan = planIn(shop.onlyTold().body);
    await expect(shop.answer({ incident: cart, plan, kind: 'approve' }, 'after the record')).rejects.toThrow('cut off');
    expect(outcomeOf(shop)).toMatchObject({ state: 'resting', outcome: 'held' });
    await shop.stage.pass(330);
    await shop.settle();
    expect(outcomeOf(shop)).toMatchObject({ outcome: 'contained' });
    expect(await shop.answer({ incident: cart, plan, kind: 'reject' })).toMatchObject({ kind: 'answered' });
  });

  it('is asked again after it was undone: what was approved before was another question', async () => {
    await using shop = await openShop([{ name: 'cart' }], { rules: asking('') });
    await shop.find('cart', { kind: miner });
    await shop.settle();
    const plan = planIn(shop.onlyTold().body);
    await shop.answer({ incident: cart, plan, kind: 'approve' });
    await shop.settle();
    await shop.undo(cart);
    await shop.settle();
    expect(outcomeOf(shop)).toMatchObject({ outcome: 'undone', stops: null });
    shop.told();
    await shop.stage.pass(25 * 3600);
    await shop.find('cart', { kind: miner, count: 2 });
    await shop.settle();
    const again = shop.told().find(({ body }) => planIn(body) !== '');
    expect(planIn(again?.body ?? '')).not.toBe(plan);
    expect(outcomeOf(shop)).toMatchObject({ outcome: 'held', stops: [{ kind: 'approval' }] });
    expect(isArchived(shop, 'cart')).toBe(false);
  });
});

describe('nobody answers in time', () => {
  const zero = {
    containing: `${containing.replace('by-cause', 'zero, allowZero: true')}approval: { when: [always], timeout: PT10M, onTimeout: minimum }\n`,
  };

  it('the least of it is done, and what it was is told', async () => {
    await using shop = await openShop([{ name: 'cart' }], { rules: zero });
    const accused = await shop.find('cart', { kind: shell });
    await shop.stage.pass(60);
    const page = shop.onlyTold();
    expect(page.body).toContain('Only the least (');
    expect(page.body).toMatch(/If nobody answers by .*, the least of it is done/);
    await shop.settle();
    const { tasks } = await shop.service('cart');
    expect(tasks.map(({ arn }) => arn)).not.toContain(accused.arn);
    expect(tasks.length).toBeGreaterThan(0);
    const [told] = shop.told();
    expect(told?.body).toContain('The least of it was done without an answer');
  });

  it('though the run that waited for it is gone: within five minutes', async () => {
    await using shop = await openShop([{ name: 'cart' }], { rules: zero });
    const accused = await shop.find('cart', { kind: shell });
    await shop.stage.pass(60);
    const waiting = [...statesOf(shop.stage.account).executions.values()].filter(({ status }) => status === 'RUNNING');
    expect(waiting).toHaveLength(1);
    for (const execution of waiting) await shop.stop(execution.arn);
    await shop.stage.pass(16 * 60);
    expect((await shop.service('cart')).tasks.map(({ arn }) => arn)).not.toContain(accused.arn);
  });
});

it('what is protected is asked about without a word of the rule, and done once it is approved', async () => {
  await using shop = await openShop([{ name: 'cart' }], { settings: 'protected: [{ kind: [ecs-service] }]\n' });
  await shop.find('cart', { kind: miner });
  await shop.settle();
  const page = shop.onlyTold();
  expect(page.body).toContain('is protected by the settings, so a person must decide');
  expect(page.body).toContain('It waits until somebody answers.');
  expect(await digestsOf(shop)).toHaveProperty('size', 1);
  await shop.answer({ incident: cart, plan: planIn(page.body), kind: 'approve' });
  await shop.settle();
  expect(outcomeOf(shop)).toMatchObject({ outcome: 'contained' });
});
