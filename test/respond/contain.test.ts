import { beforeEach, describe, expect, it } from 'vitest';
import { keys } from '../../shared/incident/keys.ts';
import { raise } from '../../shared/incident/raise.ts';
import { undoneAttribute } from '../../shared/incident/targets.ts';
import { askedIn } from '../../shared/plan/stop.ts';
import { answer } from '../../shared/respond/answer.ts';
import { type ContainRequest, contain } from '../../shared/respond/contain.ts';
import { hold } from '../../shared/respond/hold.ts';
import { pause } from '../../shared/respond/pause.ts';
import { undo } from '../../shared/respond/undo.ts';
import { Lab } from './model/lab.ts';
import { rules } from './model/world.ts';

const minute = 60_000;
const hour = 60 * minute;
let lab: Lab;

beforeEach(async () => {
  lab = new Lab();
  await lab.takeIn();
});

const again = (changed: Partial<ContainRequest> = {}) =>
  contain(lab.effects, { incident: lab.incident, by: 'ana', reason: 'it was none', ...changed });

const held = (by = 'ben') => hold(lab.effects, { incident: lab.incident, by, reason: 'looks', forMs: 4 * hour });

async function undone(): Promise<void> {
  await lab.run();
  await undo(lab.effects, { incident: lab.incident, by: 'ben', reason: 'a false alarm' });
  await lab.playPlan();
  await lab.report();
  lab.pass(minute);
}

describe('contain again', () => {
  it('after an undo ends its hold, of the incident and of what was put back, and contains with what was found', async () => {
    await undone();
    const { heldUntil } = await lab.head();
    expect(await again({ caller: 'arn:aws:iam::1:user/ana' })).toMatchObject({
      kind: 'opened',
      ended: { hold: null, undoneUntil: heldUntil, targets: [lab.target] },
      hold: null,
    });
    await lab.run();
    expect(lab.thing).toMatchObject({ status: 'shut', calls: ['shut', 'open', 'shut'] });
    expect(await lab.head()).toMatchObject({ outcome: 'contained', heldUntil: null });
    expect((await lab.record()).undone).toMatchObject({ by: 'ben' });
    expect(lab.world.all('decision#').map(({ kind, by, caller }) => ({ kind, by, caller }))).toEqual(
      expect.arrayContaining([{ kind: 'contain', by: 'ana', caller: 'arn:aws:iam::1:user/ana' }]),
    );
  });

  it('ends a hold', async () => {
    await held();
    await lab.run();
    expect(lab.thing.calls).toEqual([]);
    lab.pass(minute);
    expect(await again()).toMatchObject({ kind: 'opened', ended: { hold: { by: 'ben' } } });
    await lab.run();
    expect(lab.thing.calls).toEqual(['shut']);
    expect(await lab.head()).toMatchObject({ outcome: 'contained', hold: null, stops: null });
  });

  it('ends a hold that a clock a little ahead of its own has written, and is known as the same after that', async () => {
    await held();
    await lab.run();
    lab.pass(-700);
    expect(await again()).toMatchObject({ kind: 'opened', ended: { hold: { by: 'ben' } }, hold: null });
    expect(await again()).toMatchObject({ kind: 'known' });
    lab.pass(-700);
    expect(await held('eve')).toMatchObject({ kind: 'held', before: null });
    expect(await again()).toMatchObject({ kind: 'under-way', ended: { hold: { by: 'eve' } }, hold: null });
    expect(lab.world.all('decision#')).toHaveLength(4);
  });

  it('while the run that it held is under way has that decide again', async () => {
    await lab.decide();
    await held();
    await lab.act().catch(() => {});
    lab.pass(minute);
    const { run } = await lab.head();
    expect(await again()).toMatchObject({ kind: 'under-way', run });
    expect(await again()).toMatchObject({ kind: 'known', run });
    expect(await lab.report()).toMatchObject({ more: true });
    await lab.run();
    expect(lab.thing.calls).toEqual(['shut']);
    lab.pass(minute);
    expect(await again()).toMatchObject({ kind: 'known', run });
    expect((await lab.head()).state).toBe('resting');
  });

  it('is refused where there is nothing to contain again, in one sentence', async () => {
    const reason = async () => {
      const answered = await again();
      expect(answered.kind).toBe('nothing');
      return 'reason' in answered ? answered.reason : '';
    };
    expect(await again({ incident: 'no' })).toEqual({ kind: 'nothing', reason: 'There is no incident no.' });
    expect(await reason()).toMatch(/Nobody holds .* is under way already\.$/);
    await lab.run();
    expect(await reason()).toMatch(/Nobody holds .*, and no undo of it is held to\.$/);
    await undo(lab.effects, { incident: lab.incident, by: 'ben', reason: 'a false alarm' });
    expect(await reason()).toMatch(/is being undone by run /);
    await lab.effects.table.update(keys.head(lab.incident), {}, { set: { state: 'closed' } });
    expect(await reason()).toMatch(/is closed: a new finding opens it/);
    expect(lab.world.all('decision#contain')).toEqual([]);
  });

  it('says what it waits for, where that is no hold', async () => {
    await pause(lab.effects, { target: null, by: 'eve', reason: 'a move', forMs: hour });
    await lab.run();
    expect(await again()).toMatchObject({
      reason: expect.stringContaining('waits for something else: All changes are'),
    });
  });

  it('leaves alone what is held for the undo of another incident', async () => {
    await undone();
    const key = keys.target(lab.target);
    const { undone: noted } = await lab.record();
    if (noted === null) throw new Error('nothing was put back');
    const others = { set: undoneAttribute({ ...noted, incident: 'another' }), add: { version: 1 } };
    await lab.effects.table.update(key, {}, others);
    expect(await again()).toMatchObject({ kind: 'opened', ended: { targets: [] } });
    await lab.run();
    expect(lab.thing.calls).toEqual(['shut', 'open']);
    expect(await lab.head()).toMatchObject({ outcome: 'held' });
  });

  it('that is given again is the same, and opens no second run', async () => {
    await undone();
    const first = await again();
    const run = 'run' in first ? first.run : '';
    expect(await again()).toMatchObject({ kind: 'known', run });
    await lab.run();
    lab.pass(minute);
    expect(await again()).toMatchObject({ kind: 'known', run });
    expect(await again({ by: 'eve' })).toMatchObject({ kind: 'nothing' });
    expect((await lab.head()).state).toBe('resting');
    expect(lab.world.all('decision#contain')).toHaveLength(1);
    expect(lab.thing.calls).toEqual(['shut', 'open', 'shut']);
  });

  it.each([1, 2])('that was cut off at its write %i is made good by its repeat', async (at) => {
    await undone();
    const { table } = lab.effects;
    let writes = 0;
    const update: typeof table.update = (...asked) => {
      writes += 1;
      return writes === at ? Promise.reject(new Error('cut off')) : table.update(...asked);
    };
    lab.with({ table: { ...table, update } });
    await expect(again()).rejects.toThrow('cut off');
    lab.effects = lab.world.direct;
    lab.pass(minute);
    expect(await again()).toMatchObject({ kind: 'opened' });
    expect(lab.world.all('decision#contain')).toHaveLength(1);
    await lab.run();
    expect(lab.thing.calls).toEqual(['shut', 'open', 'shut']);
  });

  it('that was cut off where nothing but targets was held is made good, too', async () => {
    await undone();
    await lab.effects.table.update(keys.head(lab.incident), {}, { set: { heldUntil: null } });
    const { table } = lab.effects;
    const update: typeof table.update = (key, ...asked) =>
      key.sk === 'head' ? Promise.reject(new Error('cut off')) : table.update(key, ...asked);
    lab.with({ table: { ...table, update } });
    await expect(again()).rejects.toThrow('cut off');
    lab.effects = lab.world.direct;
    lab.pass(minute);
    expect(await again()).toMatchObject({ kind: 'opened' });
    await lab.run();
    expect(await again()).toMatchObject({ kind: 'known' });
    expect(lab.thing.calls).toEqual(['shut', 'open', 'shut']);
  });

  it('that was not started is started by its repeat', async () => {
    await undone();
    const { executions } = lab.effects;
    lab.with({ executions: { ...executions, start: () => Promise.reject(new Error('cut off')) } });
    await expect(again()).rejects.toThrow('cut off');
    lab.effects = lab.world.direct;
    const { run } = await lab.head();
    expect(await again()).toMatchObject({ kind: 'known', run });
  });

  it('with a hold at the same time: the hold that was decided later stands, and is said', async () => {
    await undone();
    await held();
    lab.pass(minute);
    const { table } = lab.effects;
    let first = true;
    lab.with({
      table: {
        ...table,
        update: async (key, ...asked) => {
          if (first && key.sk === 'head') {
            first = false;
            lab.pass(1);
            await hold(lab.world.direct, { incident: lab.incident, by: 'eve', reason: 'wait', forMs: hour });
          }
          return table.update(key, ...asked);
        },
      },
    });
    expect(await again()).toMatchObject({ kind: 'opened', hold: { by: 'eve' } });
    lab.effects = lab.world.direct;
    await lab.run();
    expect(lab.thing.calls).toEqual(['shut', 'open']);
    expect(await lab.head()).toMatchObject({ outcome: 'held', hold: { by: 'eve' }, stops: [{ kind: 'hold' }] });
  });

  it('does not let go what another undo has put back meanwhile', async () => {
    await undone();
    const { undone: noted } = await lab.record();
    if (noted === null) throw new Error('nothing was put back');
    const { table } = lab.effects;
    const later = { ...noted, at: new Date(lab.world.schedule.now + 1).toISOString() };
    lab.with({
      table: {
        ...table,
        putIfAbsent: async (item) => {
          if (item.sk.startsWith('decision#contain')) {
            const key = keys.target(lab.target);
            await table.update(key, {}, { set: undoneAttribute(later), add: { version: 1 } });
          }
          return table.putIfAbsent(item);
        },
      },
    });
    expect(await again()).toMatchObject({ kind: 'opened' });
    expect((await lab.record()).undone).toEqual(later);
  });

  it('does not end what an undo since then is held to', async () => {
    await undone();
    const seen = await lab.head();
    const later = new Date(lab.world.schedule.now + 30 * hour).toISOString();
    await lab.effects.table.update(keys.head(lab.incident), {}, { set: { heldUntil: later } });
    const frees = { at: new Date(lab.world.schedule.now).toISOString(), heldUntil: seen.heldUntil };
    const now = new Date(lab.world.schedule.now);
    expect(await raise(lab.effects.table, lab.incident, { run: 'r', now, frees })).toMatchObject({ heldUntil: later });
  });
});

describe('what protects', () => {
  it('is asked as before: nothing that was approved before the undo counts', async () => {
    const approval = { when: ['always'] } as const;
    lab = new Lab({ set: { ...rules, rules: rules.rules.map((one) => ({ ...one, approval })) } });
    await lab.takeIn();
    await lab.run();
    const plan = async (): Promise<string> => askedIn((await lab.head()).stops)?.of ?? '';
    const first = await plan();
    const yes = { incident: lab.incident, kind: 'approve', by: 'ana', reason: 'so be it' } as const;
    await answer(lab.effects, { ...yes, plan: first });
    await lab.playPlan();
    await lab.report();
    lab.pass(minute);
    await undo(lab.effects, { incident: lab.incident, by: 'ben', reason: 'a false alarm' });
    await lab.playPlan();
    await lab.report();
    lab.pass(minute);
    await again();
    await lab.run();
    expect(lab.thing.calls).toEqual(['shut', 'open']);
    expect(await lab.head()).toMatchObject({ outcome: 'held', stops: [{ kind: 'approval' }] });
    expect(await plan()).not.toBe(first);
    await answer(lab.effects, { ...yes, plan: await plan() });
    await lab.playPlan();
    await lab.report();
    expect(lab.thing.calls).toEqual(['shut', 'open', 'shut']);
  });
});
