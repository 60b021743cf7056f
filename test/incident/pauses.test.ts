import { beforeEach, describe, expect, it } from 'vitest';
import { keys } from '../../shared/incident/keys.ts';
import { memoryTable } from '../../shared/incident/memoryTable.ts';
import { endPause, lasting, type Pause, pauseOf, putPause, readPauses } from '../../shared/incident/pauses.ts';
import type { Table } from '../../shared/incident/table.ts';

const now = new Date('2026-11-20T09:00:00.000Z');
const at = (hours: number): string => new Date(now.getTime() + hours * 3_600_000).toISOString();
const one = (fields: Partial<Pause> = {}): Pause => ({
  target: null,
  by: 'ana',
  reason: 'a move',
  since: at(0),
  until: at(2),
  ...fields,
});

let table: Table;
beforeEach(() => {
  table = memoryTable();
});

const put = (fields: Partial<Pause> = {}) => putPause(table, one(fields), now);

describe('a pause', () => {
  it('stands beside others, and is read with them', async () => {
    expect(await put()).toEqual({ kind: 'paused', pause: one(), before: null });
    await put({ target: 'arn:x' });
    expect(await readPauses(table)).toEqual([one(), one({ target: 'arn:x' })]);
  });

  it('may be made longer, and shorter by nobody who does not end it first', async () => {
    await put();
    expect(await put({ until: at(3), by: 'ben' })).toMatchObject({ kind: 'paused', before: { by: 'ana' } });
    expect(await put({ until: at(1), by: 'eve' })).toMatchObject({
      kind: 'stands',
      pause: { by: 'ben', until: at(3) },
    });
    await endPause(table, null, { by: 'eve', now });
    expect(await put({ until: at(1), by: 'eve' })).toMatchObject({ kind: 'paused' });
  });

  it('that is over stops nothing, and gives way to any other', async () => {
    await put({ until: at(0) });
    const pauses = await readPauses(table);
    expect(lasting(pauses, now)).toEqual([]);
    expect(pauseOf(pauses, [], now)).toBeUndefined();
    expect(await endPause(table, null, { by: 'ben', now })).toBeUndefined();
    expect(await put({ until: at(1) })).toMatchObject({ kind: 'paused', before: null });
  });

  it('keeps whose credentials it was put with', async () => {
    await put({ caller: 'arn:aws:iam::1:user/ana' });
    expect(await readPauses(table)).toEqual([{ ...one(), caller: 'arn:aws:iam::1:user/ana' }]);
  });

  it('is kept when it is ended, with who did', async () => {
    await put();
    expect(await endPause(table, 'arn:x', { by: 'ben', now })).toBeUndefined();
    expect(await endPause(table, null, { by: 'ben', now })).toEqual({ ...one(), endedBy: 'ben', endedAt: at(0) });
    expect(await table.query('pause', 'past#')).toMatchObject([{ by: 'ana', reason: 'a move', endedBy: 'ben' }]);
    expect(await readPauses(table)).toEqual([]);
  });

  it('loses none of two that are put at once', async () => {
    await Promise.all([put({ target: 'a' }), put({ target: 'b' }), put(), put({ target: 'c' })]);
    expect((await readPauses(table)).map(({ target }) => target).sort()).toEqual([null, 'a', 'b', 'c'].sort());
  });

  it('stops by the name of a target, or everything; of several the longest is named', async () => {
    await put();
    await put({ target: 'a', until: at(5) });
    const pauses = await readPauses(table);
    expect(pauseOf(pauses, ['a', 'b'], now)?.target).toBe('a');
    expect(pauseOf(pauses, ['b'], now)?.target).toBeNull();
    expect(pauseOf(pauses, ['b'], now, 'target')).toBeUndefined();
    expect(pauseOf(pauses, ['a'], now, 'target')?.target).toBe('a');
  });

  it.each([
    ['is no object', { everything: 'for ever' }],
    ['says no reason', { everything: { ...one(), reason: 7 } }],
    ['ends at no time', { 'target:x': { ...one(), until: 'tomorrow' } }],
    ['has a name of none', { somewhere: { ...one() } }],
  ])('that %s makes all of them unreadable', async (_what, scrawl) => {
    await put({ target: 'b' });
    await table.update(keys.pauses, {}, { set: scrawl });
    await expect(readPauses(table)).rejects.toThrow('is not readable');
  });
});
