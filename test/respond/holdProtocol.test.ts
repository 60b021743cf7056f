import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { headOf } from '../../shared/incident/head.ts';
import type { Head, PersonDecision, StandingChange } from '../../shared/incident/items.ts';
import { findingIn, incidentOf, scanEvent } from './model/events.ts';
import { checkInvariants } from './model/invariants.ts';
import type { Crash } from './model/schedule.ts';
import { World } from './model/world.ts';

const minute = 60_000;
const stories = process.env['FIREBREAK_FULL'] === '1' ? 2_500 : 60;
const timeout = 120_000;
/** Every hold is over by then, and what was held is decided. */
const longEnough = 150;
const incident = incidentOf(scanEvent());

const crash: fc.Arbitrary<Crash> = fc.record({
  at: fc.integer({ min: 1, max: 200 }),
  when: fc.constantFrom('before' as const, 'after' as const),
  as: fc.constantFrom('retried' as const, 'caught' as const, 'aborted' as const),
});

/** What uses the image is gone by then; the last finding comes later. */
const inUseFor = 30;
const last = 40 * minute;
const sometime = fc.integer({ min: 0, max: 30 * minute });
/** While it is in use, so that it can be held before it is contained, and when the last finding comes. */
const aPerson = fc.oneof(sometime, fc.integer({ min: last - minute, max: last + minute }));
const perhaps = fc.option(aPerson, { nil: null });

const calm = {
  seed: fc.nat(),
  /** When each finding comes. */
  findings: fc.array(sometime, { minLength: 1, maxLength: 4 }),
  holds: fc.array(fc.record({ at: aPerson, minutes: fc.integer({ min: 1, max: 60 }) }), { maxLength: 3 }),
  containAt: perhaps,
};

interface Told {
  readonly seed: number;
  readonly findings: readonly number[];
  readonly holds: readonly { readonly at: number; readonly minutes: number }[];
  readonly containAt: number | null;
  readonly undoAt?: number | null;
  readonly crashes?: readonly Crash[];
}

async function tell({ seed, findings, holds, containAt, undoAt = null, crashes = [] }: Told): Promise<World> {
  const world = new World({ seed, crashes });
  for (const [n, at] of [...findings, last].entries()) {
    const event = scanEvent({ id: `event-${n}`, critical: n + 1, second: n });
    world.thingOf(findingIn(event));
    void world.deliver(at, event);
  }
  void world.inUseUntil(inUseFor * minute);
  for (const { at, minutes } of holds) void world.hold(at, incident, minutes * minute);
  if (containAt !== null) void world.contain(containAt, incident);
  if (undoAt !== null) void world.undo(undoAt, incident);
  await world.run(longEnough);
  return world;
}

const ids = ({ findings }: Told): readonly string[] => [...findings, last].map((_at, n) => `event-${n}`);
const headIn = (world: World): Head => {
  const [item] = world.all('head');
  if (item === undefined) throw new Error('There is no head');
  return headOf(item);
};

/** Nothing is begun while somebody holds it: from a minute after the decision (what was on its way is made) to its end, unless another one ends it. */
function holdsAreKept(world: World): void {
  const decisions = world.all('decision#') as unknown as readonly PersonDecision[];
  const changes = world
    .all('target')
    .flatMap((item) => Object.entries(item))
    .flatMap(([name, value]) => (name.startsWith('change:') ? [value as unknown as StandingChange] : []));
  for (const { kind, at, until = '' } of decisions) {
    const others = decisions.filter((other) => other.at > at && other.at < until && other.kind !== 'approve');
    if (kind !== 'hold' || others.length > 0) continue;
    const from = new Date(Date.parse(at) + minute).toISOString();
    for (const { startedAt } of changes)
      expect(startedAt < from || startedAt >= until, `${startedAt} in ${at}`).toBe(true);
  }
}

describe('people who hold and contain', () => {
  it('are held to, and what was found is contained once nobody holds it', { timeout }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.record(calm), async (told) => {
        const world = await tell(told);
        await checkInvariants(world, ids(told));
        holdsAreKept(world);
        for (const { calls } of world.account.things.values()) expect(calls).toEqual(['shut']);
        expect(headIn(world)).toMatchObject({ state: 'resting', outcome: 'contained', hold: null, stops: null });
      }),
      { numRuns: stories },
    );
  });

  it('break no promise, whatever crashes and whoever undoes', { timeout }, async () => {
    const wild = fc.record({ ...calm, undoAt: perhaps, crashes: fc.array(crash, { maxLength: 5 }) });
    await fc.assert(
      fc.asyncProperty(wild, async (told) => {
        const world = await tell(told);
        await checkInvariants(world, ids(told));
        holdsAreKept(world);
        expect(headIn(world)).toMatchObject({ state: 'resting' });
      }),
      { numRuns: stories },
    );
  });
});
