import { beforeEach, describe, expect, it } from 'vitest';
import type { Action } from '../../shared/actions/contract.ts';
import type { Later } from '../../shared/actions/parts.ts';
import type { StandingChange } from '../../shared/incident/items.ts';
import { undo } from '../../shared/respond/undo.ts';
import { Lab } from './model/lab.ts';
import type { Swapped } from './model/swap.ts';
import { twoPartRules } from './model/world.ts';

let lab: Lab;
/** Of the plan "look, stop, start, shut". */
const [stop, start, shut] = [1, 2, 3];
const begun = 100_000;

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

describe('a later step that closes', () => {
  const why = 'All is as it was.';
  beforeEach(async () => {
    lab = new Lab({ set: twoPartRules });
    swapWith({}, { closes: why, reversal: { possible: false, why: 'It stays started.' } });
    await lab.takeIn();
    await lab.decide();
  });

  it('leaves nothing standing that an undo would put back', async () => {
    await done(stop);
    expect((await standing()).step.undo.possible).toBe(true);
    await done(start);
    expect((await standing()).step.undo).toEqual({ possible: false, why });
    for (const n of [0, shut]) await done(n);
    await lab.report();
    await undo(lab.effects, { incident: lab.incident, by: 'ana', reason: 'false alarm' });
    const { steps } = await lab.decide();
    for (const { n } of steps) await done(n);
    expect(thing().calls).toEqual(['stop', 'start']);
  });

  it('and is no before-state for what is changed after it', async () => {
    for (const n of [0, stop, start, shut]) await done(n);
    thing().count = 5;
    thing().version = 'bad';
    await again();
    await done(stop);
    expect(await standing()).toMatchObject({ before: { count: 5, version: 'bad' }, intended: { count: 0 } });
  });

  it('goes on with what the first has left, whatever it promises of itself', async () => {
    await done(stop);
    Object.assign(thing(), { version: 'theirs' });
    await expect(lab.act(start)).rejects.toThrow('Nothing was overwritten.');
    expect(thing().calls).toEqual(['stop']);
  });

  it('closes what the first had begun and could not finish', async () => {
    lab = new Lab({ set: twoPartRules });
    const verify: Action['verify'] = async () => ({ state: 'broken', seen: 'It runs on.', absence: false });
    swapWith({ verify }, { closes: why, needsEarlier: false });
    await lab.takeIn();
    await lab.decide();
    await lab.act(stop);
    lab.pass(begun);
    await expect(lab.verify(stop)).rejects.toThrow('It runs on.');
    expect(await standing()).not.toHaveProperty('verifiedAt');
    await done(start);
    expect((await standing()).step.undo).toEqual({ possible: false, why });
    expect(thing().calls).toEqual(['stop', 'start']);
  });

  it('is asked about again: what a plan then holds, a person decides', async () => {
    for (const n of [0, stop, start, shut]) await done(n);
    lab.pass(1000);
    swapWith({ plan: () => ({ kind: 'hold', reason: 'It failed lately.', seen: [] }) }, { closes: why });
    await lab.report();
    await lab.takeIn({ id: 'event-2', critical: 5, second: 9 });
    await lab.decide();
    const { steps } = await lab.decide();
    expect(steps).not.toContainEqual(expect.objectContaining({ n: stop }));
    expect(thing().calls).toEqual(['stop', 'start']);
  });
});
