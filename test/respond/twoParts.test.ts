import { beforeEach, describe, expect, it } from 'vitest';
import type { Action } from '../../shared/actions/contract.ts';
import type { Later } from '../../shared/actions/parts.ts';
import type { StandingChange } from '../../shared/incident/items.ts';
import { Throttled } from '../../shared/platform/errors.ts';
import { undo } from '../../shared/respond/undo.ts';
import { failing } from './decided.ts';
import { Lab } from './model/lab.ts';
import { asFound, type Swapped } from './model/swap.ts';
import { twoPartRules } from './model/world.ts';

let lab: Lab;
/** Of the plan "look, stop, start, shut". */
const [stop, start, shut] = [1, 2, 3];
const begun = 100_000;

beforeEach(async () => {
  lab = new Lab({ set: twoPartRules });
  await lab.takeIn();
  await lab.decide();
});

/** The action in two steps with members of it, or of its second part, replaced. */
function swapWith(changed: Partial<Action>, later: Partial<Later> = {}): void {
  const replaced = (action: Action): Action => ({
    ...action,
    ...(action.parts === undefined ? {} : { parts: action.parts.map((part) => ({ ...part, ...later })) }),
    ...changed,
  });
  lab.with({ catalogue: lab.effects.catalogue.map((one) => (one.name === 'fake.swap' ? replaced(one) : one)) });
}

const thing = (): Swapped => lab.world.swaps.at(lab.target);

async function standing(): Promise<StandingChange> {
  const change = (await lab.record()).changes.find(({ action }) => action === 'fake.swap');
  if (change === undefined) throw new Error('Nothing stands');
  return change;
}

/** Acts, lets what was started run, and reads back. */
async function done(n: number): Promise<void> {
  await lab.act(n);
  lab.pass(begun);
  await lab.verify(n);
}

/** The next finding, and a decision about it; what is chosen may be another version by then. */
async function again(version = 'clean'): Promise<void> {
  lab.pass(1000);
  const plan: Action['plan'] = () => ({
    kind: 'step',
    sentence: 'Stop it.',
    undo: { possible: true, sentence: 'Undo brings the old version back.' },
    chosen: { version },
    afterwards: { start: 'Start a clean one.' },
  });
  swapWith({ plan });
  await lab.report();
  const { seq } = await lab.head();
  await lab.takeIn({ id: `event-${seq + 1}`, critical: seq + 4, second: 9 + seq });
  await lab.decide();
}

describe('the plan of an action in two steps', () => {
  it('stops first, starts later, and then sees to what both were in the way of', async () => {
    const { steps } = await lab.decide();
    expect(steps.map(({ n }) => n)).toEqual([0, stop, start, shut]);
    for (const n of [0, stop, start, shut]) await done(n);
    expect(thing()).toMatchObject({ count: 3, version: 'clean', calls: ['stop', 'start'] });
    expect((await lab.report()).outcome).toBe('contained');
  });

  it('stands as one change, whose before-state is that of the first and whose intended state is that of both', async () => {
    await done(stop);
    expect(await standing()).toMatchObject({
      before: asFound,
      intended: { count: 0 },
      step: { key: expect.any(String) },
    });
    await lab.act(start);
    const moved = await standing();
    expect(moved).toMatchObject({ before: asFound, intended: { count: 3, version: 'clean' }, from: { count: 0 } });
    expect(moved.step).not.toHaveProperty('part');
    lab.pass(begun);
    await lab.verify(start);
    const settled = await standing();
    expect(settled).not.toHaveProperty('from');
    expect(settled.verifiedAt).toBe(moved.verifiedAt);
  });

  it('is undone in one step, to what was there before the first', async () => {
    for (const n of [0, stop, start, shut]) await done(n);
    await lab.report();
    await undo(lab.effects, { incident: lab.incident, by: 'ana', reason: 'false alarm' });
    const { steps } = await lab.decide();
    expect(steps).toHaveLength(2);
    for (const { n } of steps) await done(n);
    expect((await lab.report()).outcome).toBe('undone');
    expect(thing()).toMatchObject({ ...asFound, calls: ['stop', 'start', 'back'] });
    expect((await lab.record()).changes).toEqual([]);
  });

  it('can be undone between its steps', async () => {
    await done(stop);
    await undo(lab.effects, { incident: lab.incident, by: 'ana', reason: 'false alarm' });
    await expect(lab.act(start)).rejects.toThrow('A person decided to undo it.');
    await lab.report();
    const { steps } = await lab.decide();
    for (const { n } of steps) await done(n);
    expect(thing()).toMatchObject({ ...asFound, calls: ['stop', 'back'] });
  });
});

describe('a second step', () => {
  it('is not taken before the first was read back', async () => {
    await lab.act(stop);
    await lab.act(start);
    expect(await lab.receipt(start)).toMatchObject({ state: 'skipped' });
    expect(thing().calls).toEqual(['stop']);
  });

  it('is held where nothing stands that it could go on with', async () => {
    swapWith({ facts: { ...lab.effects.catalogue[0]?.facts, changes: false } as Action['facts'] });
    await done(stop);
    await expect(lab.act(start)).rejects.toThrow('Nothing stands that it could go on with.');
    expect(thing().calls).toEqual(['stop']);
  });

  it('that this version does not know is not taken', async () => {
    await done(stop);
    swapWith({}, { name: 'begin' });
    await expect(lab.act(start)).rejects.toThrow('There is no start of fake.swap in this version');
  });

  it('goes on after a crash before its call, from what the first has left', async () => {
    await done(stop);
    swapWith({}, { execute: failing(new Throttled('slow down')) });
    await expect(lab.act(start)).rejects.toMatchObject({ name: 'Throttled' });
    const cutOff = await standing();
    lab.effects = lab.world.direct;
    await done(start);
    expect(thing().calls).toEqual(['stop', 'start']);
    expect(cutOff.from).toEqual({ count: 0 });
    expect((await standing()).before).toEqual(cutOff.before);
  });

  it('keeps what it goes on from over every repeat', async () => {
    await done(stop);
    swapWith({}, { execute: failing(new Throttled('slow down')) });
    for (const _time of [1, 2, 3]) await expect(lab.act(start)).rejects.toMatchObject({ name: 'Throttled' });
    expect(await standing()).toMatchObject({ from: { count: 0 }, before: asFound });
  });

  it('goes on when half of it was done', async () => {
    await done(stop);
    swapWith({}, { execute: failing(new Throttled('slow down')) });
    await expect(lab.act(start)).rejects.toMatchObject({ name: 'Throttled' });
    lab.effects = lab.world.direct;
    thing().version = 'clean';
    await done(start);
    expect(thing()).toMatchObject({ count: 3, version: 'clean', calls: ['stop', 'start'] });
  });

  it('makes no call when what it was for is so', async () => {
    await done(stop);
    Object.assign(thing(), { count: 3, version: 'clean' });
    await lab.act(start);
    expect(await lab.receipt(start)).toMatchObject({ state: 'done' });
    expect(thing().calls).toEqual(['stop']);
  });

  it.each([
    ['a value of its own', { count: 1 }],
    ['what was there before the first', { count: 3 }],
    ['something that the first did not touch', { version: 'theirs' }],
  ])('is held when a person has set %s in between', async (_what, set) => {
    await done(stop);
    Object.assign(thing(), set);
    await expect(lab.act(start)).rejects.toThrow(/^Somebody .*Nothing was overwritten\. Now (count|version) was /);
    expect(thing()).toMatchObject({ ...set, calls: ['stop'] });
    expect(await standing()).toMatchObject({ before: asFound, intended: { count: 0 } });
  });

  it.each([
    ['a value of its own', { count: 1 }],
    ['a version of their own', { version: 'theirs' }],
  ])('is held when a person has set %s after it was cut off', async (_what, set) => {
    await done(stop);
    swapWith({}, { execute: failing(new Throttled('slow down')) });
    await expect(lab.act(start)).rejects.toMatchObject({ name: 'Throttled' });
    lab.effects = lab.world.direct;
    Object.assign(thing(), set);
    await expect(lab.act(start)).rejects.toThrow('Somebody has changed back what was contained.');
    expect(thing()).toMatchObject({ ...set, calls: ['stop'] });
  });

  it.each([
    ['stops what was started', { count: 0 }],
    ['goes back to the old version', { version: 'bad' }],
  ])('is not taken again when a person %s later', async (_what, set) => {
    for (const n of [0, stop, start, shut]) await done(n);
    await again();
    Object.assign(thing(), set);
    await lab.act(stop).catch(() => {});
    await lab.verify(stop).catch(() => {});
    await lab.act(start).catch(() => {});
    expect(thing()).toMatchObject({ ...set, calls: ['stop', 'start'] });
    expect(await standing()).toMatchObject({ before: asFound, intended: { count: 3, version: 'clean' } });
  });
});

describe('a containment that stands', () => {
  it('moves on when another version is chosen in a later round, from the one before, with the first before-state', async () => {
    for (const n of [0, stop, start, shut]) await done(n);
    await again('cleaner');
    await done(stop);
    await lab.act(start);
    expect(thing()).toMatchObject({ count: 3, version: 'cleaner', calls: ['stop', 'start', 'start'] });
    expect(await standing()).toMatchObject({
      before: asFound,
      intended: { count: 3, version: 'cleaner' },
      from: { count: 3, version: 'clean' },
    });
  });

  it('and does not hold though it is as intended is done again, with the before-state of then', async () => {
    for (const n of [0, stop, start, shut]) await done(n);
    await again();
    let runs = true;
    const verify: Action['verify'] = async () => ({
      state: runs ? 'broken' : 'holds',
      seen: 'An accused task runs.',
      absence: false,
    });
    swapWith({
      verify,
      execute: async () => {
        runs = false;
        thing().calls.push('stop');
        thing().count = 0;
        return { kind: 'done', did: 'Stopped it.' };
      },
    });
    await done(stop);
    expect(await lab.receipt(stop)).toMatchObject({ state: 'done', verified: { state: 'holds' }, before: asFound });
    expect(await standing()).toMatchObject({
      before: asFound,
      intended: { count: 0, version: 'clean' },
      from: { count: 3, version: 'clean' },
    });
    await done(start);
    expect(thing()).toMatchObject({ count: 3, version: 'clean', calls: ['stop', 'start', 'stop', 'start'] });
  });

  it('is stopped again though its second step was cut off: that is our doing, nobody else’s', async () => {
    await done(stop);
    swapWith({}, { execute: failing(new Throttled('slow down')) });
    await expect(lab.act(start)).rejects.toMatchObject({ name: 'Throttled' });
    lab.effects = lab.world.direct;
    await again();
    let stopped = 0;
    swapWith({
      verify: async () => ({ state: stopped > 0 ? 'holds' : 'broken', seen: 'A task runs.', absence: false }),
      execute: async () => {
        stopped += 1;
        return { kind: 'done', did: 'Stopped it.' };
      },
    });
    await done(stop);
    expect(stopped).toBe(1);
    expect(await lab.receipt(stop)).toMatchObject({ state: 'done' });
  });
});
