import { beforeEach, describe, expect, it } from 'vitest';
import { keys } from '../../shared/incident/keys.ts';
import { readTarget } from '../../shared/incident/targets.ts';
import { ActionFailed, Throttled } from '../../shared/platform/errors.ts';
import { sweep } from '../../shared/respond/sweep.ts';
import { undo } from '../../shared/respond/undo.ts';
import type { RuleLimits, RuleSet } from '../../shared/rules/rule.ts';
import { shutWith } from './decided.ts';
import { findingIn, incidentOf, scanEvent } from './model/events.ts';
import { headsOf } from './model/invariants.ts';
import { Lab } from './model/lab.ts';
import { begin, rules, World } from './model/world.ts';

const minute = 60_000;
const hour = 60 * minute;

const limited = (limits: RuleLimits, settings: Partial<RuleSet['settings']> = {}): RuleSet => ({
  ...rules,
  rules: rules.rules.map((rule) => ({ ...rule, limits })),
  settings: { ...rules.settings, ...settings },
});

/** So many images, all accused at the same moment. */
function storm(count: number, set: RuleSet, seed = 1): World {
  const world = new World({ set, seed });
  for (let n = 0; n < count; n += 1) {
    const event = scanEvent({ id: `event-${n}`, image: 10_000 + n });
    world.thingOf(findingIn(event));
    void world.deliver(0, event);
  }
  return world;
}

const shutTimes = (world: World): readonly number[] =>
  [...world.account.things.values()].flatMap(({ shutAt }) => shutAt);

const inHour = (times: readonly number[], n: number): number =>
  times.filter((at) => Math.floor((at - begin) / hour) === n).length;

describe('a limit of changes an hour', () => {
  it('lets exactly 5 of 1,000 containments through that come at once', { timeout: 120_000 }, async () => {
    const world = storm(1000, limited({ perHour: 5 }));
    await world.schedule.run(begin + 4 * minute);
    expect(shutTimes(world)).toHaveLength(5);
    const heads = headsOf(world);
    expect(heads.filter(({ outcome }) => outcome === 'contained')).toHaveLength(5);
    expect(heads.filter(({ outcome, stops }) => outcome === 'held' && stops?.[0]?.kind === 'budget')).toHaveLength(995);
    expect(world.published.filter(({ subject }) => subject.includes('a limit is reached'))).toHaveLength(995);
  });

  it('does the rest hour by hour, each once, without a new finding, and tells of each once that it is held', {
    timeout: 60_000,
  }, async () => {
    const world = storm(12, limited({ perHour: 5 }), 7);
    await world.run(4 * 60);
    const times = shutTimes(world);
    expect([0, 1, 2, 3].map((n) => inHour(times, n))).toEqual([5, 5, 2, 0]);
    for (const { calls } of world.account.things.values()) expect(calls).toEqual(['shut']);
    for (const head of headsOf(world)) expect(head).toMatchObject({ outcome: 'contained', stops: null });
    expect(world.published.filter(({ subject }) => subject.includes('a limit is reached'))).toHaveLength(7);
    // Whoever would only be held again is not decided again.
    expect(world.machine.executions.size).toBe(12 + 7);
  });

  it.each([
    ['the whole account', limited({}, { limits: { perHour: 2 } })],
    ['the lowest of several', limited({ perHour: 4 }, { limits: { perHour: 2 } })],
  ])('is kept for %s', async (_what, set) => {
    const world = storm(6, set);
    await world.schedule.run(begin + 4 * minute);
    expect(shutTimes(world)).toHaveLength(2);
  });

  it('is kept whatever crashes, and nobody is forgotten', { timeout: 60_000 }, async () => {
    for (let seed = 0; seed < 25; seed += 1) {
      const crashes = Array.from({ length: 6 }, (_, n) => ({
        at: 40 + ((seed * 37 + n * 53) % 400),
        when: n % 2 === 0 ? ('before' as const) : ('after' as const),
        as: (['retried', 'caught', 'retried', 'aborted'] as const)[(seed + n) % 4] ?? 'retried',
      }));
      const world = new World({ set: limited({ perHour: 2 }), seed, crashes });
      for (let n = 0; n < 5; n += 1) {
        const event = scanEvent({ id: `event-${n}`, image: 10_000 + n });
        world.thingOf(findingIn(event));
        void world.deliver(0, event);
      }
      await world.run(6 * 60);
      const times = shutTimes(world);
      for (const n of [0, 1, 2, 3, 4, 5]) expect(inHour(times, n), `seed ${seed}, hour ${n}`).toBeLessThanOrEqual(2);
      for (const head of headsOf(world)) {
        // What failed for another reason than the limit waits for a new finding, as ever.
        if (head.stops !== null) throw new Error(`seed ${seed}: ${head.incident} still waits: ${head.outcome}`);
      }
    }
  });
});

describe('one step of an incident', () => {
  let lab: Lab;
  const spend = (scope = 'rule:shut-critical') =>
    lab.world.table.addToSets(keys.budget('2026-11-20T09'), 'another', [{ attribute: scope, atMost: 9 }]);
  beforeEach(async () => {
    lab = new Lab({ set: limited({ perHour: 1 }) });
    await lab.takeIn();
  });

  it('that is over a limit is held, with what it would do, which limit, and when there is room', async () => {
    await spend();
    await lab.decide();
    await expect(lab.act()).rejects.toBeInstanceOf(ActionFailed);
    expect((await lab.receipt())?.failed).toBe(
      'The limit is reached (rule shut-critical: 1 an hour); it has room again at 2026-11-20T10:00:00.000Z. It would: Shut it.',
    );
    expect((await readTarget(lab.world.table, lab.target))?.changes).toEqual([]);
    await lab.report();
    expect(lab.world.published[0]).toMatchObject({
      tier: 'notice',
      subject: expect.stringContaining('held, a limit is reached'),
      body: expect.stringContaining('There is room again at 2026-11-20T10:00:00.000Z'),
    });
  });

  it('counts once, however often it is tried', async () => {
    await lab.decide();
    shutWith(lab, { execute: () => Promise.reject(new Throttled('slow down')) });
    for (const _ of [1, 2, 3]) await expect(lab.act()).rejects.toMatchObject({ name: 'Throttled' });
    lab.effects = lab.world.direct;
    await lab.act();
    expect((await lab.world.table.get(keys.budget('2026-11-20T09')))?.['rule:shut-critical']).toHaveLength(1);
  });

  it('counts anew in another run: what is contained, comes back and is contained again is two changes', async () => {
    const deliveredAgain = () => {
      lab.effects = lab.world.direct;
      shutWith(lab, {
        deliveredAgain: (_before, { status }) => (status === 'open' ? 'It was pushed again' : undefined),
      });
    };
    await lab.run();
    deliveredAgain();
    lab.pass(minute);
    lab.thing.status = 'open';
    await lab.takeIn({ id: 'event-2', critical: 9, second: 9 });
    await lab.decide();
    await expect(lab.act()).rejects.toThrow('The limit is reached (rule shut-critical: 1 an hour)');
    expect(lab.thing.calls).toEqual(['shut']);
    expect(await lab.receipt()).toMatchObject({ state: 'held', stops: [{ kind: 'budget' }] });
  });

  it('that stands already spends nothing, and is not held', async () => {
    await lab.run();
    lab.pass(hour);
    await lab.takeIn({ id: 'event-2', critical: 9, second: 1 });
    await lab.run();
    expect(await lab.head()).toMatchObject({ outcome: 'contained' });
    expect(await lab.world.table.get(keys.budget('2026-11-20T10'))).toBeUndefined();
  });

  it('that puts back asks for none', async () => {
    await lab.run();
    await undo(lab.effects, { incident: lab.incident, by: 'ana', reason: 'false alarm' });
    await lab.playPlan(2 * minute);
    await lab.report();
    expect(await lab.head()).toMatchObject({ outcome: 'undone' });
  });

  it('whose limit cannot be counted is held, and told', async () => {
    await lab.decide();
    const { table } = lab.effects;
    lab.with({ table: { ...table, addToSets: () => Promise.reject(new Error('AccessDenied')) } });
    await expect(lab.act()).rejects.toBeInstanceOf(ActionFailed);
    expect(lab.thing.calls).toEqual([]);
    expect(await lab.receipt()).toMatchObject({ state: 'held', stops: [{ kind: 'unread', of: 'a limit' }] });
  });

  it('is not stopped in the middle by a limit that is reached meanwhile', async () => {
    await lab.decide();
    shutWith(lab, { execute: () => Promise.reject(new Throttled('slow down')) });
    await expect(lab.act()).rejects.toMatchObject({ name: 'Throttled' });
    lab.effects = lab.world.direct;
    lab.pass(hour);
    await lab.world.table.addToSets(keys.budget('2026-11-20T10'), 'x', [
      { attribute: 'rule:shut-critical', atMost: 1 },
    ]);
    await lab.act();
    expect(lab.thing.calls).toEqual(['shut']);
  });

  it('that would leave too little by the time of its turn is held for a person', async () => {
    lab = new Lab({ set: limited({ minHealthyPercent: 50 }) });
    let healthy = 3;
    const undoing = { possible: true, sentence: 'Undo opens it again.' } as const;
    const plan = () =>
      ({ kind: 'step', sentence: 'Shut it.', undo: undoing, leavesHealthy: { count: healthy, of: 4 } }) as const;
    shutWith(lab, { plan });
    await lab.takeIn();
    await lab.decide();
    healthy = 1;
    await expect(lab.act()).rejects.toBeInstanceOf(ActionFailed);
    expect(lab.thing.calls).toEqual([]);
    const receipt = await lab.receipt();
    expect(receipt).toMatchObject({ state: 'held', failed: expect.stringContaining('1 of 4 healthy') });
    expect(receipt).not.toHaveProperty('stops');
    expect(await lab.world.table.get(keys.budget('2026-11-20T09'))).toBeUndefined();
  });

  it('that is held is decided again by the sweep only once there is room', async () => {
    await spend();
    await lab.decide();
    await lab.act().catch(() => {});
    await lab.report();
    lab.pass(59 * minute);
    await sweep(lab.effects);
    expect(await lab.head()).toMatchObject({ state: 'resting' });
    lab.pass(minute);
    await sweep(lab.effects);
    expect(await lab.head()).toMatchObject({ state: 'running', incident: incidentOf(scanEvent()) });
  });
});
