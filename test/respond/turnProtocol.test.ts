import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TurnRecord } from '../../shared/incident/items.ts';
import { isTurnOf, openTargets, readTurn } from '../../shared/incident/turns.ts';
import { Cluster } from './model/cluster.ts';
import { checkInvariants, headsOf } from './model/invariants.ts';
import type { Crash } from './model/schedule.ts';

const schedules = process.env['FIREBREAK_FULL'] === '1' ? 2_500 : 100;
const timeout = process.env['FIREBREAK_FULL'] === '1' ? 900_000 : 60_000;

const minute = 60_000;
/** Long after everything: five hosts one after another, with retries and turns that nobody gave back. */
const longEnough = 360;
const hosts = [1, 2, 3, 4, 7] as const;

interface Delivery {
  readonly host: number;
  /** Minutes. */
  readonly at: number;
  readonly id: string;
  readonly critical: number;
}

const delivery = fc.record({
  host: fc.constantFrom(...hosts),
  at: fc.integer({ min: 0, max: 40 * 60 }).map((seconds) => seconds / 60),
  critical: fc.integer({ min: 1, max: 3 }),
});
/** One id is one event: the same finding again, or a change of it. */
const deliveries: fc.Arbitrary<readonly Delivery[]> = fc
  .array(delivery, { minLength: 2, maxLength: 9 })
  .map((list) => list.map((one) => ({ ...one, id: `host-${one.host}-${one.critical}` })));

const crash: fc.Arbitrary<Crash> = fc.record({
  at: fc.integer({ min: 1, max: 500 }),
  when: fc.constantFrom('before' as const, 'after' as const),
  as: fc.constantFrom('retried' as const, 'caught' as const, 'aborted' as const),
});

interface Story {
  readonly seed: number;
  readonly deliveries: readonly Delivery[];
  readonly crashes: readonly Crash[];
  readonly lostEvents: readonly boolean[];
  /** Hosts that do not come back from patching. */
  readonly breaking: readonly number[];
  /** Whom a person has undone, after so many minutes. */
  readonly undos: readonly { readonly host: number; readonly at: number }[];
  readonly doomed: boolean;
}

const story: fc.Arbitrary<Story> = fc.record({
  seed: fc.nat(),
  deliveries,
  crashes: fc.array(crash, { maxLength: 6 }),
  lostEvents: fc.array(fc.boolean(), { maxLength: 6 }),
  breaking: fc.subarray([...hosts], { maxLength: 1 }),
  undos: fc.array(fc.record({ host: fc.constantFrom(...hosts), at: fc.integer({ min: 0, max: 60 }) }), {
    maxLength: 2,
  }),
  doomed: fc.oneof({ weight: 9, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
});

async function tell({ seed, deliveries: list, crashes, lostEvents, breaking, undos, doomed }: Story): Promise<Cluster> {
  const first = new Cluster().incidentOf(list[0]?.host ?? 1);
  const world = new Cluster({ seed, crashes, lostEvents, doomed: new Set(doomed ? [first] : []) });
  for (const { host, at, id, critical } of list) world.accuse(host, at, { id, critical });
  for (const host of breaking) world.host(host).breaks = true;
  for (const { host, at } of undos) void world.undo(at * minute, world.incidentOf(host));
  await world.run(longEnough);
  return world;
}

async function turns(world: Cluster): Promise<readonly TurnRecord[]> {
  const names = world.all('turn').filter(({ sk }) => sk === 'turn');
  const records = await Promise.all(names.map(({ turn }) => readTurn(world.table, String(turn))));
  return records.filter((record) => record !== undefined);
}

/** Whoever waits waits for what is not known to be back, and for nothing else. */
async function nobodyIsForgotten(world: Cluster): Promise<void> {
  for (const { incident, waits } of headsOf(world)) {
    for (const { turn, targets } of waits ?? []) {
      const now = new Date(world.schedule.now);
      expect(await isTurnOf(world.table, turn, { incident, targets }, now), incident).toBe(false);
      const record = await readTurn(world.table, turn);
      expect(record === undefined ? [] : await openTargets(world.table, record), incident).not.toEqual([]);
    }
  }
}

/** Of each turn that does not pass on, its incident has told people, or its runs died, which is told too. */
async function keptIsTold(world: Cluster): Promise<void> {
  for (const record of await turns(world)) {
    if ((await openTargets(world.table, record)).length === 0) continue;
    const head = headsOf(world).find(({ incident }) => incident === record.owner?.incident);
    expect(['not-contained', 'held'], head?.incident).toContain(head?.outcome);
  }
}

describe('one at a time', () => {
  it('holds whatever crashes, repeats, comes late or never, and nobody who waits is forgotten', {
    timeout,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(story, async (told) => {
        const world = await tell(told);
        expect(world.hosts.together).toEqual([]);
        await checkInvariants(
          world,
          told.deliveries.map(({ id }) => id),
        );
        await nobodyIsForgotten(world);
        await keptIsTold(world);
      }),
      { numRuns: schedules },
    );
  });

  it('comes to everybody, by itself, when nothing but messengers fail and every host comes back', {
    timeout,
  }, async () => {
    const calm = fc.record({
      seed: fc.nat(),
      deliveries,
      lostEvents: fc.array(fc.boolean(), { maxLength: 6 }),
    });
    await fc.assert(
      fc.asyncProperty(calm, async (told) => {
        const world = await tell({ ...told, crashes: [], breaking: [], undos: [], doomed: false });
        expect(world.hosts.together).toEqual([]);
        for (const host of world.hosts.all.values()) expect(host).toMatchObject({ active: true, patched: true });
        for (const { outAt } of world.hosts.all.values()) expect(outAt).toHaveLength(1);
        for (const head of headsOf(world)) expect(head).toMatchObject({ outcome: 'contained', waits: null });
        for (const record of await turns(world)) expect(record).toMatchObject({ owner: null, waiting: [] });
      }),
      { numRuns: Math.ceil(schedules / 2) },
    );
  });

  it('comes to everybody whatever crashes, unless a person is told that one of the cluster is not back', {
    timeout,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(story, async (told) => {
        const world = await tell({ ...told, breaking: [], undos: [], doomed: false });
        const wanting = new Set(['not-contained', 'held', 'degraded']);
        const heads = headsOf(world);
        for (const { incident, outcome, waits } of heads) {
          if (waits === null && outcome !== null && wanting.has(outcome)) continue;
          if (waits === null) expect(outcome, incident).toBe('contained');
          else expect(heads.some((other) => other.outcome !== null && wanting.has(other.outcome))).toBe(true);
        }
      }),
      { numRuns: Math.ceil(schedules / 2) },
    );
  });
});
