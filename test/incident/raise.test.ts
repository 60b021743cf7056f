import { beforeEach, describe, expect, it } from 'vitest';
import { closeHead, endRun } from '../../shared/incident/ends.ts';
import { headsIn, readHead } from '../../shared/incident/head.ts';
import type { Head } from '../../shared/incident/items.ts';
import { memoryTable } from '../../shared/incident/memoryTable.ts';
import { noteActivity, raise } from '../../shared/incident/raise.ts';
import type { Table } from '../../shared/incident/table.ts';

const now = new Date('2026-11-20T09:00:00.000Z');
let table: Table;
let first: Head;
beforeEach(async () => {
  table = memoryTable();
  first = await raise(table, 'i', { run: 'r1', now, activity: '2026-11-20T08:00:00.000Z' });
});

const ending = {
  outcome: 'contained',
  reportedSeq: 1,
  told: 't',
  message: undefined,
  page: null,
  replaces: [],
  heldUntil: null,
  containedAt: null,
  waits: null,
  next: undefined,
  now,
} as const;
const patch = (set: { [name: string]: number | string }) => table.update({ pk: 'incident#i', sk: 'head' }, {}, { set });

describe('what counts', () => {
  it('opens an incident with a run', async () => {
    expect(first).toMatchObject({ state: 'running', run: 'r1', seq: 1, round: 1, direction: 'do', outbox: [] });
    expect(await headsIn(table, 'running')).toEqual(['i']);
  });

  it('raises seq in the run that is under way', async () => {
    expect(await raise(table, 'i', { run: 'r2', now })).toMatchObject({ run: 'r1', seq: 2 });
  });

  it('opens a run when the incident rests', async () => {
    await endRun(table, first, ending);
    expect(await headsIn(table, 'resting')).toEqual(['i']);
    expect(await raise(table, 'i', { run: 'r2', now })).toMatchObject({
      state: 'running',
      run: 'r2',
      seq: 2,
      told: 't',
    });
    expect(await headsIn(table, 'running')).toEqual(['i']);
  });

  it('opens another incident when this one is closed: nothing was told of that yet', async () => {
    const rested = await endRun(table, first, ending);
    if (rested !== undefined) await closeHead(table, rested, now);
    expect(await headsIn(table, 'resting')).toEqual([]);
    const again = await raise(table, 'i', { run: 'r2', now });
    expect(again).toMatchObject({ state: 'running', seq: 2, closedSeq: 1, told: null, outcome: null });
  });

  it('remembers the one before it, and what the same finding shows not to have held', async () => {
    const containedAt = '2026-11-20T08:30:00.000Z';
    const rested = await endRun(table, first, { ...ending, containedAt });
    if (rested !== undefined) await closeHead(table, rested, now);
    const closed = await readHead(table, 'i');
    expect(closed?.earlier).toEqual({
      openedAt: first.openedAt,
      outcome: 'contained',
      containedAt,
      closedAt: now.toISOString(),
    });
    const activity = '2026-11-21T09:00:00.000Z';
    const goesOn = await raise(table, 'i', { run: 'r2', now, activity, unchanged: true });
    expect(goesOn).toMatchObject({ containedAt, earlier: { containedAt } });
  });

  it('is not said to have failed by a finding that is another', async () => {
    const rested = await endRun(table, first, { ...ending, containedAt: '2026-11-20T08:30:00.000Z' });
    if (rested !== undefined) await closeHead(table, rested, now);
    const other = await raise(table, 'i', { run: 'r2', now, activity: '2026-11-21T09:00:00.000Z' });
    expect(other).toMatchObject({ containedAt: null, earlier: { outcome: 'contained' } });
  });

  it('counts every one of many that come at once', async () => {
    await Promise.all(Array.from({ length: 20 }, () => raise(table, 'i', { run: 'r', now })));
    expect(await readHead(table, 'i')).toMatchObject({ seq: 21, run: 'r1' });
  });

  it('ends a streak of dead runs when it is a finding, and only then', async () => {
    await patch({ deadRuns: 1 });
    expect(await raise(table, 'i', { run: 'r', now })).toMatchObject({ deadRuns: 1 });
    expect(await raise(table, 'i', { run: 'r', now, activity: now.toISOString() })).toMatchObject({ deadRuns: 0 });
  });

  it('brings the worse class along, and none makes it better', async () => {
    expect(await raise(table, 'i', { run: 'r', now, raisedClass: 'B' })).toMatchObject({ raisedClass: 'B' });
    expect(await raise(table, 'i', { run: 'r', now, raisedClass: 'C' })).toMatchObject({ raisedClass: 'B' });
    expect(await raise(table, 'i', { run: 'r', now, raisedClass: 'A' })).toMatchObject({ raisedClass: 'A' });
  });

  it('turns a run round when it is an undo', async () => {
    expect(await raise(table, 'i', { run: 'r', now, direction: 'undo' })).toMatchObject({
      run: 'r1',
      direction: 'undo',
    });
    expect(await raise(table, 'i', { run: 'r', now })).toMatchObject({ direction: 'undo' });
  });
});

describe('the end of a run', () => {
  it('is not written when something has happened since the head was read', async () => {
    await raise(table, 'i', { run: 'r', now });
    expect(await endRun(table, first, ending)).toBeUndefined();
    expect(await readHead(table, 'i')).toMatchObject({ state: 'running' });
  });

  it('is not written when there was activity, though it did not count', async () => {
    await noteActivity(table, 'i', '2026-11-20T08:30:00.000Z');
    expect(await endRun(table, first, ending)).toBeUndefined();
  });

  it('is not written by another run, or for another round', async () => {
    expect(await endRun(table, { ...first, run: 'late' }, ending)).toBeUndefined();
    expect(await endRun(table, { ...first, round: 2 }, ending)).toBeUndefined();
  });
});

it('activity only moves forward', async () => {
  await noteActivity(table, 'i', '2026-11-20T08:30:00.000Z');
  await noteActivity(table, 'i', '2026-11-20T08:10:00.000Z');
  expect(await readHead(table, 'i')).toMatchObject({ lastFindingAt: '2026-11-20T08:30:00.000Z', seq: 1 });
});
