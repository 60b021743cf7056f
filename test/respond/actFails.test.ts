import { describe, expect, it } from 'vitest';
import { ActionFailed, Throttled } from '../../shared/platform/errors.ts';
import { retriesOfThrottled } from '../../shared/respond/failure.ts';
import { undo } from '../../shared/respond/undo.ts';
import { decided, failing, shutWith } from './decided.ts';
import { Lab, shutStep } from './model/lab.ts';

describe('what fails', () => {
  it('is written down before it is thrown, and thrown again by a repeat', async () => {
    const lab = await decided();
    shutWith(lab, { execute: failing(new ActionFailed('AWS refused')) });
    await expect(lab.act()).rejects.toThrow('AWS refused');
    expect(await lab.receipt()).toMatchObject({ state: 'failed', failed: 'AWS refused', before: { status: 'open' } });
    lab.effects = lab.world.direct;
    await expect(lab.act()).rejects.toThrow('AWS refused');
    expect(lab.thing.calls).toEqual([]);
  });

  it('keeps what is not ours out of the text', async () => {
    const lab = await decided();
    shutWith(lab, { execute: failing(new TypeError('<script>')) });
    await expect(lab.act()).rejects.toMatchObject({ name: 'ActionFailed' });
    expect((await lab.receipt())?.failed).not.toContain('script');
  });

  it('is no failure when the target is gone', async () => {
    const lab = await decided();
    lab.world.account.things.clear();
    await lab.act();
    expect(await lab.receipt()).toMatchObject({ state: 'gone' });
  });

  it('is no success when the target on which several meet is gone: another of them may be there', async () => {
    const lab = new Lab();
    shutWith(lab, { meets: (at) => ({ at, members: [at, { ...at, id: `${at.id}-2` }] }) });
    await lab.takeIn();
    await lab.decide();
    lab.world.account.things.clear();
    await expect(lab.act()).rejects.toMatchObject({ name: 'StalePlan' });
    expect(await lab.receipt()).toMatchObject({
      state: 'stale',
      failed: expect.stringContaining('what is changed with it'),
    });
  });

  it('is over when that target is gone and they were changed together: nothing is left of any of them', async () => {
    const lab = new Lab();
    shutWith(lab, { meets: (at) => ({ at, members: [at, { ...at, id: `${at.id}-2` }] }) });
    await lab.takeIn();
    await lab.run();
    await undo(lab.effects, { incident: lab.incident, by: 'ana', reason: 'false alarm' });
    await lab.decide();
    lab.world.account.things.clear();
    await lab.act(0);
    expect(await lab.receipt(0)).toMatchObject({ state: 'gone', before: { status: 'open' } });
    await expect(lab.verify(0)).rejects.toMatchObject({ name: 'NotSettled' });
    lab.pass(31_000);
    await lab.verify(0);
    await lab.report();
    expect(await lab.head()).toMatchObject({ outcome: 'undone' });
    expect(lab.world.published.at(-1)).toMatchObject({
      tier: 'notice',
      subject: expect.stringContaining('it is gone'),
    });
  });

  it('has failed when AWS throttles it to the last try, with the reason', async () => {
    const lab = await decided();
    shutWith(lab, { execute: failing(new Throttled('Shutting it: slow down')) });
    await expect(lab.act(shutStep, 'token', retriesOfThrottled - 1)).rejects.toMatchObject({ name: 'Throttled' });
    expect(await lab.receipt()).toMatchObject({ state: 'started' });
    await expect(lab.act(shutStep, 'token', retriesOfThrottled)).rejects.toMatchObject({ name: 'ActionFailed' });
    expect(await lab.receipt()).toMatchObject({
      state: 'failed',
      failed: 'Shutting it: slow down',
      before: { status: 'open' },
      startedAt: expect.any(String),
    });
  });

  it('says why it was never started when the throttle came before', async () => {
    const lab = await decided();
    shutWith(lab, { observe: failing(new Throttled('Reading it: slow down')) });
    await expect(lab.act(shutStep, 'token', retriesOfThrottled)).rejects.toMatchObject({ name: 'ActionFailed' });
    expect(await lab.receipt()).toMatchObject({ state: 'failed', failed: 'Reading it: slow down' });
    expect((await lab.record()).changes).toEqual([]);
  });
});
