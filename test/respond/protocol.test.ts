import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findingIn, incidentOf, type ScanOptions, scanEvent } from './model/events.ts';
import { checkInvariants, headsOf } from './model/invariants.ts';
import type { Crash } from './model/schedule.ts';
import { rules, twoPartRules, World } from './model/world.ts';

const schedules = process.env['FIREBREAK_FULL'] === '1' ? 2_500 : 100;
const timeout = process.env['FIREBREAK_FULL'] === '1' ? 900_000 : 60_000;

const minute = 60_000;
/** Long after the last delivery and the last retry of a state machine (12 h are the longest, and nothing here takes so long). */
const longEnough = 240;

interface Delivery {
  readonly at: number;
  readonly scan: Required<ScanOptions>;
  /** By a second source, for an incident of another name on the same target. */
  readonly asOther: boolean;
}

const scan = fc.record({
  id: fc.integer({ min: 1, max: 6 }).map((n) => `event-${n}`),
  image: fc.constantFrom(1, 1, 1, 2),
  critical: fc.integer({ min: 1, max: 2 }),
  // The last two lie after what is contained by then: news, though they say nothing else. To what is held by then, each is.
  second: fc.constantFrom(0, 1, 2, 3600 + 600, 7200),
});

/** One id is one event, however often it is delivered. */
const deliveries: fc.Arbitrary<readonly Delivery[]> = fc
  .array(fc.record({ at: fc.integer({ min: 0, max: 20 * minute }), scan, asOther: fc.boolean() }), {
    minLength: 1,
    maxLength: 8,
  })
  .map((list) => {
    const first = new Map<string, Delivery>();
    return list.map((delivery) => {
      const known = first.get(delivery.scan.id) ?? delivery;
      first.set(delivery.scan.id, known);
      return { ...known, at: delivery.at };
    });
  });

const crash: fc.Arbitrary<Crash> = fc.record({
  at: fc.integer({ min: 1, max: 300 }),
  when: fc.constantFrom('before' as const, 'after' as const),
  as: fc.constantFrom('retried' as const, 'caught' as const, 'aborted' as const),
});

const other = 'other/123456789012/us-east-1/payments';

interface Story {
  readonly seed: number;
  readonly deliveries: readonly Delivery[];
  readonly crashes: readonly Crash[];
  readonly lostEvents: readonly boolean[];
  /** Minutes after which a person undoes the first incident; null: nobody does. */
  readonly undoAt: number | null;
  readonly undoOtherAt: number | null;
  /** Until so many minutes everything is in use, and held; 0: nothing ever is. */
  readonly inUseFor: number;
  readonly doomed: boolean;
  /** Whether the rules ask for an action in two steps as well. */
  readonly twoParts: boolean;
}

const story: fc.Arbitrary<Story> = fc.record({
  seed: fc.nat(),
  deliveries,
  crashes: fc.array(crash, { maxLength: 6 }),
  lostEvents: fc.array(fc.boolean(), { maxLength: 6 }),
  undoAt: fc.option(fc.integer({ min: 0, max: 25 }), { nil: null }),
  undoOtherAt: fc.option(fc.integer({ min: 0, max: 25 }), { nil: null }),
  inUseFor: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 25 })),
  twoParts: fc.boolean(),
  doomed: fc.oneof({ weight: 9, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
});

async function tell({
  seed,
  deliveries: list,
  crashes,
  lostEvents,
  undoAt,
  undoOtherAt,
  inUseFor,
  doomed,
  twoParts,
}: Story): Promise<World> {
  const first = list[0];
  const firstIncident = first?.asOther ? other : incidentOf(scanEvent(first?.scan));
  const world = new World({
    seed,
    crashes,
    lostEvents,
    doomed: new Set(doomed ? [firstIncident] : []),
    set: twoParts ? twoPartRules : rules,
  });
  for (const { at, scan: options, asOther } of list) {
    const event = scanEvent(options);
    world.thingOf(findingIn(event));
    if (asOther) void world.deliverAs(at, other, findingIn(event), options.id);
    else void world.deliver(at, event);
  }
  void world.inUseUntil(inUseFor * minute);
  if (undoAt !== null) void world.undo(undoAt * minute, firstIncident);
  if (undoOtherAt !== null) void world.undo(undoOtherAt * minute, other);
  await world.run(longEnough);
  return world;
}

/** Contained, then in the hands of another incident for a while, which tells nobody: contained again is no news. */
const joinedInBetween: Story = {
  seed: 0,
  deliveries: [
    { at: 900_002, scan: { id: 'event-2', image: 1, critical: 1, second: 0 }, asOther: false },
    { at: 0, scan: { id: 'event-1', image: 1, critical: 2, second: 0 }, asOther: false },
    { at: 900_001, scan: { id: 'event-3', image: 1, critical: 1, second: 0 }, asOther: true },
  ],
  crashes: [],
  lostEvents: [],
  undoAt: null,
  undoOtherAt: 16,
  inUseFor: 0,
  doomed: false,
  twoParts: false,
};

describe('the incident protocol', () => {
  it('keeps its promises whatever crashes, repeats, comes late or never', { timeout }, async () => {
    await fc.assert(
      fc.asyncProperty(story, async (told) => {
        const world = await tell(told);
        await checkInvariants(
          world,
          told.deliveries.map((delivery) => delivery.scan.id),
        );
      }),
      { numRuns: schedules, examples: [[joinedInBetween]] },
    );
  });

  it('contains everything when nothing but messengers fail', { timeout }, async () => {
    const calm = fc.record({
      seed: fc.nat(),
      deliveries,
      lostEvents: fc.array(fc.boolean(), { maxLength: 6 }),
      twoParts: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(calm, async (told) => {
        const world = await tell({ ...told, crashes: [], undoAt: null, undoOtherAt: null, inUseFor: 0, doomed: false });
        for (const thing of world.account.things.values())
          expect(thing).toMatchObject({ status: 'shut', calls: ['shut'] });
        for (const thing of world.swaps.all.values())
          expect(thing).toMatchObject({ count: 3, version: 'clean', calls: ['stop', 'start'] });
        expect(world.swaps.all.size).toBe(told.twoParts ? world.account.things.size : 0);
        for (const head of headsOf(world)) expect(['contained', 'joined']).toContain(head.outcome);
        expect(world.machinePages).toEqual([]);
      }),
      { numRuns: schedules },
    );
  });

  it('contains what was held once it is scanned again, with the same counts, and nothing uses it', {
    timeout,
  }, async () => {
    const calm = fc.record({ seed: fc.nat(), deliveries, lostEvents: fc.array(fc.boolean(), { maxLength: 6 }) });
    await fc.assert(
      fc.asyncProperty(calm, async ({ deliveries: list, ...calmly }) => {
        const same = list.map((delivery) => ({ ...delivery, scan: { ...delivery.scan, critical: 1 } }));
        const again = same.map(({ scan: before, asOther }, n) => {
          const rescan = { ...before, id: `again-${n}`, second: 2 * 3600 + 600 };
          return { at: 40 * minute, scan: rescan, asOther };
        });
        const still = { crashes: [], undoAt: null, undoOtherAt: null, doomed: false, twoParts: false };
        const world = await tell({ ...calmly, ...still, deliveries: [...same, ...again], inUseFor: 30 });
        for (const { calls } of world.account.things.values()) expect(calls).toEqual(['shut']);
        for (const head of headsOf(world)) expect(['contained', 'joined']).toContain(head.outcome);
        await checkInvariants(
          world,
          [...same, ...again].map((delivery) => delivery.scan.id),
        );
      }),
      { numRuns: Math.ceil(schedules / 4) },
    );
  });

  it('holds an incident whose every run dies, pages once, and goes on with the others', { timeout }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.array(fc.boolean(), { maxLength: 6 }), async (seed, lostEvents) => {
        const [bad, good] = [scanEvent({ id: 'bad' }), scanEvent({ id: 'good', image: 2 })];
        const world = new World({ seed, lostEvents, doomed: new Set([incidentOf(bad)]) });
        for (const event of [bad, good]) {
          world.thingOf(findingIn(event));
          void world.deliver(0, event);
        }
        await world.run(60);
        await checkInvariants(world, ['bad', 'good']);
        expect(world.machinePages).toEqual([incidentOf(bad)]);
        expect(world.published.map(({ tier }) => tier).sort()).toEqual(['digest', 'notice']);
        expect(
          headsOf(world)
            .map(({ outcome }) => outcome)
            .sort(),
        ).toEqual(['contained', 'held']);
      }),
      { numRuns: Math.ceil(schedules / 10) },
    );
  });
});
