import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  findingsOf,
  markCounted,
  placeFinding,
  touchFinding,
  unchangedCountsAfter,
} from '../../shared/incident/findings.ts';
import { memoryTable } from '../../shared/incident/memoryTable.ts';
import type { Table } from '../../shared/incident/table.ts';
import { findingIn, scanEvent } from '../respond/model/events.ts';

let table: Table;
beforeEach(() => {
  table = memoryTable();
});

const version = (hash: string, second: number, event = `${hash}-${second}`) => ({
  finding: findingIn(scanEvent({ second })),
  hash,
  event,
});
const place = (hash: string, second: number, after: string | null = null, event?: string) =>
  placeFinding(table, 'i', version(hash, second, event), after);
const count = async (hash: string, second: number): Promise<void> => {
  const placed = await place(hash, second);
  if (placed.kind === 'news') await markCounted(table, 'i', placed.stored, 7);
};
const stored = async () => (await findingsOf(table, 'i', 0))[0];

describe('a finding', () => {
  it('is news until it is counted', async () => {
    expect(await place('a', 0)).toMatchObject({ kind: 'news' });
    expect(await place('a', 0)).toMatchObject({ kind: 'news' });
    await count('a', 0);
    expect(await place('a', 0)).toMatchObject({ kind: 'duplicate' });
  });

  it('is news again when it says something else', async () => {
    await count('a', 0);
    expect(await place('b', 1)).toMatchObject({ kind: 'news' });
    expect(await stored()).toMatchObject({ hash: 'b', counted: false });
    expect(await stored()).not.toHaveProperty('seq');
  });

  it('knows the event that brought it', async () => {
    await count('a', 0);
    expect(await place('a', 0, null, 'a-0')).toMatchObject({ ours: true });
    expect(await place('a', 0, null, 'another')).toMatchObject({ ours: false });
  });

  it('knows the events that brought what was there before', async () => {
    await count('a', 0);
    await count('b', 1);
    await count('c', 2);
    for (const [hash, second] of [
      ['a', 0],
      ['b', 1],
    ] as const)
      expect(await place(hash, second)).toMatchObject({ kind: 'superseded', ours: true });
    expect(await place('b', 1, null, 'another')).toMatchObject({ kind: 'superseded', ours: false });
    for (let n = 3; n < 20; n += 1) await count(`d${n}`, n);
    expect((await stored())?.before).toHaveLength(10);
  });

  it('in an older version changes nothing', async () => {
    await count('b', 5);
    expect(await place('a', 1)).toMatchObject({ kind: 'superseded' });
    expect(await stored()).toMatchObject({ hash: 'b' });
  });

  it('ends as the same version whatever order its versions come in', async () => {
    const versions = [version('a', 0), version('b', 1), version('c', 1), version('d', 0)];
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(versions, { minLength: 4 }), async (order) => {
        table = memoryTable();
        for (const one of [...order, ...order]) await placeFinding(table, 'i', one, null);
        expect(await stored()).toMatchObject({ hash: 'c' });
      }),
    );
  });

  it('is news when it is active after the containment, once', async () => {
    await count('a', 0);
    const containedAt = '2026-11-20T08:00:30.000Z';
    expect(await place('a', 30, containedAt)).toMatchObject({ kind: 'duplicate' });
    const placed = await place('a', 31, containedAt);
    expect(placed).toMatchObject({ kind: 'news', stored: { activity: '2026-11-20T08:00:31.000Z' } });
    if (placed.kind === 'news') await markCounted(table, 'i', placed.stored, 8);
    expect(await place('a', 31, containedAt)).toMatchObject({ kind: 'duplicate' });
  });

  it('is news when it is delivered with later activity to an incident that rests with nothing contained, once', async () => {
    await count('a', 5);
    const after = unchangedCountsAfter({ state: 'resting', containedAt: null });
    expect(await place('a', 5, after, 'another')).toMatchObject({ kind: 'duplicate' });
    expect(await place('a', 4, after)).toMatchObject({ kind: 'duplicate' });
    const placed = await place('a', 6, after);
    expect(placed).toMatchObject({ kind: 'news', stored: { activity: '2026-11-20T08:00:06.000Z', unchanged: true } });
    if (placed.kind === 'news') await markCounted(table, 'i', placed.stored, 8);
    expect(await place('a', 6, after)).toMatchObject({ kind: 'duplicate' });
    expect(await place('b', 7, after)).toMatchObject({ kind: 'news', stored: { unchanged: false } });
  });

  it('that says nothing new counts when it is to be decided again, and not while a run is about to', () => {
    const containedAt = '2026-11-20T08:00:30.000Z';
    expect(unchangedCountsAfter(undefined)).toBeNull();
    expect(unchangedCountsAfter({ state: 'running', containedAt: null })).toBeNull();
    expect(unchangedCountsAfter({ state: 'running', containedAt })).toBe(containedAt);
    expect(unchangedCountsAfter({ state: 'resting', containedAt })).toBe(containedAt);
    expect(unchangedCountsAfter({ state: 'resting', containedAt: null })).toBe('');
    expect(unchangedCountsAfter({ state: 'closed', containedAt: null })).toBe('');
  });

  it('keeps its latest activity', async () => {
    await count('a', 5);
    await touchFinding(table, 'i', findingIn(scanEvent()).id, '2026-11-20T09:00:00.000Z');
    await touchFinding(table, 'i', findingIn(scanEvent()).id, '2026-11-20T08:00:00.000Z');
    expect(await stored()).toMatchObject({ activity: '2026-11-20T09:00:00.000Z' });
  });
});

it('a mark does not count a version that came meanwhile', async () => {
  const placed = await place('a', 0);
  await place('b', 1);
  if (placed.kind === 'news') await markCounted(table, 'i', placed.stored, 1);
  expect(await stored()).toMatchObject({ hash: 'b', counted: false });
});

it('findings of an incident that was closed are not those of the next one', async () => {
  await count('a', 0);
  expect(await findingsOf(table, 'i', 6)).toHaveLength(1);
  expect(await findingsOf(table, 'i', 7)).toEqual([]);
});
