import { beforeEach, describe, expect, it } from 'vitest';
import { keys } from '../../shared/incident/keys.ts';
import { ActionFailed, Throttled } from '../../shared/platform/errors.ts';
import { retriesOfThrottled } from '../../shared/respond/failure.ts';
import { pause, resume } from '../../shared/respond/pause.ts';
import { sweep } from '../../shared/respond/sweep.ts';
import { undo } from '../../shared/respond/undo.ts';
import { shutWith } from './decided.ts';
import { Lab, shutStep } from './model/lab.ts';
import { rules } from './model/world.ts';

const minute = 60_000;
const hour = 60 * minute;
let lab: Lab;

beforeEach(async () => {
  lab = new Lab();
  await lab.takeIn();
});

const put = (forMs = 2 * hour, target: string | null = null) =>
  pause(lab.effects, { target, by: 'ana', reason: 'moving the database', forMs });

const repository = 'arn:aws:ecr:us-east-1:123456789012:repository/payments/checkout-api';

/** The run that the sweep has opened, as the state machine does it; false when it has opened none. */
async function swept(): Promise<boolean> {
  await sweep(lab.effects);
  if ((await lab.head()).state !== 'running') return false;
  await lab.run();
  return true;
}

/** Decides and takes what there is to take, as the state machine does. */
async function runHeld(): Promise<void> {
  const { steps } = await lab.decide();
  for (const { n } of steps) {
    await lab.act(n).catch((error: unknown) => expect(error).toBeInstanceOf(ActionFailed));
    await lab.verify(n);
  }
  await lab.report();
}

describe('a pause of everything', () => {
  it('holds what would be done, with who and why, and takes evidence all the same', async () => {
    await put();
    // Evidence alone: what is held owns no target.
    expect((await lab.decide()).steps).toHaveLength(1);
    await runHeld();
    expect(lab.thing.calls).toEqual([]);
    expect(lab.world.account.evidence).toBe(1);
    expect(await lab.head()).toMatchObject({ outcome: 'held', stops: [{ kind: 'pause', of: 'everything' }] });
    const [told] = lab.world.published;
    expect(told?.tier).toBe('notice');
    expect(told?.subject).toContain('held, changes are paused');
    expect(told?.body).toMatch(
      /paused until 2026-11-20T11:00:00.000Z: by ana .*\(moving the database\).* It would: Shut it\./,
    );
    expect(told?.body).toContain('firebreak resume --stage test');
  });

  it('is decided again by itself when its time is over, and not before, without a new finding', async () => {
    await put();
    await runHeld();
    lab.pass(2 * hour - 1);
    expect(await swept()).toBe(false);
    lab.pass(1);
    expect(await swept()).toBe(true);
    expect(lab.thing.calls).toEqual(['shut']);
    expect(await lab.head()).toMatchObject({ outcome: 'contained', stops: null });
    expect(await swept()).toBe(false);
    expect(lab.world.published).toHaveLength(2);
  });

  it('is over when somebody ends it', async () => {
    await put();
    await runHeld();
    lab.pass(minute);
    expect(await resume(lab.effects, { target: null, by: 'ben' })).toMatchObject({ by: 'ana', endedBy: 'ben' });
    expect(await resume(lab.effects, { target: null, by: 'ben' })).toBeUndefined();
    expect(await swept()).toBe(true);
    expect(lab.thing.calls).toEqual(['shut']);
  });

  it('does not let an incident that it holds be closed', async () => {
    await put(6 * 24 * hour);
    await runHeld();
    lab.pass(48 * hour);
    expect(await swept()).toBe(false);
    expect(await lab.head()).toMatchObject({ state: 'resting' });
  });

  it('tells once, though findings come and the pause is made longer', async () => {
    await put();
    await runHeld();
    await lab.takeIn({ id: 'event-2', critical: 9, second: 60 });
    await put(3 * hour);
    await runHeld();
    expect(lab.world.published).toHaveLength(1);
  });

  it('that came after the plan stops the step before anything is begun', async () => {
    await lab.decide();
    await put();
    await expect(lab.act()).rejects.toMatchObject({ name: 'ActionFailed' });
    expect(lab.thing.calls).toEqual([]);
    expect(await lab.receipt()).toMatchObject({ state: 'held', stops: [{ kind: 'pause' }] });
    expect((await lab.record()).changes).toEqual([]);
    await lab.report();
    expect(await lab.head()).toMatchObject({ outcome: 'held', stops: [{ kind: 'pause' }] });
  });

  it('stops a step between two of its calls, which goes on from there afterwards', async () => {
    const calls: string[] = [];
    let between = async (): Promise<unknown> => put();
    shutWith(lab, {
      execute: async (_target, _params, _before, { journal }) => {
        await journal.once('one', async () => {
          calls.push('one');
          await between();
          return true;
        });
        await journal.once('two', async () => {
          calls.push('two');
          lab.thing.status = 'shut';
          return true;
        });
        return { kind: 'done', did: 'Shut it.' };
      },
    });
    await runHeld();
    expect(calls).toEqual(['one']);
    expect(await lab.head()).toMatchObject({ outcome: 'held', stops: [{ kind: 'pause' }] });
    expect((await lab.record()).changes).toMatchObject([{ before: { status: 'open' } }]);
    between = async () => {};
    lab.pass(2 * hour);
    expect(await swept()).toBe(true);
    expect(calls).toEqual(['one', 'one', 'two']);
    expect(await lab.head()).toMatchObject({ outcome: 'contained' });
  });

  it('stops what an earlier run has begun', async () => {
    await lab.decide();
    shutWith(lab, { execute: () => Promise.reject(new Throttled('slow down')) });
    await expect(lab.act()).rejects.toMatchObject({ name: 'Throttled' });
    lab.effects = lab.world.direct;
    await put();
    await expect(lab.act()).rejects.toMatchObject({ name: 'ActionFailed' });
    expect(lab.thing.calls).toEqual([]);
    expect(await lab.receipt()).toMatchObject({ state: 'held' });
  });

  it('says nothing against what stands as it should', async () => {
    await lab.run();
    await put();
    await lab.takeIn({ id: 'event-2', critical: 9, second: 1 });
    await lab.run();
    expect(await lab.head()).toMatchObject({ outcome: 'contained', stops: null });
  });

  it('lets an undo go on: a person wants it', async () => {
    await lab.run();
    await put();
    await undo(lab.effects, { incident: lab.incident, by: 'ben', reason: 'false alarm' });
    await lab.playPlan(2 * minute);
    await lab.report();
    expect(await lab.head()).toMatchObject({ outcome: 'undone' });
    expect(lab.thing.calls).toEqual(['shut', 'open']);
  });

  it('has no part in what only observes', async () => {
    lab = new Lab({ set: { ...rules, rules: rules.rules.map((rule) => ({ ...rule, mode: 'observe' })) } });
    await lab.takeIn();
    await put();
    await lab.run();
    expect(await lab.head()).toMatchObject({ outcome: 'observed', stops: null });
  });
});

describe('a pause of one target', () => {
  it.each([
    ['its key', `image/123456789012/us-east-1/payments/checkout-api@sha256:${'1'.repeat(64)}`],
    ['the ARN of its repository', repository],
  ])('by %s holds what would change it', async (_by, target) => {
    await put(hour, target);
    await runHeld();
    expect(lab.thing.calls).toEqual([]);
    expect(await lab.head()).toMatchObject({ outcome: 'held', stops: [{ kind: 'pause', of: target }] });
    expect(lab.world.published[0]?.body).toContain(`firebreak resume --target ${target} --stage test`);
    await resume(lab.effects, { target, by: 'ana' });
    expect(await swept()).toBe(true);
    expect(lab.thing.calls).toEqual(['shut']);
  });

  it('holds nothing else', async () => {
    await put(hour, `${repository}-2`);
    await lab.run();
    expect(lab.thing.calls).toEqual(['shut']);
  });

  it('holds an undo of it, too, which goes on as one when the pause is over, whatever came in between', async () => {
    await lab.run();
    await put(hour, repository);
    await undo(lab.effects, { incident: lab.incident, by: 'ben', reason: 'false alarm' });
    await runHeld();
    expect(lab.thing.calls).toEqual(['shut']);
    expect(await lab.head()).toMatchObject({ outcome: 'held', direction: 'undo', stops: [{ undo: true }] });
    await lab.takeIn({ id: 'event-2', critical: 9, second: 7200 });
    await lab.run();
    expect(await lab.head()).toMatchObject({ direction: 'do', stops: [{ undo: true }] });
    lab.pass(hour);
    await sweep(lab.effects);
    expect(await lab.head()).toMatchObject({ state: 'running', direction: 'undo' });
    await lab.playPlan(2 * minute);
    await lab.report();
    expect(await lab.head()).toMatchObject({ outcome: 'undone', stops: null });
    expect(lab.thing.calls).toEqual(['shut', 'open']);
  });
});

describe('pauses that cannot be read', () => {
  const scrawl = () => lab.world.table.putIfAbsent({ ...keys.pauses, version: 1, everything: { until: 'tomorrow' } });

  it('keep everything from being changed, and people are told; once they can be, it is decided again', async () => {
    await scrawl();
    await runHeld();
    expect(lab.thing.calls).toEqual([]);
    expect(await lab.head()).toMatchObject({ outcome: 'held', stops: [{ kind: 'unread' }] });
    expect(lab.world.published[0]).toMatchObject({ tier: 'page', subject: expect.stringContaining('GET UP') });
    await expect(sweep(lab.effects)).rejects.toThrow('not readable');
    expect(await lab.head()).toMatchObject({ state: 'resting' });
    await lab.world.table.update(keys.pauses, {}, { remove: ['everything'] });
    expect(await swept()).toBe(true);
    expect(lab.thing.calls).toEqual(['shut']);
  });

  it('stop a step that was planned before', async () => {
    await lab.decide();
    await scrawl();
    await expect(lab.act()).rejects.toMatchObject({ name: 'ActionFailed' });
    expect(lab.thing.calls).toEqual([]);
  });

  it('because the table asks for patience: are read again, and hold at the last try', async () => {
    await lab.decide();
    const { table } = lab.effects;
    const get: typeof table.get = (key) =>
      key.pk === keys.pauses.pk ? Promise.reject(new Throttled('slow down')) : table.get(key);
    lab.with({ table: { ...table, get } });
    await expect(lab.act()).rejects.toMatchObject({ name: 'Throttled' });
    expect(await lab.receipt()).toBeUndefined();
    await expect(lab.act(shutStep, 'token', retriesOfThrottled)).rejects.toMatchObject({ name: 'ActionFailed' });
    expect(await lab.receipt()).toMatchObject({ state: 'held', stops: [{ kind: 'unread' }] });
    expect(lab.thing.calls).toEqual([]);
  });
});
