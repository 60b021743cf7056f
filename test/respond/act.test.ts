import { describe, expect, it } from 'vitest';
import { putDecision } from '../../shared/incident/decisions.ts';
import type { Key } from '../../shared/incident/table.ts';
import { Throttled } from '../../shared/platform/errors.ts';
import { undo } from '../../shared/respond/undo.ts';
import { decided, failing, shutWith } from './decided.ts';
import { type Lab, shutStep } from './model/lab.ts';
import { begin } from './model/world.ts';

/** The plan at hand, in which the shutting step needs another: by default the first. */
async function needing(lab: Lab, needed?: string): Promise<void> {
  const { plan } = await lab.head();
  const stored = JSON.parse(await lab.effects.bodies.get(plan?.hash ?? ''));
  stored.steps[shutStep].needs = [needed ?? stored.steps[0].key];
  const hash = await lab.effects.bodies.put(JSON.stringify(stored));
  const head = { pk: `incident#${lab.incident}`, sk: 'head' };
  await lab.world.table.update(head, {}, { set: { plan: { ...plan, hash } as never } });
}

describe('a step', () => {
  it('stores the before-state and "started" in one write, before its call', async () => {
    const lab = await decided();
    let atTheCall: unknown;
    shutWith(lab, {
      execute: async () => {
        atTheCall = (await lab.record()).changes;
        return { kind: 'done', did: 'Shut it.' };
      },
    });
    await lab.act();
    expect(atTheCall).toMatchObject([
      { action: 'fake.shut', before: { status: 'open' }, intended: { status: 'shut' }, startedAt: expect.any(String) },
    ]);
  });

  it('answers its own token when it is done at once', async () => {
    const lab = await decided();
    const answered: string[] = [];
    lab.with({
      tokens: {
        succeed: async (token) => {
          answered.push(token);
        },
      },
    });
    await lab.act(shutStep, 'my token');
    expect(answered).toEqual(['my token']);
    expect(await lab.receipt()).toMatchObject({ state: 'done', did: 'Shut it.' });
  });

  it('stores whom to wake when AWS goes on by itself, and answers nothing', async () => {
    const lab = await decided();
    const answered: string[] = [];
    lab.with({
      tokens: {
        succeed: async (token) => {
          answered.push(token);
        },
      },
    });
    shutWith(lab, { execute: async () => ({ kind: 'waiting', did: 'Asked.', correlation: 'corr', atMostSeconds: 9 }) });
    await lab.act(shutStep, 'first');
    await lab.act(shutStep, 'second');
    expect(answered).toEqual([]);
    expect(lab.world.all('token')).toMatchObject([{ correlation: 'corr', token: 'second', step: shutStep }]);
  });

  it('does not call again what its receipt says is done', async () => {
    const lab = await decided();
    await lab.act();
    await lab.act();
    expect(lab.thing.calls).toEqual(['shut']);
  });

  it('is asked before it is repeated when it was interrupted between call and receipt', async () => {
    const lab = await decided();
    const { update } = lab.effects.table;
    const lost = (key: Key): boolean => key.sk.startsWith('receipt#') && lab.thing.calls.length > 0;
    lab.with({
      table: {
        ...lab.effects.table,
        update: (key, ...rest) => (lost(key) ? Promise.reject(new Error('cut off')) : update(key, ...rest)),
      },
    });
    await expect(lab.act()).rejects.toThrow('cut off');
    lab.effects = lab.world.direct;
    await lab.act();
    expect(lab.thing.calls).toEqual(['shut']);
    expect((await lab.record()).changes).toMatchObject([{ before: { status: 'open' } }]);
    expect(await lab.receipt()).toMatchObject({ state: 'done', before: { status: 'open' } });
  });

  it('is called again when the interruption came before the call', async () => {
    const lab = await decided();
    shutWith(lab, { execute: failing(new Throttled('slow down')) });
    await expect(lab.act()).rejects.toMatchObject({ name: 'Throttled' });
    expect((await lab.receipt())?.state).toBe('started');
    lab.effects = lab.world.direct;
    lab.pass(1000);
    await lab.act();
    expect(lab.thing.calls).toEqual(['shut']);
    expect((await lab.record()).changes).toMatchObject([{ before: { noise: begin } }]);
  });

  it('does not make a journalled call twice', async () => {
    const lab = await decided();
    let calls = 0;
    shutWith(lab, {
      execute: async (_target, _params, _before, { journal }) => {
        await journal.once('half', async () => {
          calls += 1;
          return null;
        });
        if (calls === 1 && (await lab.receipt())?.endedAt === undefined && !again) throw new Throttled('slow down');
        return { kind: 'done', did: 'Done.' };
      },
    });
    let again = false;
    await expect(lab.act()).rejects.toMatchObject({ name: 'Throttled' });
    again = true;
    await lab.act();
    expect(calls).toBe(1);
  });
});

describe('a step changes nothing', () => {
  it('in a run that the incident is no longer in the hands of', async () => {
    const lab = await decided();
    const { incident, run, round } = await lab.head();
    await lab.world.table.update({ pk: `incident#${incident}`, sk: 'head' }, {}, { set: { run: 'another' } });
    const { act } = await import('../../shared/respond/act.ts');
    const late = act(lab.effects, { incident, run, round, step: shutStep, token: 't', retries: 0 });
    await expect(late).rejects.toMatchObject({ name: 'StaleRun' });
    expect(lab.thing.calls).toEqual([]);
  });

  it('in a round that is over', async () => {
    const lab = await decided();
    const { incident, run } = await lab.head();
    const { act } = await import('../../shared/respond/act.ts');
    const late = act(lab.effects, { incident, run, round: 2, step: shutStep, token: 't', retries: 0 });
    await expect(late).rejects.toMatchObject({ name: 'StaleRun' });
  });

  it('on a target that somebody else has taken', async () => {
    const lab = await decided();
    await lab.world.table.update({ pk: `target#${lab.target}`, sk: 'target' }, {}, { set: { ownerIncident: 'x' } });
    await expect(lab.act()).rejects.toMatchObject({ name: 'StaleRun' });
    expect(lab.thing.calls).toEqual([]);
    expect((await lab.record()).changes).toEqual([]);
  });

  it('when a decisive field has changed since the plan was made', async () => {
    const lab = await decided();
    lab.thing.inUse = true;
    await expect(lab.act()).rejects.toMatchObject({ name: 'StalePlan' });
    expect(lab.thing.calls).toEqual([]);
    expect(await lab.receipt()).toMatchObject({ state: 'stale' });
  });

  it('but goes on when a field that decides nothing has changed', async () => {
    const lab = await decided();
    lab.pass(1000);
    await lab.act();
    expect(lab.thing.calls).toEqual(['shut']);
  });

  it('and compares no decisive field once it has started', async () => {
    const lab = await decided();
    shutWith(lab, { execute: failing(new Throttled('slow down')) });
    await expect(lab.act()).rejects.toMatchObject({ name: 'Throttled' });
    lab.effects = lab.world.direct;
    lab.thing.inUse = true;
    await lab.act();
    expect(lab.thing.calls).toEqual(['shut']);
  });

  it('when a field has a third value after it started, and shows both', async () => {
    const lab = await decided();
    shutWith(lab, { execute: failing(new Throttled('slow down')) });
    await expect(lab.act()).rejects.toMatchObject({ name: 'Throttled' });
    lab.effects = lab.world.direct;
    lab.thing.status = 'opening';
    lab.thing.opensAt = Number.POSITIVE_INFINITY;
    await expect(lab.act()).rejects.toMatchObject({ name: 'ActionFailed' });
    expect(lab.thing.calls).toEqual([]);
    expect((await lab.receipt())?.failed).toMatch(/was "open", is meant to be "shut" and reads "opening"/);
  });

  it('when a person has opened again what was contained', async () => {
    const lab = await decided();
    await lab.run();
    lab.thing.status = 'open';
    lab.pass(1000);
    await lab.takeIn({ id: 'event-2', critical: 9, second: 9 });
    await lab.decide();
    await expect(lab.act()).rejects.toMatchObject({ name: 'ActionFailed' });
    expect(lab.thing).toMatchObject({ status: 'open', calls: ['shut'] });
    expect(await lab.receipt()).toMatchObject({ state: 'held' });
    const { failed } = (await lab.receipt()) ?? {};
    expect(failed).toMatch(/^Somebody has changed back what was contained\. .*firebreak undo/);
    expect(failed).toContain('Nothing was overwritten. Now status was "open", is meant to be "shut" and reads "open".');
  });

  it('when it stands already: the before-state of then stays', async () => {
    const lab = await decided();
    await lab.run();
    await lab.takeIn({ id: 'event-2', critical: 9, second: 9 });
    await lab.run();
    expect(lab.thing.calls).toEqual(['shut']);
    expect((await lab.record()).changes).toMatchObject([{ before: { status: 'open' } }]);
    expect(await lab.head()).toMatchObject({ outcome: 'contained' });
  });

  it('when it stands already: its receipt says since when, and by which run', async () => {
    const lab = await decided();
    const { run: first } = await lab.head();
    await lab.run();
    const since = new Date(lab.world.schedule.now).toISOString();
    lab.pass(60_000);
    await lab.takeIn({ id: 'event-2', critical: 9, second: 9 });
    await lab.run();
    expect((await lab.head()).run).not.toBe(first);
    expect(await lab.receipt()).toMatchObject({
      state: 'done',
      did: `Done at ${since} by run ${first}, and it stands as read again now; nothing was changed again.`,
      before: { status: 'open' },
    });
    expect(await lab.receipt()).not.toHaveProperty('startedAt');
  });

  it('once a person has decided to undo', async () => {
    const lab = await decided();
    await undo(lab.effects, { incident: lab.incident, by: 'ana', reason: 'false alarm' });
    await expect(lab.act()).rejects.toMatchObject({ name: 'ActionFailed' });
    expect(lab.thing.calls).toEqual([]);
    expect(await lab.receipt()).toMatchObject({ state: 'held' });
  });

  it('when the decision is there and the head does not know of it yet', async () => {
    const lab = await decided();
    const { run } = await lab.head();
    const at = new Date(begin).toISOString();
    await putDecision(lab.world.table, lab.incident, { kind: 'undo', run, plan: null, by: 'ana', reason: '', at });
    await expect(lab.act()).rejects.toThrow('ana decided to undo it');
    expect(lab.thing.calls).toEqual([]);
  });

  it('once the head says so, though the decision is about an earlier run', async () => {
    const lab = await decided();
    const head = { pk: `incident#${lab.incident}`, sk: 'head' };
    await lab.world.table.update(head, {}, { set: { direction: 'undo' } });
    await expect(lab.act()).rejects.toThrow('A person decided to undo it.');
    expect(lab.thing.calls).toEqual([]);
  });

  it.each([
    ['did not succeed', false, undefined],
    ['was not read back', true, undefined],
    ['is not part of the plan', false, 'other.action@somewhere'],
  ])('when a step that it needs %s', async (_name, done, needed) => {
    const lab = await decided();
    if (done) await lab.act(0);
    await needing(lab, needed);
    await lab.act();
    expect(lab.thing.calls).toEqual([]);
    expect(await lab.receipt()).toMatchObject({ state: 'skipped' });
    expect(await lab.verify()).toMatchObject({ outcome: 'skipped' });
  });
});

it('a step goes on once what it needs was read back', async () => {
  const lab = await decided();
  await lab.act(0);
  await lab.verify(0);
  await needing(lab);
  await lab.act();
  expect(lab.thing.calls).toEqual(['shut']);
});
