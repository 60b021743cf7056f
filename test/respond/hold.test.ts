import { beforeEach, describe, expect, it } from 'vitest';
import { answersOf } from '../../shared/incident/decisions.ts';
import { closeHead } from '../../shared/incident/ends.ts';
import { keys } from '../../shared/incident/keys.ts';
import { type HoldRequest, hold } from '../../shared/respond/hold.ts';
import { undo } from '../../shared/respond/undo.ts';
import { shutWith } from './decided.ts';
import { HoldLab, hour } from './holdLab.ts';
import { rules } from './model/world.ts';

const minute = 60_000;
let lab: HoldLab;

beforeEach(async () => {
  lab = new HoldLab();
  await lab.takeIn();
});

const put = (changed?: Partial<HoldRequest>) => lab.put(changed);

const iso = (ms = 0): string => new Date(lab.world.schedule.now + ms).toISOString();

const runHeld = () => lab.runHeld();
const swept = () => lab.swept();

describe('a hold', () => {
  it('is recorded with who, why and until when, and is no answer to anything', async () => {
    expect(await put({ caller: 'arn:aws:iam::1:user/ana' })).toMatchObject({
      kind: 'held',
      hold: { by: 'ana', until: iso(4 * hour) },
      before: null,
      undoneUntil: null,
    });
    expect(lab.world.all('decision#')).toMatchObject([
      { kind: 'hold', by: 'ana', reason: 'payments looks', until: iso(4 * hour), caller: 'arn:aws:iam::1:user/ana' },
    ]);
    expect((await answersOf(lab.effects.table, await lab.head())).given).toEqual([]);
  });

  it('holds what would be done, with who and why, and takes evidence all the same', async () => {
    await put();
    // Evidence alone: what is held owns no target.
    expect((await lab.decide()).steps).toHaveLength(1);
    await runHeld();
    expect(lab.thing.calls).toEqual([]);
    expect(lab.world.account.evidence).toBe(1);
    expect(await lab.head()).toMatchObject({ outcome: 'held', stops: [{ kind: 'hold', of: lab.incident }] });
    const [told] = lab.world.published;
    expect(told?.tier).toBe('notice');
    expect(told?.subject).toContain('held by a person');
    expect(told?.body).toContain('ana holds the incident until 2026-11-20T13:00:00.000Z');
    expect(told?.body).toContain('(payments looks)');
    expect(told?.body).toContain(`firebreak contain ${lab.incident} --stage test`);
  });

  it('that comes after the plan stops the step before anything is begun, and its receipt says who', async () => {
    await lab.decide();
    await put();
    await expect(lab.act()).rejects.toMatchObject({ name: 'ActionFailed' });
    expect(lab.thing.calls).toEqual([]);
    expect(await lab.receipt()).toMatchObject({
      state: 'held',
      failed: expect.stringContaining('ana holds the incident until'),
      stops: [{ kind: 'hold' }],
    });
    // What the run was at is decided again, and told once, as held.
    expect(await lab.report()).toMatchObject({ more: true });
    expect(lab.world.published).toEqual([]);
    await runHeld();
    expect(await lab.head()).toMatchObject({ outcome: 'held', stops: [{ kind: 'hold' }], hold: { by: 'ana' } });
    expect(lab.world.published.map(({ subject }) => subject)).toEqual([expect.stringContaining('held by a person')]);
  });

  it('in the middle is told at the end alone, also where it wakes somebody', async () => {
    lab = new HoldLab({ set: { ...rules, rules: rules.rules.map((one) => ({ ...one, page: { held: 'page' } })) } });
    await lab.takeIn();
    await lab.decide();
    await put();
    await expect(lab.act()).rejects.toMatchObject({ name: 'ActionFailed' });
    expect(await lab.report()).toMatchObject({ more: true });
    expect(lab.world.published).toEqual([]);
    await runHeld();
    expect(lab.world.published).toMatchObject([{ tier: 'page' }]);
  });

  it('stops a step between two of its calls', async () => {
    const made: string[] = [];
    shutWith(lab, {
      execute: async (_target, _params, _before, { journal }) => {
        await journal.once('first', async () => made.push('first'));
        await put();
        await journal.once('second', async () => made.push('second'));
        return { kind: 'done', did: 'Both.' };
      },
    });
    await lab.decide();
    await expect(lab.act()).rejects.toMatchObject({ name: 'ActionFailed' });
    expect(made).toEqual(['first']);
    expect(await lab.receipt()).toMatchObject({ state: 'held', stops: [{ kind: 'hold' }] });
  });

  it('that cannot be read stops, too', async () => {
    await lab.decide();
    const { table } = lab.effects;
    let reads = 0;
    const get: typeof table.get = (key) => {
      // The first is of the step at hand.
      if (key.sk === 'head' && ++reads > 1) return Promise.reject(new Error('cut off'));
      return table.get(key);
    };
    lab.with({ table: { ...table, get } });
    await expect(lab.act()).rejects.toMatchObject({ name: 'ActionFailed' });
    lab.effects = lab.world.direct;
    expect(lab.thing.calls).toEqual([]);
    expect(await lab.receipt()).toMatchObject({ state: 'held', stops: [{ kind: 'unread', of: 'a hold' }] });
  });

  /** The report of a run, in whose very last moment somebody holds the incident. */
  async function reportWhileHeld(): Promise<void> {
    const { table } = lab.effects;
    let first = true;
    lab.with({
      table: {
        ...table,
        update: async (key, expected, change) => {
          if (first && change.set?.['restedAt'] !== undefined) {
            first = false;
            await hold(lab.world.direct, { incident: lab.incident, by: 'ana', reason: 'r', forMs: 48 * hour });
          }
          return table.update(key, expected, change);
        },
      },
    });
    await lab.report();
    lab.effects = lab.world.direct;
    expect(first).toBe(false);
  }

  it('is not lost where a run ends at the same time, which looks again', async () => {
    await lab.playPlan();
    await reportWhileHeld();
    await runHeld();
    expect(await lab.head()).toMatchObject({ outcome: 'contained', hold: { by: 'ana' }, stops: [{ kind: 'hold' }] });
    expect(lab.thing.calls).toEqual(['shut']);
  });

  it('is not lost where an undo ends at the same time, which is over', async () => {
    await lab.run();
    await undo(lab.effects, { incident: lab.incident, by: 'ben', reason: 'a false alarm' });
    await lab.playPlan();
    await reportWhileHeld();
    expect(await lab.head()).toMatchObject({ state: 'resting', outcome: 'undone', hold: { by: 'ana' } });
  });

  it('lets stand what stands, and wakes nobody', async () => {
    await lab.run();
    const told = lab.world.published.length;
    expect(await put()).toMatchObject({ kind: 'held', run: null });
    expect(await lab.head()).toMatchObject({ state: 'resting', outcome: 'contained', stops: [{ kind: 'hold' }] });
    await lab.takeIn({ id: 'event-2', critical: 13, second: 9 });
    await runHeld();
    expect(await lab.head()).toMatchObject({ outcome: 'contained', stops: [{ kind: 'hold' }] });
    expect(lab.thing).toMatchObject({ status: 'shut', calls: ['shut'] });
    expect(lab.world.published).toHaveLength(told);
  });

  it('is over at its end, and not before: the incident is decided again, without a new finding', async () => {
    await put();
    await runHeld();
    lab.pass(4 * hour - 1);
    expect(await swept()).toBe(false);
    lab.pass(1);
    expect(await swept()).toBe(true);
    expect(lab.thing.calls).toEqual(['shut']);
    expect(await lab.head()).toMatchObject({ outcome: 'contained', stops: null, hold: null });
    expect(await swept()).toBe(false);
  });

  it('keeps its incident from being closed', async () => {
    await put({ forMs: 6 * 24 * hour });
    await runHeld();
    lab.pass(48 * hour);
    expect(await swept()).toBe(false);
    expect(await lab.head()).toMatchObject({ state: 'resting' });
  });

  it('that came while it was being closed is not lost over that', async () => {
    await lab.run();
    const seen = await lab.head();
    await put();
    expect(await closeHead(lab.effects.table, seen, lab.effects.clock.now(), [])).toBeUndefined();
    expect(await lab.head()).toMatchObject({ state: 'resting', hold: { by: 'ana' } });
  });

  it('is replaced by another, shorter or longer, which says so', async () => {
    await put();
    lab.pass(minute);
    const shorter = await put({ by: 'ben', forMs: hour });
    expect(shorter).toMatchObject({ kind: 'held', hold: { by: 'ben', until: iso(hour) }, before: { by: 'ana' } });
    lab.pass(minute);
    expect(await put({ forMs: 5 * hour })).toMatchObject({ before: { by: 'ben' }, hold: { until: iso(5 * hour) } });
    expect(lab.world.all('decision#')).toHaveLength(3);
    expect((await lab.head()).hold).toMatchObject({ by: 'ana', until: iso(5 * hour) });
  });

  it('that is given again at once is the same; later it lasts longer', async () => {
    const first = await put();
    lab.pass(minute - 1);
    expect(await put()).toEqual({ ...first, kind: 'known' });
    expect(lab.world.all('decision#')).toHaveLength(1);
    lab.pass(1);
    expect(await put()).toMatchObject({ kind: 'held', hold: { until: iso(4 * hour) } });
  });

  it('that was cut off between the record and the head is made good by its repeat', async () => {
    const { table } = lab.effects;
    lab.with({ table: { ...table, update: () => Promise.reject(new Error('cut off')) } });
    await expect(put()).rejects.toThrow('cut off');
    lab.effects = lab.world.direct;
    expect((await lab.head()).hold).toBeNull();
    const until = iso(4 * hour);
    lab.pass(1000);
    expect(await put()).toMatchObject({ kind: 'held', hold: { until } });
    expect(lab.world.all('decision#')).toHaveLength(1);
    expect((await lab.head()).hold).toMatchObject({ until });
  });

  it('is refused where there is nothing to hold, and for longer than it may be', async () => {
    expect(await put({ incident: 'no' })).toEqual({ kind: 'nothing', reason: 'There is no incident no.' });
    expect(await put({ forMs: 7 * 24 * hour + 1 })).toEqual({
      kind: 'nothing',
      reason: 'A hold lasts 7 days at the most.',
    });
    await lab.run();
    await lab.effects.table.update(keys.head(lab.incident), {}, { set: { state: 'closed' } });
    expect(await put()).toMatchObject({ kind: 'nothing', reason: expect.stringContaining('is closed') });
    expect(lab.world.all('decision#')).toEqual([]);
  });
});
