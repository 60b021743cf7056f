import { describe, expect, it } from 'vitest';
import { environmentOf, firebreak, type Ran } from '../firebreak.ts';
import { containing, isArchived, openShop, type Shop, serviceIncident } from './shop.ts';
import { miner } from './threats.ts';
import { cleanDigest } from './world.ts';

const cart = serviceIncident('cart');

const commandsOn =
  ({ stage }: Shop) =>
  (...args: readonly string[]): Promise<Ran> =>
    firebreak(args, { env: environmentOf(stage.account) });

const holdFor = (time: string, ...more: readonly string[]): readonly string[] => [
  ...['hold', cart, '--for', time, '--reason', 'payments looks at it', '--by', 'ana'],
  ...more,
];

const headOf = ({ stage }: Shop) => stage.heads().find(({ incident }) => incident === cart);
const changes = ({ stage }: Shop): number =>
  ['ecs:StopTask', 'ecs:UpdateService', 'ecr:UpdateImageStorageClass'].reduce((sum, one) => sum + stage.calls(one), 0);

describe('a hold of a run that is under way', () => {
  it.each([
    // The call that is on its way when somebody asks is made.
    ['before anything was changed', 's3:PutObject', 4, 'contained', 0],
    // The pull of a task that ECS has forgotten by then is nobody's: whether the image is in use is a person's to say.
    ['in the middle of the service', 'ecs:UpdateService', 1, 'degraded', 1],
    ['before the image is archived', 'ecs:StopTask', 2, 'degraded', 0],
  ])(
    '%s changes nothing more until its end, and then the incident is decided again',
    async (_when, action, times, outcome, onItsWay) => {
      await using shop = await openShop([{ name: 'cart' }]);
      const run = commandsOn(shop);
      await shop.find('cart', { kind: miner });
      await shop.until(() => shop.stage.calls(action) >= times);
      expect(headOf(shop)).toMatchObject({ state: 'running' });
      const held = await run(...holdFor('4h'));
      expect(held).toMatchObject({ exit: 0, err: '' });
      expect(held.out).toMatch(
        /is held until .*Z: by ana since .*\(payments looks at it\)\.\nRun .* stops before its next change/,
      );
      const before = changes(shop);
      await shop.settle();
      const then = changes(shop);
      expect(then - before).toBeLessThanOrEqual(onItsWay);
      expect(isArchived(shop, 'cart')).toBe(false);
      expect(headOf(shop)).toMatchObject({
        state: 'resting',
        hold: { by: 'ana' },
        stops: [{ kind: 'hold', of: cart }],
      });
      const { receipts } = await shop.show(cart);
      const refused = receipts.filter(({ state }) => state === 'held');
      expect(refused.length).toBeGreaterThan(0);
      for (const { failed } of refused) expect(failed).toContain('ana holds the incident until');
      expect(shop.onlyTold().body).toContain(`firebreak contain ${cart} --stage dev`);

      await shop.stage.pass(4 * 3600 - 11 * 60);
      expect(changes(shop)).toBe(then);
      await shop.stage.pass(11 * 60);
      await shop.stage.pass(30 * 60);
      expect(headOf(shop)).toMatchObject({ outcome, hold: null, stops: null });
      expect(isArchived(shop, 'cart')).toBe(outcome === 'contained');
      const { digests, desired } = await shop.service('cart');
      expect({ digests, desired }).toEqual({ digests: [cleanDigest('cart')], desired: 2 });
    },
  );

  it('is ended by contain, which has the run decide again; whoever comes second is told what is so', async () => {
    await using shop = await openShop([{ name: 'cart' }]);
    const run = commandsOn(shop);
    await shop.find('cart', { kind: miner });
    await shop.until(() => shop.stage.calls('s3:PutObject') >= 4);
    const [one, other] = await Promise.all([run(...holdFor('4h')), run(...holdFor('4h'))]);
    expect([one.exit, other.exit]).toEqual([0, 0]);
    await shop.settle();
    expect(headOf(shop)).toMatchObject({ state: 'resting', outcome: 'held' });
    const longer = await run(...holdFor('8h'));
    expect(longer.out).toMatch(/It replaces the hold until .* by ana .*which would have ended before\./);

    const listed = await run('incidents', 'list');
    expect(listed.out).toMatch(/HELD UNTIL 20/);
    const shown = await run('incidents', 'show', cart);
    expect(shown.out).toMatch(/held by ana until .*: payments looks at it/);
    expect(shown.out).toMatch(/hold until .* by ana: payments looks at it/);
    expect(shown.out).toContain(`It is to be contained again: firebreak contain ${cart} --stage dev`);

    const ended = await run('contain', cart, '--by', 'ben', '--reason', 'they are ready');
    expect(ended).toMatchObject({ exit: 0, out: expect.stringMatching(/The hold until .* by ana is over/) });
    const again = await run('contain', cart, '--by', 'ben', '--reason', 'they are ready', '--json');
    expect(JSON.parse(again.out)).toMatchObject({ version: 1, incident: cart, kind: 'known' });
    await shop.settle();
    await shop.stage.pass(20 * 60);
    expect(headOf(shop)).toMatchObject({ outcome: 'contained', hold: null });
    expect(isArchived(shop, 'cart')).toBe(true);
    expect(shop.stage.calls('ecr:UpdateImageStorageClass')).toBe(1);
    const nothing = await run('contain', cart, '--by', 'eve');
    expect(nothing).toMatchObject({ exit: 1, out: '', err: expect.stringMatching(/^firebreak: Nobody holds .*\n$/) });
  });
});

describe('contain again', () => {
  it('after an undo: what was approved before is asked again, and then it is contained', async () => {
    const asking = { containing: `${containing}approval: { when: [always] }\n` };
    await using shop = await openShop([{ name: 'cart' }], { rules: asking });
    const run = commandsOn(shop);
    const planIn = (body: string): string => /--plan ([0-9a-f]{12})/.exec(body)?.[1] ?? '';
    await shop.find('cart', { kind: miner });
    await shop.settle();
    const first = planIn(shop.onlyTold().body);
    await shop.answer({ incident: cart, plan: first, kind: 'approve' });
    await shop.settle();
    expect(isArchived(shop, 'cart')).toBe(true);
    await shop.undo(cart);
    await shop.stage.pass(45 * 60);
    expect(headOf(shop)).toMatchObject({ state: 'resting', outcome: 'undone' });
    expect(isArchived(shop, 'cart')).toBe(false);
    shop.told();

    const done = await run('contain', cart, '--reason', 'it was none', '--by', 'ana', '--json');
    expect(done.exit).toBe(0);
    expect(JSON.parse(done.out)).toMatchObject({ kind: 'opened', ended: { undoneUntil: expect.any(String) } });
    await shop.settle();
    const asked = planIn(shop.onlyTold().body);
    expect(asked).not.toBe(first);
    expect(isArchived(shop, 'cart')).toBe(false);
    await shop.answer({ incident: cart, plan: asked, kind: 'approve' });
    await shop.stage.pass(20 * 60);
    expect(headOf(shop)).toMatchObject({ outcome: 'contained', heldUntil: null });
    expect(isArchived(shop, 'cart')).toBe(true);
  });

  it('while an undo runs is refused; a hold then lets the undo be finished', async () => {
    await using shop = await openShop([{ name: 'cart' }]);
    const run = commandsOn(shop);
    await shop.find('cart', { kind: miner });
    await shop.settle();
    await shop.stage.pass(20 * 60);
    expect(headOf(shop)).toMatchObject({ outcome: 'contained' });
    await shop.undo(cart);
    await shop.stage.pass(5);
    expect(headOf(shop)).toMatchObject({ state: 'running', direction: 'undo' });
    expect(await run('contain', cart)).toMatchObject({
      exit: 1,
      err: expect.stringContaining('is being undone by run'),
    });
    expect(await run(...holdFor('2d'))).toMatchObject({ exit: 0, out: expect.stringContaining('an undo is finished') });
    await shop.stage.pass(45 * 60);
    expect(headOf(shop)).toMatchObject({ state: 'resting', outcome: 'undone', hold: { by: 'ana' } });
    expect(isArchived(shop, 'cart')).toBe(false);
  });
});
