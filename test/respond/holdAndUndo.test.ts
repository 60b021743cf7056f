import { beforeEach, describe, expect, it } from 'vitest';
import type { HoldRequest } from '../../shared/respond/hold.ts';
import { sweep } from '../../shared/respond/sweep.ts';
import { undo } from '../../shared/respond/undo.ts';
import { HoldLab, hour } from './holdLab.ts';

const minute = 60_000;
let lab: HoldLab;

beforeEach(async () => {
  lab = new HoldLab();
  await lab.takeIn();
});

const put = (changed?: Partial<HoldRequest>) => lab.put(changed);

const runHeld = () => lab.runHeld();
const swept = () => lab.swept();

const undoIt = async (): Promise<void> => {
  await undo(lab.effects, { incident: lab.incident, by: 'ben', reason: 'a false alarm' });
  await lab.playPlan();
  await lab.report();
};

describe('a hold and an undo', () => {
  it('that runs: it is finished, and what was put back is held by both', async () => {
    await lab.run();
    await undo(lab.effects, { incident: lab.incident, by: 'ben', reason: 'a false alarm' });
    await lab.decide();
    expect(await put({ forMs: 48 * hour })).toMatchObject({ kind: 'held', run: expect.any(String) });
    await lab.act(0);
    lab.pass(minute);
    await lab.verify(0);
    await lab.report();
    expect(lab.thing).toMatchObject({ status: 'open', calls: ['shut', 'open'] });
    expect(await lab.head()).toMatchObject({ state: 'resting', outcome: 'undone', hold: { by: 'ana' }, stops: null });
  });

  it('that comes later: it goes on while the incident is held', async () => {
    await lab.run();
    await put();
    await undoIt();
    expect(lab.thing).toMatchObject({ status: 'open', calls: ['shut', 'open'] });
  });

  it('keeps for as long as it lasts what was undone from being contained, though something was found', async () => {
    await lab.run();
    await undoIt();
    expect(await put({ forMs: 48 * hour })).toMatchObject({ undoneUntil: expect.any(String) });
    lab.pass(30 * hour);
    await sweep(lab.effects);
    // Quiet for long, but held.
    expect((await lab.head()).state).toBe('resting');
    await lab.takeIn({ id: 'event-2', critical: 13, second: 9 });
    await runHeld();
    expect(await lab.head()).toMatchObject({ outcome: 'held', stops: [{ kind: 'hold' }] });
    expect(lab.thing.calls).toEqual(['shut', 'open']);
    lab.pass(18 * hour);
    expect(await swept()).toBe(true);
    expect(lab.thing.calls).toEqual(['shut', 'open', 'shut']);
  });

  it('at whose end nothing was found since decides nothing: a person has said that it is a false alarm', async () => {
    await lab.run();
    await undoIt();
    await put({ forMs: 25 * hour });
    lab.pass(25 * hour);
    await sweep(lab.effects);
    expect(await lab.head()).toMatchObject({ state: 'closed', hold: null });
    expect(lab.thing.calls).toEqual(['shut', 'open']);
  });

  it('that ends before the time after the undo does tells nothing at its end', async () => {
    await lab.run();
    await undoIt();
    await put();
    await lab.takeIn({ id: 'event-2', critical: 13, second: 9 });
    await runHeld();
    const told = lab.world.published.length;
    expect(lab.world.published.at(-1)?.body).toContain('A person has undone it');
    expect(lab.world.published.at(-1)?.body).toContain(`firebreak contain ${lab.incident}`);
    lab.pass(5 * hour);
    expect(await swept()).toBe(false);
    expect(lab.world.published).toHaveLength(told);
  });
});
