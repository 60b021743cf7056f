import { beforeEach, describe, expect, it } from 'vitest';
import { askedIn, type Stop } from '../../shared/plan/stop.ts';
import { type AnswerGiven, answer } from '../../shared/respond/answer.ts';
import { sweep, sweepOne } from '../../shared/respond/sweep.ts';
import { undo } from '../../shared/respond/undo.ts';
import type { Approval } from '../../shared/rules/rule.ts';
import { Lab } from './model/lab.ts';
import { rules } from './model/world.ts';

const minute = 60_000;
const hour = 60 * minute;
let lab: Lab;

const asking = (terms: Partial<Approval> = {}): Lab =>
  new Lab({
    set: { ...rules, rules: rules.rules.map((one) => ({ ...one, approval: { when: ['always'], ...terms } })) },
  });

async function asked(terms: Partial<Approval> = {}): Promise<void> {
  lab = asking(terms);
  await lab.takeIn();
  await lab.run();
}
beforeEach(() => asked());

const stop = async (): Promise<Stop | undefined> => askedIn((await lab.head()).stops);
const planNow = async (): Promise<string> => (await stop())?.of ?? '';

const say = async (kind: 'approve' | 'reject', plan?: string, by = 'ana'): Promise<AnswerGiven> =>
  answer(lab.effects, { incident: lab.incident, kind, by, reason: 'so be it', plan: plan ?? (await planNow()) });

const shut = (): readonly string[] => lab.thing.calls;

describe('an answer', () => {
  it('opens a run, which does what was approved', async () => {
    expect(await lab.head()).toMatchObject({
      state: 'resting',
      outcome: 'held',
      stops: [{ kind: 'approval', until: null }],
    });
    expect(await say('approve')).toMatchObject({ kind: 'given', answer: { by: 'ana', kind: 'approve' } });
    expect(await lab.head()).toMatchObject({ state: 'running' });
    await lab.playPlan();
    await lab.report();
    expect(shut()).toEqual(['shut']);
    expect(await lab.head()).toMatchObject({ outcome: 'contained', stops: null });
    const told = lab.world.published.length;
    await lab.takeIn({ id: 'event-2', critical: 13, second: 9 });
    await lab.playPlan();
    await lab.report();
    expect(lab.world.published).toHaveLength(told);
    expect(shut()).toEqual(['shut']);
  });

  it('is given once: the same again finds it, another is refused', async () => {
    const plan = await planNow();
    await say('approve');
    expect(await say('approve', plan, 'ben')).toMatchObject({ kind: 'known', answer: { by: 'ana' } });
    expect(await say('reject', plan, 'ben')).toMatchObject({ kind: 'answered', answer: { kind: 'approve' } });
    await lab.playPlan();
    await lab.report();
    expect(await say('approve', plan)).toMatchObject({ kind: 'known' });
    expect(await say('reject', plan)).toMatchObject({ kind: 'answered' });
    expect(shut()).toEqual(['shut']);
  });

  it('is to what is asked now, and to nothing else', async () => {
    expect(await say('approve', 'another')).toEqual({ kind: 'changed', plan: await planNow() });
    expect((await lab.head()).state).toBe('resting');
    expect(
      await answer(lab.effects, { incident: 'no', kind: 'approve', by: 'a', reason: 'r', plan: 'p' }),
    ).toMatchObject({
      kind: 'nothing',
      reason: 'There is no incident no.',
    });
    const plan = await planNow();
    await say('reject');
    await lab.run();
    expect(await say('approve', 'another')).toMatchObject({
      kind: 'nothing',
      reason: expect.stringContaining('asks nothing now'),
    });
    expect(await say('reject', plan)).toMatchObject({ kind: 'known' });
    expect(shut()).toEqual([]);
  });

  it('that was recorded and went no further is found by the sweep', async () => {
    const { table } = lab.effects;
    lab.with({ table: { ...table, update: () => Promise.reject(new Error('cut off')) } });
    await expect(say('approve')).rejects.toThrow('cut off');
    lab.effects = lab.world.direct;
    expect(await lab.head()).toMatchObject({ state: 'resting' });
    await sweep(lab.effects);
    expect(await lab.head()).toMatchObject({ state: 'running' });
    expect(await lab.decide()).toMatchObject({ decision: 'contain' });
  });

  it('from before an undo lets nothing be done again', async () => {
    const plan = await planNow();
    await say('approve');
    await lab.playPlan();
    await lab.report();
    lab.pass(minute);
    await undo(lab.effects, { incident: lab.incident, by: 'ana', reason: 'a false alarm' });
    await lab.playPlan();
    await lab.report();
    expect(shut()).toEqual(['shut', 'open']);
    lab.pass(25 * hour);
    await lab.takeIn({ id: 'event-2', critical: 13, second: 9 });
    await lab.run();
    expect(await lab.head()).toMatchObject({ outcome: 'held' });
    expect(await planNow()).not.toBe(plan);
    expect(await say('approve', plan)).not.toMatchObject({ kind: 'given' });
    expect(shut()).toEqual(['shut', 'open']);
  });
});

describe('the time to answer', () => {
  it('is told to the state machine, and waited for by nobody once it is over', async () => {
    await asked({ timeout: 'PT10M' });
    const until = (await stop())?.until ?? '';
    expect(Date.parse(until) - lab.world.schedule.now).toBe(10 * minute);
    const waits = await lab.report();
    expect(waits).toMatchObject({ more: false, until });
    await sweepOne(lab.effects, { incident: lab.incident, run: (await lab.head()).run });
    expect((await lab.head()).state).toBe('resting');
    lab.pass(10 * minute);
    await sweepOne(lab.effects, { incident: lab.incident, run: (await lab.head()).run });
    expect((await lab.head()).state).toBe('running');
    expect(await lab.run()).toMatchObject({ until: null });
    expect(await stop()).toMatchObject({ late: true, until });
    await sweepOne(lab.effects, { incident: lab.incident, run: (await lab.head()).run });
    expect((await lab.head()).state).toBe('resting');
  });

  it('does not begin anew with a finding that changes nothing of the question', async () => {
    await asked({ timeout: 'PT10M' });
    const before = await stop();
    lab.pass(5 * minute);
    await lab.takeIn({ id: 'event-2', critical: 13, second: 9 });
    await lab.run();
    expect(await stop()).toMatchObject({ of: before?.of, until: before?.until });
  });

  it('that is over keeps no incident open; what was asked is over with it, and asked again from the beginning', async () => {
    await asked({ timeout: 'PT10M', onTimeout: 'proceed' });
    const before = await stop();
    await say('reject');
    await lab.run();
    lab.pass(25 * hour);
    await sweep(lab.effects);
    expect(await lab.head()).toMatchObject({ state: 'closed', stops: null });
    await lab.takeIn({ id: 'event-2', critical: 13, second: 9 });
    await lab.run();
    const again = await stop();
    expect(again?.of).not.toBe(before?.of);
    expect(Date.parse(again?.until ?? '') - lab.world.schedule.now).toBe(10 * minute);
    expect(shut()).toEqual([]);
  });

  it('that nobody has answered in does not keep the incident open for ever', async () => {
    await asked({ timeout: 'PT10M' });
    lab.pass(11 * minute);
    await sweep(lab.effects);
    await lab.run();
    lab.pass(25 * hour);
    await sweep(lab.effects);
    expect(await lab.head()).toMatchObject({ state: 'closed', stops: null });
    expect(await say('approve', 'any')).toMatchObject({ kind: 'nothing' });
    await lab.takeIn({ id: 'event-2', critical: 13, second: 9 });
    await lab.run();
    expect(await stop()).not.toHaveProperty('late');
  });
});
