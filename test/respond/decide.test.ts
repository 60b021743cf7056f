import { beforeEach, describe, expect, it } from 'vitest';
import type { Action } from '../../shared/actions/contract.ts';
import { readHead } from '../../shared/incident/head.ts';
import { planOfRun } from '../../shared/incident/plans.ts';
import { raise } from '../../shared/incident/raise.ts';
import { takeTarget } from '../../shared/incident/targets.ts';
import { ActionFailed, Throttled } from '../../shared/platform/errors.ts';
import { decide } from '../../shared/respond/decide.ts';
import { retriesOfThrottled } from '../../shared/respond/failure.ts';
import { incidentOf, scanEvent } from './model/events.ts';
import { Lab } from './model/lab.ts';
import { rules } from './model/world.ts';

let lab: Lab;
beforeEach(async () => {
  lab = new Lab();
  await lab.takeIn();
});

const plan = async () => {
  const head = await lab.head();
  const stored = await planOfRun(lab.effects.bodies, head, head.round);
  if (stored === undefined) throw new Error('There is no plan');
  return stored.plan;
};

const observing = (observe: Action['observe']): void => {
  const catalogue = lab.effects.catalogue.map((action) =>
    action.name === 'fake.shut' ? { ...action, observe } : action,
  );
  lab.with({ catalogue });
};

const failing = (error: Error) => async (): Promise<never> => {
  throw error;
};

describe('a decision', () => {
  it('carries ordinals only', async () => {
    const { incident, run } = await lab.head();
    expect(await lab.decide()).toEqual({
      incident,
      run,
      round: 1,
      decision: 'contain',
      acts: true,
      steps: [
        { n: 0, atMostSeconds: 60 },
        { n: 1, atMostSeconds: 60 },
      ],
    });
  });

  it('takes its target as owner and stores its plan under the run', async () => {
    await lab.decide();
    const { incident, run } = await lab.head();
    expect(await lab.record()).toMatchObject({ owner: { incident, run }, interested: [incident] });
    expect((await lab.head()).plan).toMatchObject({
      run,
      round: 1,
      seq: 1,
      direction: 'do',
      ruleset: { number: 1, versions: { 'shut-critical': 3 } },
    });
  });

  it('is the same when it is repeated, whatever the account shows by then', async () => {
    const first = await lab.decide();
    lab.thing.inUse = true;
    expect(await lab.decide()).toEqual(first);
  });

  it('stays below 8 KiB for 40 services of 3 steps', async () => {
    const steps = Array.from({ length: 120 }, (_, n) => ({ n, atMostSeconds: 86_400 }));
    const state = { ...(await lab.decide()), steps };
    expect(JSON.stringify(state).length).toBeLessThan(8192);
  });
});

describe('a run that the incident is not in the hands of', () => {
  it('decides nothing and takes nothing', async () => {
    const late = decide(lab.effects, { incident: lab.incident, run: 'another', retries: 0 });
    await expect(late).rejects.toMatchObject({ name: 'StaleRun' });
    expect(lab.world.all('target')).toEqual([]);
  });

  it('stores no plan when it lost the incident while it decided', async () => {
    const { put } = lab.effects.bodies;
    const head = { pk: `incident#${lab.incident}`, sk: 'head' };
    lab.with({
      bodies: {
        ...lab.effects.bodies,
        put: async (text) => {
          await lab.world.table.update(head, {}, { set: { run: 'another' } });
          return put(text);
        },
      },
    });
    await expect(lab.decide()).rejects.toMatchObject({ name: 'StaleRun' });
    expect((await lab.head()).plan).toBeNull();
  });
});

describe('acting fails closed, paging fails open', () => {
  it('holds and pages when there is no rule set', async () => {
    lab.world.rulesUnreadable = true;
    expect(await lab.decide()).toMatchObject({ decision: 'hold', steps: [] });
    await lab.report();
    expect(lab.world.published).toMatchObject([{ tier: 'page' }]);
    expect(lab.world.published[0]?.body).toContain('No rule set has been published yet.');
    expect(lab.thing.calls).toEqual([]);
    expect(lab.world.all('target')).toEqual([]);
  });

  it('holds when the rule set cannot be read at all', async () => {
    lab.with({ ruleSets: { current: failing(new Error('no such bucket')) } });
    expect(await lab.decide()).toMatchObject({ decision: 'hold' });
    expect((await plan()).reason).not.toContain('bucket');
  });

  it('holds with the reason when the account cannot be read', async () => {
    observing(failing(new ActionFailed('Reading it: access denied')));
    expect(await lab.decide()).toMatchObject({ decision: 'hold' });
    expect((await plan()).reason).toContain('access denied');
  });

  it('holds when no session is to be had', async () => {
    lab.with({ sessions: { ...lab.effects.sessions, read: failing(new Error('no')) } });
    expect(await lab.decide()).toMatchObject({ decision: 'hold' });
  });

  it('tries again when AWS throttles', async () => {
    observing(failing(new Throttled('slow down')));
    await expect(lab.decide()).rejects.toMatchObject({ name: 'Throttled' });
    lab.with({ ruleSets: { current: failing(new Throttled('slow down')) } });
    await expect(lab.decide()).rejects.toMatchObject({ name: 'Throttled' });
  });

  it('holds with the reason when AWS throttles to the last try', async () => {
    observing(failing(new Throttled('Reading it: slow down')));
    await expect(lab.decide(retriesOfThrottled - 1)).rejects.toMatchObject({ name: 'Throttled' });
    expect(await lab.decide(retriesOfThrottled)).toMatchObject({ decision: 'hold', steps: [{ n: 0 }] });
    expect(await plan()).toMatchObject({
      steps: [{ facts: { changes: false } }],
      reason: expect.stringContaining('Reading it: slow down'),
    });
  });

  it('skips a target that is gone, when a second look half a minute later agrees', async () => {
    lab.world.account.things.clear();
    await expect(lab.decide()).rejects.toMatchObject({ name: 'NotSettled' });
    await expect(lab.decide(1)).rejects.toMatchObject({ name: 'NotSettled' });
    lab.world.schedule.now += 31_000;
    await expect(lab.decide()).rejects.toMatchObject({ name: 'NotSettled' });
    expect(await lab.decide(1)).toMatchObject({ decision: 'observe' });
    expect((await plan()).reason).toContain('not there any more');
  });

  it('acts on a target that only the first look did not find', async () => {
    const things = [...lab.world.account.things];
    lab.world.account.things.clear();
    await expect(lab.decide()).rejects.toThrow('a second look 30 s later decides');
    for (const [name, thing] of things) lab.world.account.things.set(name, thing);
    lab.world.schedule.now += 31_000;
    expect(await lab.decide(1)).toMatchObject({ decision: 'contain' });
  });

  it('changes nothing while the incident is held, and says until when', async () => {
    const heldUntil = '2026-11-21T00:00:00.000Z';
    const head = { pk: `incident#${lab.incident}`, sk: 'head' };
    await lab.world.table.update(head, {}, { set: { heldUntil } });
    expect(await lab.decide()).toMatchObject({ decision: 'hold' });
    expect((await plan()).reason).toContain(heldUntil);
  });

  it('contains again once that is over', async () => {
    const head = { pk: `incident#${lab.incident}`, sk: 'head' };
    await lab.world.table.update(head, {}, { set: { heldUntil: '2026-11-20T08:59:59.999Z' } });
    expect(await lab.decide()).toMatchObject({ decision: 'contain' });
  });
});

describe('a containment that stands', () => {
  it('stays in the plan though its target shows it as done', async () => {
    await lab.run();
    await lab.takeIn({ id: 'event-2', critical: 9, second: 5 });
    expect(await lab.decide()).toMatchObject({ decision: 'contain', steps: [{ n: 0 }, { n: 1 }] });
  });

  it('stays in the plan though its action would hold by now: it is done', async () => {
    await lab.run();
    lab.thing.inUse = true;
    await lab.takeIn({ id: 'event-2', critical: 9, second: 5 });
    expect(await lab.decide()).toMatchObject({ decision: 'contain' });
  });

  it('stays in the plan when its target is gone: the step completes, and says so', async () => {
    await lab.run();
    lab.world.account.things.clear();
    await lab.takeIn({ id: 'event-2', critical: 9, second: 5, gone: true });
    expect(await lab.decide()).toMatchObject({ decision: 'contain' });
  });

  it('is planned again when it was started only: its action may have reason to hold by now', async () => {
    await lab.decide();
    const execute = failing(new Throttled('slow down'));
    const catalogue = lab.effects.catalogue.map((action) =>
      action.name === 'fake.shut' ? { ...action, execute } : action,
    );
    lab.with({ catalogue });
    await expect(lab.act()).rejects.toMatchObject({ name: 'Throttled' });
    lab.effects = lab.world.direct;
    lab.thing.inUse = true;
    await raise(lab.world.table, lab.incident, { run: 'r', now: new Date() });
    await lab.report();
    expect(await lab.decide()).toMatchObject({ decision: 'hold' });
  });
});

describe('a target that another open incident owns', () => {
  const owned = async (state: 'running' | 'over'): Promise<void> => {
    const now = lab.effects.clock.now();
    const { run } = await raise(lab.world.table, 'other', { run: 'r', now });
    lab.thing;
    await takeTarget(lab.world.table, lab.target, { incident: 'other', run }, now, async () => {});
    if (state === 'running') return;
    const at = now.toISOString();
    const change = { set: { state: 'resting', restedAt: at, run } };
    await lab.world.table.update({ pk: 'incident#other', sk: 'head' }, {}, change);
  };

  it('leaves the plan with a sentence that names it, and the other steps run', async () => {
    await owned('running');
    expect(await lab.decide()).toMatchObject({ decision: 'contain', steps: [{ n: 0 }] });
    expect((await plan()).notDone.join()).toContain('Incident other has it in hand.');
    expect(await lab.record()).toMatchObject({ owner: { incident: 'other' }, interested: ['other', lab.incident] });
  });

  it('makes it joined, which the other one tells, whose seq and class are raised', async () => {
    await owned('running');
    const before = await readHead(lab.world.table, 'other');
    await lab.run();
    expect(await lab.head()).toMatchObject({ state: 'resting', outcome: 'joined' });
    expect(lab.world.published).toEqual([]);
    expect(await readHead(lab.world.table, 'other')).toMatchObject({ seq: (before?.seq ?? 0) + 1, raisedClass: 'C' });
  });

  it('raises the other one once, not with each decision', async () => {
    await owned('running');
    await lab.run();
    const before = await readHead(lab.world.table, 'other');
    await lab.takeIn({ id: 'event-2', critical: 9, second: 5 });
    await lab.run();
    expect((await readHead(lab.world.table, 'other'))?.seq).toBe(before?.seq);
  });

  it('is taken over when its owner has been over for longer than Act may run', async () => {
    await owned('over');
    lab.pass(15 * 60_000 + 1);
    expect(await lab.decide()).toMatchObject({ steps: [{ n: 0 }, { n: 1 }] });
    expect(await lab.record()).toMatchObject({ owner: { incident: lab.incident } });
  });

  it('is not taken over a moment earlier: a late call may be under way', async () => {
    await owned('over');
    lab.pass(15 * 60_000);
    expect(await lab.decide()).toMatchObject({ steps: [{ n: 0 }] });
    expect(await lab.record()).toMatchObject({ owner: { incident: 'other' } });
  });
});

it('a rule that observes owns nothing', async () => {
  const set = { ...rules, rules: rules.rules.map((rule) => ({ ...rule, mode: 'observe' as const })) };
  lab.with({ ruleSets: { current: async () => ({ hash: 'h', number: 2, versions: {}, set }) } });
  expect(await lab.decide()).toMatchObject({ decision: 'observe', steps: [] });
  expect(lab.world.all('target')).toEqual([]);
});

it('the findings of an earlier, closed incident are not those of this one', async () => {
  await lab.run();
  const head = { pk: `incident#${lab.incident}`, sk: 'head' };
  await lab.world.table.update(head, {}, { set: { state: 'closed' }, remove: ['gsi'] });
  await raise(lab.world.table, incidentOf(scanEvent()), { run: 'r', now: lab.effects.clock.now() });
  expect(await lab.decide()).toMatchObject({ decision: 'ignore' });
  expect((await plan()).findings).toEqual([]);
});
