import { beforeEach, describe, expect, it } from 'vitest';
import type { Action } from '../../shared/actions/contract.ts';
import { undo } from '../../shared/respond/undo.ts';
import { SwapLab } from './swapLab.ts';

let lab: SwapLab;
/** Of the plan "look, stop, start, shut". */
const [stop, start, shut] = [1, 2, 3];
const begun = 100_000;

describe('a later step that closes', () => {
  const why = 'All is as it was.';
  beforeEach(async () => {
    lab = new SwapLab();
    lab.swapWith({}, { closes: why, reversal: { possible: false, why: 'It stays started.' } });
    await lab.takeIn();
    await lab.decide();
  });

  it('leaves nothing standing that an undo would put back', async () => {
    await lab.done(stop);
    expect((await lab.standing()).step.undo.possible).toBe(true);
    await lab.done(start);
    expect((await lab.standing()).step.undo).toEqual({ possible: false, why });
    for (const n of [0, shut]) await lab.done(n);
    await lab.report();
    await undo(lab.effects, { incident: lab.incident, by: 'ana', reason: 'false alarm' });
    const { steps } = await lab.decide();
    for (const { n } of steps) await lab.done(n);
    expect(lab.swapped.calls).toEqual(['stop', 'start']);
  });

  it('and is no before-state for what is changed after it', async () => {
    for (const n of [0, stop, start, shut]) await lab.done(n);
    lab.swapped.count = 5;
    lab.swapped.version = 'bad';
    await lab.again();
    await lab.done(stop);
    expect(await lab.standing()).toMatchObject({ before: { count: 5, version: 'bad' }, intended: { count: 0 } });
  });

  it('goes on with what the first has left, whatever it promises of itself', async () => {
    await lab.done(stop);
    Object.assign(lab.swapped, { version: 'theirs' });
    await expect(lab.act(start)).rejects.toThrow('Nothing was overwritten.');
    expect(lab.swapped.calls).toEqual(['stop']);
  });

  it('closes what the first had begun and could not finish', async () => {
    lab = new SwapLab();
    const verify: Action['verify'] = async () => ({ state: 'broken', seen: 'It runs on.', absence: false });
    lab.swapWith({ verify }, { closes: why, needsEarlier: false });
    await lab.takeIn();
    await lab.decide();
    await lab.act(stop);
    lab.pass(begun);
    await expect(lab.verify(stop)).rejects.toThrow('It runs on.');
    expect(await lab.standing()).not.toHaveProperty('verifiedAt');
    await lab.done(start);
    expect((await lab.standing()).step.undo).toEqual({ possible: false, why });
    expect(lab.swapped.calls).toEqual(['stop', 'start']);
  });

  it('is asked about again: what a plan then holds, a person decides', async () => {
    for (const n of [0, stop, start, shut]) await lab.done(n);
    lab.pass(1000);
    lab.swapWith({ plan: () => ({ kind: 'hold', reason: 'It failed lately.', seen: [] }) }, { closes: why });
    await lab.report();
    await lab.takeIn({ id: 'event-2', critical: 5, second: 9 });
    await lab.decide();
    const { steps } = await lab.decide();
    expect(steps).not.toContainEqual(expect.objectContaining({ n: stop }));
    expect(lab.swapped.calls).toEqual(['stop', 'start']);
  });
});
