import { beforeEach, describe, expect, it } from 'vitest';
import type { Action } from '../../shared/actions/contract.ts';
import { Throttled } from '../../shared/platform/errors.ts';
import { undo } from '../../shared/respond/undo.ts';
import { failing } from './decided.ts';
import { asFound } from './model/swap.ts';
import { SwapLab } from './swapLab.ts';

let lab: SwapLab;
/** Of the plan "look, stop, start, shut". */
const [stop, start, shut] = [1, 2, 3];
const begun = 100_000;

beforeEach(async () => {
  lab = new SwapLab();
  await lab.takeIn();
  await lab.decide();
});

describe('the plan of an action in two steps', () => {
  it('stops first, starts later, and then sees to what both were in the way of', async () => {
    const { steps } = await lab.decide();
    expect(steps.map(({ n }) => n)).toEqual([0, stop, start, shut]);
    for (const n of [0, stop, start, shut]) await lab.done(n);
    expect(lab.swapped).toMatchObject({ count: 3, version: 'clean', calls: ['stop', 'start'] });
    expect((await lab.report()).outcome).toBe('contained');
  });

  it('stands as one change, whose before-state is that of the first and whose intended state is that of both', async () => {
    await lab.done(stop);
    expect(await lab.standing()).toMatchObject({
      before: asFound,
      intended: { count: 0 },
      step: { key: expect.any(String) },
    });
    await lab.act(start);
    const moved = await lab.standing();
    expect(moved).toMatchObject({ before: asFound, intended: { count: 3, version: 'clean' }, from: { count: 0 } });
    expect(moved.step).not.toHaveProperty('part');
    lab.pass(begun);
    await lab.verify(start);
    const settled = await lab.standing();
    expect(settled).not.toHaveProperty('from');
    expect(settled.verifiedAt).toBe(moved.verifiedAt);
  });

  it('is undone in one step, to what was there before the first', async () => {
    for (const n of [0, stop, start, shut]) await lab.done(n);
    await lab.report();
    await undo(lab.effects, { incident: lab.incident, by: 'ana', reason: 'false alarm' });
    const { steps } = await lab.decide();
    expect(steps).toHaveLength(2);
    for (const { n } of steps) await lab.done(n);
    expect((await lab.report()).outcome).toBe('undone');
    expect(lab.swapped).toMatchObject({ ...asFound, calls: ['stop', 'start', 'back'] });
    expect((await lab.record()).changes).toEqual([]);
  });

  it('can be undone between its steps', async () => {
    await lab.done(stop);
    await undo(lab.effects, { incident: lab.incident, by: 'ana', reason: 'false alarm' });
    await expect(lab.act(start)).rejects.toThrow('A person decided to undo it.');
    await lab.report();
    const { steps } = await lab.decide();
    for (const { n } of steps) await lab.done(n);
    expect(lab.swapped).toMatchObject({ ...asFound, calls: ['stop', 'back'] });
  });
});

describe('a second step', () => {
  it('is not taken before the first was read back', async () => {
    await lab.act(stop);
    await lab.act(start);
    expect(await lab.receipt(start)).toMatchObject({ state: 'skipped' });
    expect(lab.swapped.calls).toEqual(['stop']);
  });

  it('is held where nothing stands that it could go on with', async () => {
    lab.swapWith({ facts: { ...lab.effects.catalogue[0]?.facts, changes: false } as Action['facts'] });
    await lab.done(stop);
    await expect(lab.act(start)).rejects.toThrow('Nothing stands that it could go on with.');
    expect(lab.swapped.calls).toEqual(['stop']);
  });

  it('that this version does not know is not taken', async () => {
    await lab.done(stop);
    lab.swapWith({}, { name: 'begin' });
    await expect(lab.act(start)).rejects.toThrow('There is no start of fake.swap in this version');
  });

  it('goes on after a crash before its call, from what the first has left', async () => {
    await lab.done(stop);
    lab.swapWith({}, { execute: failing(new Throttled('slow down')) });
    await expect(lab.act(start)).rejects.toMatchObject({ name: 'Throttled' });
    const cutOff = await lab.standing();
    lab.effects = lab.world.direct;
    await lab.done(start);
    expect(lab.swapped.calls).toEqual(['stop', 'start']);
    expect(cutOff.from).toEqual({ count: 0 });
    expect((await lab.standing()).before).toEqual(cutOff.before);
  });

  it('keeps what it goes on from over every repeat', async () => {
    await lab.done(stop);
    lab.swapWith({}, { execute: failing(new Throttled('slow down')) });
    for (const _time of [1, 2, 3]) await expect(lab.act(start)).rejects.toMatchObject({ name: 'Throttled' });
    expect(await lab.standing()).toMatchObject({ from: { count: 0 }, before: asFound });
  });

  it('goes on when half of it was done', async () => {
    await lab.done(stop);
    lab.swapWith({}, { execute: failing(new Throttled('slow down')) });
    await expect(lab.act(start)).rejects.toMatchObject({ name: 'Throttled' });
    lab.effects = lab.world.direct;
    lab.swapped.version = 'clean';
    await lab.done(start);
    expect(lab.swapped).toMatchObject({ count: 3, version: 'clean', calls: ['stop', 'start'] });
  });

  it('makes no call when what it was for is so', async () => {
    await lab.done(stop);
    Object.assign(lab.swapped, { count: 3, version: 'clean' });
    await lab.act(start);
    expect(await lab.receipt(start)).toMatchObject({ state: 'done' });
    expect(lab.swapped.calls).toEqual(['stop']);
  });

  it.each([
    ['a value of its own', { count: 1 }],
    ['what was there before the first', { count: 3 }],
    ['something that the first did not touch', { version: 'theirs' }],
  ])('is held when a person has set %s in between', async (_what, set) => {
    await lab.done(stop);
    Object.assign(lab.swapped, set);
    await expect(lab.act(start)).rejects.toThrow(/^Somebody .*Nothing was overwritten\. Now (count|version) was /);
    expect(lab.swapped).toMatchObject({ ...set, calls: ['stop'] });
    expect(await lab.standing()).toMatchObject({ before: asFound, intended: { count: 0 } });
  });

  it.each([
    ['a value of its own', { count: 1 }],
    ['a version of their own', { version: 'theirs' }],
  ])('is held when a person has set %s after it was cut off', async (_what, set) => {
    await lab.done(stop);
    lab.swapWith({}, { execute: failing(new Throttled('slow down')) });
    await expect(lab.act(start)).rejects.toMatchObject({ name: 'Throttled' });
    lab.effects = lab.world.direct;
    Object.assign(lab.swapped, set);
    await expect(lab.act(start)).rejects.toThrow('Somebody has changed back what was contained.');
    expect(lab.swapped).toMatchObject({ ...set, calls: ['stop'] });
  });

  it.each([
    ['stops what was started', { count: 0 }],
    ['goes back to the old version', { version: 'bad' }],
  ])('is not taken again when a person %s later', async (_what, set) => {
    for (const n of [0, stop, start, shut]) await lab.done(n);
    await lab.again();
    Object.assign(lab.swapped, set);
    await lab.act(stop).catch(() => {});
    await lab.verify(stop).catch(() => {});
    await lab.act(start).catch(() => {});
    expect(lab.swapped).toMatchObject({ ...set, calls: ['stop', 'start'] });
    expect(await lab.standing()).toMatchObject({ before: asFound, intended: { count: 3, version: 'clean' } });
  });
});

describe('a containment that stands', () => {
  it('moves on when another version is chosen in a later round, from the one before, with the first before-state', async () => {
    for (const n of [0, stop, start, shut]) await lab.done(n);
    await lab.again('cleaner');
    await lab.done(stop);
    await lab.act(start);
    expect(lab.swapped).toMatchObject({ count: 3, version: 'cleaner', calls: ['stop', 'start', 'start'] });
    expect(await lab.standing()).toMatchObject({
      before: asFound,
      intended: { count: 3, version: 'cleaner' },
      from: { count: 3, version: 'clean' },
    });
  });

  it('and does not hold though it is as intended is done again, with the before-state of then', async () => {
    for (const n of [0, stop, start, shut]) await lab.done(n);
    await lab.again();
    let runs = true;
    const verify: Action['verify'] = async () => ({
      state: runs ? 'broken' : 'holds',
      seen: 'An accused task runs.',
      absence: false,
    });
    lab.swapWith({
      verify,
      execute: async () => {
        runs = false;
        lab.swapped.calls.push('stop');
        lab.swapped.count = 0;
        return { kind: 'done', did: 'Stopped it.' };
      },
    });
    await lab.done(stop);
    expect(await lab.receipt(stop)).toMatchObject({ state: 'done', verified: { state: 'holds' }, before: asFound });
    expect(await lab.standing()).toMatchObject({
      before: asFound,
      intended: { count: 0, version: 'clean' },
      from: { count: 3, version: 'clean' },
    });
    await lab.done(start);
    expect(lab.swapped).toMatchObject({ count: 3, version: 'clean', calls: ['stop', 'start', 'stop', 'start'] });
  });

  it('is stopped again though its second step was cut off: that is our doing, nobody else’s', async () => {
    await lab.done(stop);
    lab.swapWith({}, { execute: failing(new Throttled('slow down')) });
    await expect(lab.act(start)).rejects.toMatchObject({ name: 'Throttled' });
    lab.effects = lab.world.direct;
    await lab.again();
    let stopped = 0;
    lab.swapWith({
      verify: async () => ({ state: stopped > 0 ? 'holds' : 'broken', seen: 'A task runs.', absence: false }),
      execute: async () => {
        stopped += 1;
        return { kind: 'done', did: 'Stopped it.' };
      },
    });
    await lab.done(stop);
    expect(stopped).toBe(1);
    expect(await lab.receipt(stop)).toMatchObject({ state: 'done' });
  });
});
