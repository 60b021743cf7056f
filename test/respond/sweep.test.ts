import { beforeEach, describe, expect, it } from 'vitest';
import { raise } from '../../shared/incident/raise.ts';
import { readTarget, takeTarget } from '../../shared/incident/targets.ts';
import { sweep } from '../../shared/respond/sweep.ts';
import { undo } from '../../shared/respond/undo.ts';
import { Lab } from './model/lab.ts';

const hour = 3_600_000;
let lab: Lab;
beforeEach(async () => {
  lab = new Lab();
  await lab.takeIn();
});

const ignored = async (): Promise<void> => {
  lab.world.account.things.clear();
  await expect(lab.decide()).rejects.toMatchObject({ name: 'NotSettled' });
  lab.world.schedule.now += 31_000;
  await lab.decide(1);
  await lab.report();
};

describe('the sweep', () => {
  it('starts a run that was opened and never started', async () => {
    lab.world.machine.executions.clear();
    await sweep(lab.effects);
    expect(lab.world.machine.executions.size).toBe(1);
  });

  it('sends what was written and never sent', async () => {
    await lab.decide();
    lab.with({ publisher: { publish: () => Promise.reject(new Error('cut off')) } });
    await expect(lab.report()).rejects.toThrow('cut off');
    lab.effects = lab.world.direct;
    await sweep(lab.effects);
    expect(lab.world.published).toHaveLength(1);
    await sweep(lab.effects);
    expect(lab.world.published).toHaveLength(1);
  });

  it('lets one incident that fails not stop the others, and fails in the end', async () => {
    await raise(lab.world.table, 'another', { run: 'r', now: lab.effects.clock.now() });
    const { executions } = lab.effects;
    let first = true;
    const start: typeof executions.start = async (name, input) => {
      if (!first) return executions.start(name, input);
      first = false;
      throw new Error('broken');
    };
    lab.with({ executions: { ...executions, start } });
    lab.world.machine.executions.clear();
    await expect(sweep(lab.effects)).rejects.toThrow('broken');
    expect(lab.world.machine.executions.size).toBe(1);
  });
});

describe('an incident is closed', () => {
  it('when it has been quiet for as long as the settings say', async () => {
    await ignored();
    lab.pass(24 * hour - 1);
    await sweep(lab.effects);
    expect(await lab.head()).toMatchObject({ state: 'resting' });
    lab.pass(1);
    await sweep(lab.effects);
    expect(await lab.head()).toMatchObject({ state: 'closed' });
    expect(await lab.world.table.candidates('resting')).toEqual([]);
  });

  it('never while a containment of it stands', async () => {
    await lab.run();
    // Another target, of which nothing stands, and which comes first.
    const { incident, run } = await lab.head();
    await takeTarget(lab.world.table, 'a', { incident, run }, lab.effects.clock.now(), async () => {});
    lab.pass(1000 * hour);
    await sweep(lab.effects);
    expect(await lab.head()).toMatchObject({ state: 'resting' });
    expect(await readTarget(lab.world.table, 'a')).toMatchObject({ interested: [incident] });
  });

  it('not while it is held', async () => {
    await lab.run();
    await undo(lab.effects, { incident: lab.incident, by: 'ana', reason: 'false alarm' });
    await lab.decide();
    await lab.act(0);
    lab.pass(hour);
    await lab.verify(0);
    await lab.report();
    const head = { pk: `incident#${lab.incident}`, sk: 'head' };
    await lab.world.table.update(head, {}, { set: { heldUntil: '2027-01-01T00:00:00.000Z' } });
    lab.pass(48 * hour);
    await sweep(lab.effects);
    expect(await lab.head()).toMatchObject({ state: 'resting' });
  });

  it('not while no rule set is readable', async () => {
    await ignored();
    lab.world.rulesUnreadable = true;
    lab.pass(48 * hour);
    await sweep(lab.effects);
    expect(await lab.head()).toMatchObject({ state: 'resting' });
  });

  it('and opened again by a new finding, as another one', async () => {
    await ignored();
    lab.pass(24 * hour);
    await sweep(lab.effects);
    const { run } = await lab.head();
    await lab.takeIn({ id: 'event-2', critical: 9, second: 5 });
    expect(await lab.head()).toMatchObject({ state: 'running', closedSeq: 1, seq: 2, outcome: null });
    expect((await lab.head()).run).not.toBe(run);
  });
});

describe('an incident that joined another', () => {
  const joined = async (): Promise<void> => {
    const now = lab.effects.clock.now();
    const { run } = await raise(lab.world.table, 'other', { run: 'r', now });
    lab.thing;
    await takeTarget(lab.world.table, lab.target, { incident: 'other', run }, now, async () => {});
    await lab.run();
    const rest = { state: 'resting', gsi: 'resting', restedAt: now.toISOString(), outcome: 'held' };
    await lab.world.table.update({ pk: 'incident#other', sk: 'head' }, {}, { set: rest });
  };

  it('goes on by itself when that one has been over for long and has contained nothing', async () => {
    await joined();
    lab.pass(16 * 60_000);
    await sweep(lab.effects);
    expect(await lab.head()).toMatchObject({ state: 'running' });
    await lab.run();
    expect(await lab.head()).toMatchObject({ outcome: 'contained' });
    expect(lab.thing.calls).toEqual(['shut']);
  });

  it('waits while a late call of that one may be under way', async () => {
    await joined();
    lab.pass(14 * 60_000);
    await sweep(lab.effects);
    expect(await lab.head()).toMatchObject({ state: 'resting', outcome: 'joined' });
  });
});
