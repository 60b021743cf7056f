import { beforeEach, describe, expect, it } from 'vitest';
import { readHead } from '../../shared/incident/head.ts';
import { keys } from '../../shared/incident/keys.ts';
import { planOfRun } from '../../shared/incident/plans.ts';
import { raise } from '../../shared/incident/raise.ts';
import { undo } from '../../shared/respond/undo.ts';
import { Lab } from './model/lab.ts';

let lab: Lab;
beforeEach(async () => {
  lab = new Lab();
  await lab.takeIn();
});

const ask = () => undo(lab.effects, { incident: lab.incident, by: 'ana', reason: 'false alarm' });

/** The undo's run, when nothing fails. */
const putBack = async (): Promise<void> => {
  await lab.playPlan();
  await lab.report();
};

describe('an undo', () => {
  it('opens a run of the same machine that plans the reverse', async () => {
    await lab.run();
    expect(await ask()).toMatchObject({ kind: 'opened' });
    expect(await lab.head()).toMatchObject({ state: 'running', direction: 'undo' });
    expect(await lab.decide()).toMatchObject({ decision: 'contain', steps: [{ n: 0 }] });
    const head = await lab.head();
    const stored = await planOfRun(lab.effects.bodies, head, 1);
    expect(stored?.plan.steps).toMatchObject([{ action: 'fake.shut', direction: 'undo' }]);
  });

  it('puts back what was there, is told, and holds the incident', async () => {
    await lab.run();
    await ask();
    await putBack();
    expect(lab.thing).toMatchObject({ status: 'open', calls: ['shut', 'open'] });
    const heldUntil = new Date(lab.world.schedule.now + 24 * 3_600_000).toISOString();
    expect(await lab.head()).toMatchObject({ state: 'resting', outcome: 'undone', heldUntil, containedAt: null });
    expect(lab.world.published.at(-1)?.subject).toContain('undone');
  });

  it('tells who decided last, why, and until when nothing is contained again', async () => {
    await lab.run();
    await ask();
    await putBack();
    await lab.effects.table.update(keys.head(lab.incident), {}, { set: { heldUntil: null } });
    await lab.effects.table.update(keys.target(lab.target), {}, { set: { undone: null }, add: { version: 1 } });
    await lab.takeIn({ id: 'event-2', critical: 9, second: 9 });
    await lab.run();
    lab.pass(60_000);
    await undo(lab.effects, { incident: lab.incident, by: 'bo', reason: 'a base image' });
    const asked = new Date(lab.world.schedule.now).toISOString();
    await putBack();
    const { body } = lab.world.published.at(-1) ?? { body: '' };
    expect(body).toContain(`Decided by bo, ${asked}: a base image`);
    expect(body).toContain(`Until ${(await lab.head()).heldUntil} nothing is contained again`);
  });

  it('works without a readable rule set', async () => {
    await lab.run();
    lab.world.rulesUnreadable = true;
    await ask();
    await putBack();
    expect(lab.thing.status).toBe('open');
  });

  it('is decided once, and kept with who and why', async () => {
    await lab.run();
    await ask();
    expect(await ask()).toMatchObject({ kind: 'under-way' });
    expect(lab.world.all('decision#')).toMatchObject([{ kind: 'undo', by: 'ana', reason: 'false alarm' }]);
  });

  it('that was cut off between the decision and the run is made good by its repeat', async () => {
    await lab.run();
    const { table } = lab.effects;
    lab.with({ table: { ...table, update: () => Promise.reject(new Error('cut off')) } });
    await expect(ask()).rejects.toThrow('cut off');
    lab.effects = lab.world.direct;
    expect(await ask()).toMatchObject({ kind: 'opened' });
    await putBack();
    expect(lab.thing.status).toBe('open');
  });

  it('turns the run at hand round', async () => {
    await lab.decide();
    await lab.act();
    await ask();
    await lab.verify();
    expect(await lab.report()).toMatchObject({ more: true });
    await putBack();
    expect(lab.thing).toMatchObject({ status: 'open', calls: ['shut', 'open'] });
    expect(await lab.head()).toMatchObject({ outcome: 'undone' });
  });

  it('before anything was changed ends as undone, and holds', async () => {
    await lab.decide();
    await ask();
    await lab.act().catch(() => {});
    await lab.report();
    await lab.decide();
    await lab.report();
    expect(await lab.head()).toMatchObject({ state: 'resting', outcome: 'undone', heldUntil: expect.any(String) });
    expect(lab.thing.calls).toEqual([]);
  });

  it('leaves a finding that comes meanwhile to the next run, which is held', async () => {
    await lab.run();
    await ask();
    await lab.decide();
    await lab.act(0);
    await lab.takeIn({ id: 'event-2', critical: 9, second: 5 });
    lab.pass(60_000);
    await lab.verify(0);
    await lab.report();
    expect(await lab.head()).toMatchObject({ state: 'running', direction: 'do', round: 1 });
    expect(await lab.decide()).toMatchObject({ decision: 'hold' });
    expect(lab.thing.status).toBe('open');
  });

  /** Undone, while another incident of class A asks for what is put back; then the run which that leaves. */
  const raisedMeanwhile = async (during: () => Promise<unknown> = async () => {}): Promise<void> => {
    await lab.run();
    await ask();
    await lab.decide();
    await lab.act(0);
    const { table, clock } = lab.effects;
    await raise(table, lab.incident, { run: 'raised', now: clock.now(), raisedClass: 'A' });
    await during();
    lab.pass(60_000);
    await lab.verify(0);
    await lab.report();
    await lab.run();
    expect(await lab.head()).toMatchObject({ state: 'resting', outcome: 'held', raisedClass: 'A' });
  };
  const tiers = (): readonly string[] => lab.world.published.map(({ tier }) => tier);

  it('wakes nobody because another incident wanted what was put back: nothing was found since', async () => {
    await raisedMeanwhile();
    expect(tiers()).toEqual(['digest', 'notice', 'notice']);
    expect(lab.world.published.at(-1)?.subject).toMatch(/^NO ACTION: /);
    expect(lab.thing.status).toBe('open');
  });

  it('leaves a finding that comes meanwhile a page, which another that only asks does not end', async () => {
    await raisedMeanwhile(() => lab.takeIn({ id: 'event-2', critical: 9, second: 5 }));
    expect(tiers()).toEqual(['digest', 'notice', 'page']);
    const { page } = await lab.head();
    const { table, clock } = lab.effects;
    await raise(table, lab.incident, { run: 'again', now: clock.now(), raisedClass: 'A' });
    await lab.run();
    expect(tiers()).toEqual(['digest', 'notice', 'page']);
    expect(page).not.toBeNull();
    expect((await lab.head()).page).toEqual(page);
  });

  it('says so when there is nothing to put back, and opens no run', async () => {
    lab.thing.inUse = true;
    await lab.run();
    expect(await ask()).toMatchObject({ kind: 'nothing' });
    expect(await undo(lab.effects, { incident: 'nobody', by: 'ana', reason: '' })).toMatchObject({ kind: 'nothing' });
    expect(await lab.head()).toMatchObject({ state: 'resting' });
    expect(lab.world.all('decision#')).toEqual([]);
  });

  it('says so when it was undone already', async () => {
    await lab.run();
    await ask();
    await putBack();
    expect(await ask()).toMatchObject({ kind: 'nothing' });
  });
});

describe('an undo of what another incident needs', () => {
  beforeEach(async () => {
    await lab.run();
    await raise(lab.world.table, 'other', { run: 'r', now: lab.effects.clock.now() });
    const key = { pk: `target#${lab.target}`, sk: 'target' };
    await lab.world.table.update(key, {}, { set: { interested: [lab.incident, 'other'] }, add: { version: 1 } });
    await ask();
    await putBack();
  });

  it('leaves it as it is, and says for whom', async () => {
    expect(lab.thing).toMatchObject({ status: 'shut', calls: ['shut'] });
    const stored = await planOfRun(lab.effects.bodies, await lab.head(), 1);
    expect(stored?.plan.notDone.join()).toContain('incident other needs it');
  });

  it('is told as held, with what to undo instead, and not as undone', async () => {
    expect(await lab.head()).toMatchObject({ state: 'resting', outcome: 'held', heldUntil: null });
    const { subject = '', body = '', tier } = lab.world.published.at(-1) ?? {};
    expect(tier).toBe('notice');
    expect(subject).toContain('undo held');
    expect(body).toContain('Nothing was put back. Other incidents need what stands.');
    expect(body).toContain('Undo that one: firebreak undo other --stage ');
    // It is the other incident's alone by then.
    expect(body).not.toContain('ask again');
    expect(await ask()).toMatchObject({ kind: 'nothing' });
  });

  it('hands it over, and the other one hears of it', async () => {
    expect(await lab.record()).toMatchObject({ owner: null, interested: ['other'], contained: true });
    expect(await readHead(lab.world.table, 'other')).toMatchObject({ seq: 2 });
  });
});
