import { beforeEach, describe, expect, it } from 'vitest';
import { memoryTable } from '../../shared/incident/memoryTable.ts';
import { raise } from '../../shared/incident/raise.ts';
import type { Table } from '../../shared/incident/table.ts';
import {
  leaveTarget,
  ownerIsOver,
  readTarget,
  takeTarget,
  targetsOf,
  writeTarget,
} from '../../shared/incident/targets.ts';

const now = new Date('2026-11-20T09:00:00.000Z');
const [a, b] = [
  { incident: 'a', run: 'ra' },
  { incident: 'b', run: 'rb' },
];
let table: Table;
beforeEach(async () => {
  table = memoryTable();
  for (const { incident, run } of [a, b]) await raise(table, incident, { run, now });
});

const take = (me: typeof a, joinOwner: () => Promise<void> = async () => {}) =>
  takeTarget(table, 't', me, now, joinOwner);
const record = async () => {
  const read = await readTarget(table, 't');
  if (read === undefined) throw new Error('There is no record');
  return read;
};

describe('a target', () => {
  it('is owned by who comes first; the other one is interested', async () => {
    expect(await take(a)).toEqual({ kind: 'owned' });
    expect(await take(b)).toEqual({ kind: 'owned-by-another', owner: 'a' });
    expect(await record()).toMatchObject({ owner: a, interested: ['a', 'b'] });
    expect(await targetsOf(table, 'b')).toHaveLength(1);
  });

  it('is owned by one of two that come at once', async () => {
    const taken = await Promise.all([take(a), take(b)]);
    expect(taken.map(({ kind }) => kind).sort()).toEqual(['owned', 'owned-by-another']);
  });

  it('stays with its incident from run to run', async () => {
    await take(a);
    expect(await take({ incident: 'a', run: 'next' })).toEqual({ kind: 'owned' });
    expect(await record()).toMatchObject({ owner: { incident: 'a', run: 'next' }, interested: ['a'] });
  });

  it('tells its owner of another before that one is interested, so that a crash repeats it', async () => {
    await take(a);
    await expect(take(b, () => Promise.reject(new Error('cut off')))).rejects.toThrow('cut off');
    expect(await record()).toMatchObject({ interested: ['a'] });
    let told = 0;
    const join = async (): Promise<void> => {
      told += 1;
    };
    await take(b, join);
    await take(b, join);
    expect(told).toBe(1);
  });

  it('is left to those who need it', async () => {
    await take(a);
    await take(b);
    expect(await leaveTarget(table, await record(), 'a')).toBe(true);
    expect(await record()).toMatchObject({ owner: null, interested: ['b'] });
    expect(await leaveTarget(table, await record(), 'b')).toBe(true);
  });

  it('is not left while something stands on it that nobody else needs', async () => {
    await take(a);
    const change = { action: 'x', step: { facts: { contains: true }, undo: { possible: true } } };
    await writeTarget(table, await record(), { set: { 'change:x': change } });
    expect(await leaveTarget(table, await record(), 'a')).toBe(false);
    expect(await record()).toMatchObject({ owner: a, interested: ['a'] });
  });

  it('is left when what was done there is for good: nothing of it stands', async () => {
    await take(a);
    const change = { action: 'x', step: { facts: { contains: true }, undo: { possible: false } } };
    await writeTarget(table, await record(), { set: { 'change:x': change } });
    expect(await leaveTarget(table, await record(), 'a')).toBe(true);
    expect(await record()).toMatchObject({ owner: null, interested: [], changes: [] });
  });

  it('is not written by who has read it before somebody else wrote it', async () => {
    await take(a);
    const old = await record();
    await take(b);
    expect(await writeTarget(table, old, { set: { interested: [] } })).toBe(false);
    expect(await record()).toMatchObject({ interested: ['a', 'b'] });
  });
});

describe('an owner is over', () => {
  const minutes = (n: number): Date => new Date(now.getTime() + n * 60_000);
  const rest = (restedAt: Date) =>
    table.update({ pk: 'incident#a', sk: 'head' }, {}, { set: { state: 'resting', restedAt: restedAt.toISOString() } });

  it('never while its run is under way', async () => {
    expect(await ownerIsOver(table, a, minutes(10_000))).toBe(false);
  });

  it('15 minutes after its run has ended', async () => {
    await rest(minutes(1));
    expect(await ownerIsOver(table, a, minutes(16))).toBe(false);
    expect(await ownerIsOver(table, a, new Date(minutes(16).getTime() + 1))).toBe(true);
  });

  it('15 minutes after another run was opened', async () => {
    await rest(minutes(1));
    await raise(table, 'a', { run: 'next', now: minutes(5) });
    expect(await ownerIsOver(table, a, minutes(20))).toBe(false);
    expect(await ownerIsOver(table, a, minutes(21))).toBe(true);
  });
});
