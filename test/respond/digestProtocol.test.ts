import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDigest } from '../../shared/incident/digests.ts';
import { headOf } from '../../shared/incident/head.ts';
import { sweep } from '../../shared/respond/sweep.ts';
import { setWith } from './digestLab.ts';
import { findingIn, incidentOf, scanEvent } from './model/events.ts';
import type { Crash } from './model/schedule.ts';
import { World } from './model/world.ts';

const schedules = process.env['FIREBREAK_FULL'] === '1' ? 1_000 : 60;
const timeout = process.env['FIREBREAK_FULL'] === '1' ? 600_000 : 60_000;
const minute = 60_000;

/** The world begins at 09:00. */
const set = setWith('digest', { digest: { at: '09:30', timeZone: 'UTC' } });

interface Story {
  readonly seed: number;
  readonly deliveries: readonly { readonly at: number; readonly image: number; readonly critical: number }[];
  readonly crashes: readonly Crash[];
  readonly undoAt: number | null;
}

const story: fc.Arbitrary<Story> = fc.record({
  seed: fc.nat(),
  deliveries: fc.array(
    fc.record({
      at: fc.integer({ min: 0, max: 50 * minute }),
      image: fc.integer({ min: 1, max: 4 }),
      critical: fc.integer({ min: 1, max: 3 }),
    }),
    { minLength: 1, maxLength: 6 },
  ),
  crashes: fc.array(
    fc.record({
      at: fc.integer({ min: 1, max: 500 }),
      when: fc.constantFrom('before' as const, 'after' as const),
      as: fc.constantFrom('retried' as const, 'caught' as const, 'aborted' as const),
    }),
    { maxLength: 6 },
  ),
  undoAt: fc.option(fc.integer({ min: 0, max: 55 }), { nil: null }),
});

async function tell({ seed, deliveries, crashes, undoAt }: Story): Promise<World> {
  const world = new World({ seed, crashes, set });
  for (const [n, { at, ...scan }] of deliveries.entries()) {
    const event = scanEvent({ id: `event-${n}`, ...scan });
    world.thingOf(findingIn(event));
    void world.deliver(at, event);
  }
  const [first] = deliveries;
  if (undoAt !== null) void world.undo(undoAt * minute, incidentOf(scanEvent({ image: first?.image ?? 1 })));
  await world.run(240);
  // The next morning, and what a sweep that died then left behind.
  world.schedule.now += 24 * 60 * minute;
  for (let n = 0; n < 3; n += 1) {
    await sweep(world.direct);
    world.schedule.now += 5 * minute;
  }
  return world;
}

async function check(world: World): Promise<void> {
  const digests = world.published.filter(({ about }) => about['id']?.startsWith('digest/'));
  const texts = new Map(digests.map(({ about, ...text }) => [about['id'], text]));
  for (const { about, ...text } of digests) expect(text).toEqual(texts.get(about['id']));
  expect([...texts.keys()]).toContain('digest/-/2026-11-21');
  expect(texts.size).toBeLessThanOrEqual(2);
  expect(await readDigest(world.table, null)).toMatchObject({ state: 'done', day: '2026-11-21' });
  for (const head of world.all('head').map(headOf)) expect(head.outbox).toEqual([]);
  for (const message of world.all('message#')) {
    if (message['collected'] !== true || message['replacedBy'] !== undefined) continue;
    // Told, in one that went out, and never by itself.
    expect(texts.has(String(message['toldIn']))).toBe(true);
    expect(world.published.some(({ about }) => about['id'] === message['id'])).toBe(false);
  }
}

describe('what is for the morning', () => {
  it(
    'is told in a digest that went out, once for each day, in any order and over any crash',
    async () => {
      await fc.assert(
        fc.asyncProperty(story, async (one) => check(await tell(one))),
        { numRuns: schedules },
      );
    },
    timeout,
  );
});
