import { beforeEach, describe, expect, it } from 'vitest';
import { Throttled } from '../../shared/platform/errors.ts';
import { pause } from '../../shared/respond/pause.ts';
import { stopOfFreeze } from '../../shared/respond/stops.ts';
import { sweep } from '../../shared/respond/sweep.ts';
import { undo } from '../../shared/respond/undo.ts';
import type { Freeze } from '../../shared/rules/rule.ts';
import { shutWith } from './decided.ts';
import { Lab } from './model/lab.ts';
import { rules } from './model/world.ts';

const minute = 60_000;
const hour = 60 * minute;

/** The lab begins at 09:00 UTC, which is 10:00 in Berlin. */
const frozen = (fields: Partial<Freeze> = {}) => ({
  ...rules,
  settings: {
    ...rules.settings,
    freezes: [{ name: 'release', timeZone: 'Europe/Berlin', from: '09:30', to: '12:00', ...fields }],
  },
});

let lab: Lab;
const open = async (fields: Partial<Freeze> = {}): Promise<void> => {
  lab = new Lab({ set: frozen(fields) });
  await lab.takeIn();
};

async function swept(): Promise<boolean> {
  await sweep(lab.effects);
  if ((await lab.head()).state !== 'running') return false;
  await lab.run();
  return true;
}

describe('in a freeze', () => {
  beforeEach(() => open());

  it('nothing is changed: it is held, and told, with the window and its end', async () => {
    await lab.run();
    expect(lab.thing.calls).toEqual([]);
    expect(await lab.head()).toMatchObject({ outcome: 'held', stops: [{ kind: 'freeze', of: 'release' }] });
    expect(lab.world.published[0]).toMatchObject({
      tier: 'notice',
      subject: expect.stringContaining('held, changes are frozen'),
      body: expect.stringContaining(
        'Nothing is changed in the freeze release (09:30 to 12:00, Europe/Berlin), which is over at 2026-11-20T11:00:00.000Z.',
      ),
    });
  });

  it('of which no end is known, that is said, and no day is named', () => {
    const always = { name: 'all', timeZone: 'UTC', from: '00:00', to: '00:00' };
    expect(stopOfFreeze([always], [], new Date('2026-11-20T10:00:00Z'))).toMatchObject({
      until: null,
      why: 'Nothing is changed in the freeze all (00:00 to 00:00, UTC), without an end that is known.',
    });
  });

  it('what is held is decided again when it is over, without a new finding', async () => {
    await lab.run();
    lab.pass(2 * hour - 1);
    expect(await swept()).toBe(false);
    lab.pass(1);
    expect(await swept()).toBe(true);
    expect(lab.thing.calls).toEqual(['shut']);
    expect(await lab.head()).toMatchObject({ outcome: 'contained', stops: null });
  });

  it('is not known to be over while no rules are readable', async () => {
    await lab.run();
    lab.pass(2 * hour);
    lab.world.rulesUnreadable = true;
    expect(await swept()).toBe(false);
  });

  it('a person undoes all the same', async () => {
    lab = new Lab({ set: frozen({ from: '10:30' }) });
    await lab.takeIn();
    await lab.run();
    lab.pass(hour);
    await undo(lab.effects, { incident: lab.incident, by: 'ana', reason: 'false alarm' });
    await lab.playPlan(2 * minute);
    await lab.report();
    expect(await lab.head()).toMatchObject({ outcome: 'undone' });
  });

  it('and a pause: is decided again when both are over', async () => {
    await pause(lab.effects, { target: null, by: 'ana', reason: 'a move', forMs: 3 * hour });
    await lab.run();
    lab.pass(2.5 * hour);
    expect(await swept()).toBe(false);
    lab.pass(hour);
    expect(await swept()).toBe(true);
    expect(lab.thing.calls).toEqual(['shut']);
  });
});

describe('a freeze', () => {
  it('that begins after the plan was made stops what is not begun', async () => {
    await open({ from: '10:30' });
    await lab.decide();
    lab.pass(hour);
    await expect(lab.act()).rejects.toMatchObject({ name: 'ActionFailed' });
    expect(lab.thing.calls).toEqual([]);
    expect(await lab.receipt()).toMatchObject({ state: 'held', stops: [{ kind: 'freeze' }] });
  });

  it('lets what is begun come to its end: half of it may be worse than all', async () => {
    await open({ from: '10:30' });
    await lab.decide();
    shutWith(lab, { execute: () => Promise.reject(new Throttled('slow down')) });
    await expect(lab.act()).rejects.toMatchObject({ name: 'Throttled' });
    lab.effects = lab.world.direct;
    lab.pass(hour);
    await lab.act();
    expect(lab.thing.calls).toEqual(['shut']);
  });

  it('of other rules stops nothing of this one', async () => {
    await open({ rules: ['another'] });
    await lab.run();
    expect(lab.thing.calls).toEqual(['shut']);
  });

  it('of this rule stops it', async () => {
    await open({ rules: ['shut-critical'] });
    await lab.run();
    expect(lab.thing.calls).toEqual([]);
  });
});
