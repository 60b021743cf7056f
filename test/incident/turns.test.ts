import { beforeEach, describe, expect, it } from 'vitest';
import { endRun, holdDead } from '../../shared/incident/ends.ts';
import { readHead } from '../../shared/incident/head.ts';
import type { StandingChange } from '../../shared/incident/items.ts';
import { memoryTable } from '../../shared/incident/memoryTable.ts';
import { raise } from '../../shared/incident/raise.ts';
import type { Table } from '../../shared/incident/table.ts';
import { changeAttribute, changeValue, readTarget, takeTarget, writeTarget } from '../../shared/incident/targets.ts';
import {
  adoptTurn,
  askTurn,
  isTurnOf,
  nextInLine,
  readTurn,
  releaseTurn,
  turnsOf,
} from '../../shared/incident/turns.ts';

const turn = 'ecs-cluster/123456789012/us-east-1/prod';
const begin = Date.parse('2026-11-20T09:00:00.000Z');
const inMinutes = (minutes: number): Date => new Date(begin + minutes * 60_000);
const now = inMinutes(0);
const soon = inMinutes(14);
const late = inMinutes(16);

let table: Table;
beforeEach(() => {
  table = memoryTable();
});

const open = (incident: string, run = `${incident}1`) => raise(table, incident, { run, now });
const ask = (incident: string, run = `${incident}1`, targets = [`host-${incident}`], at = now) =>
  askTurn(table, turn, { incident, run, targets }, at);

/** Its run is over; `waits` as its plan said. */
async function rest(incident: string, waits = false): Promise<void> {
  const head = await readHead(table, incident);
  if (head === undefined) throw new Error('There is no head');
  const { seq: reportedSeq } = head;
  const said = {
    outcome: 'joined',
    reportedSeq,
    told: null,
    message: undefined,
    page: null,
    replaces: [],
    heldUntil: null,
  } as const;
  const line = waits ? [{ turn, targets: [`host-${incident}`] }] : null;
  await endRun(table, head, { ...said, containedAt: null, waits: line, next: undefined, now });
}

/** Something was begun on its target in the turn, and is not read back. */
async function leaveOpen(incident: string): Promise<void> {
  const target = `host-${incident}`;
  await takeTarget(table, target, { incident, run: `${incident}1` }, now, async () => {});
  const record = await readTarget(table, target);
  if (record === undefined) throw new Error('There is no record');
  const change = { action: 'a', turn } as unknown as StandingChange;
  await writeTarget(table, record, { set: { [changeAttribute('a')]: changeValue(change) } });
}

const owner = async () => (await readTurn(table, turn))?.owner?.incident;
const line = async () => (await readTurn(table, turn))?.waiting;

describe('a turn', () => {
  it('is the first one’s who asks, and whoever comes then stands in line, once', async () => {
    await open('a');
    await open('b');
    await open('c');
    expect(await ask('a')).toEqual({ kind: 'taken', only: null });
    const waits = { kind: 'waits', for: { kind: 'in-hand', incident: 'a', targets: ['host-a'] } };
    expect(await ask('c')).toEqual(waits);
    expect(await ask('b')).toEqual(waits);
    expect(await ask('c')).toEqual(waits);
    expect(await line()).toEqual(['c', 'b']);
    expect(await turnsOf(table, 'b')).toEqual([turn]);
    expect(await ask('a')).toEqual({ kind: 'taken', only: null });
    expect(await owner()).toBe('a');
  });

  it('given back, it is the first one’s in the line, whoever asks meanwhile', async () => {
    for (const one of ['a', 'b', 'c', 'd']) await open(one);
    for (const one of ['a', 'b', 'c']) await ask(one);
    await rest('a');
    await releaseTurn(table, turn, { incident: 'a', run: 'a1' });
    expect(await owner()).toBeUndefined();
    expect(await nextInLine(table, turn)).toBe('b');
    const later = { kind: 'waits', for: { kind: 'asked-first', incident: 'b' } };
    expect(await ask('d')).toEqual(later);
    expect(await ask('c')).toEqual(later);
    await open('a', 'a2');
    expect(await ask('a', 'a2')).toEqual(later);
    expect(await ask('b')).toEqual({ kind: 'taken', only: null });
    expect(await owner()).toBe('b');
    expect(await line()).toEqual(['c', 'd', 'a']);
    expect(await nextInLine(table, turn)).toBeUndefined();
  });

  it('is one’s alone of those who ask at the same moment', async () => {
    for (const one of ['a', 'b', 'c']) await open(one);
    await ask('a');
    await rest('a');
    await releaseTurn(table, turn, { incident: 'a', run: 'a1' });
    const answers = await Promise.all([ask('b'), ask('c')]);
    expect(answers.map(({ kind }) => kind).toSorted()).toEqual(['taken', 'waits']);
    expect(await line()).toHaveLength(1);
  });

  it('remembers for what it was taken first, as long as one incident has it', async () => {
    await open('a');
    await ask('a', 'a1', ['host-y']);
    await ask('a', 'a1', ['host-z']);
    expect((await readTurn(table, turn))?.owner?.targets).toEqual(['host-z', 'host-y']);
  });

  it('is not given back by another run, nor by another incident', async () => {
    await open('a');
    await ask('a');
    await releaseTurn(table, turn, { incident: 'a', run: 'a0' });
    await releaseTurn(table, turn, { incident: 'b', run: 'a1' });
    expect(await owner()).toBe('a');
  });

  it('of a run that is over without having given it back passes on when no call of it can be under way any more', async () => {
    await open('a');
    await open('b');
    await ask('a');
    await ask('b');
    await rest('a');
    await rest('b', true);
    const b = { incident: 'b', targets: ['host-b'] };
    expect(await isTurnOf(table, turn, b, soon)).toBe(false);
    expect(await isTurnOf(table, turn, b, late)).toBe(true);
    await open('b', 'b2');
    expect(await ask('b', 'b2', ['host-b'], soon)).toMatchObject({ kind: 'waits' });
    expect(await ask('b', 'b2', ['host-b'], late)).toEqual({ kind: 'taken', only: null });
  });

  it('is taken up at once by the retry of a run that died, and by no other run of its incident while others wait', async () => {
    await open('a');
    await open('b');
    await ask('a');
    await ask('b');
    expect(await ask('a', 'a2')).toEqual({ kind: 'waits', for: { kind: 'asked-first', incident: 'b' } });
    expect(await ask('a', 'a1-retry')).toEqual({ kind: 'taken', only: null });
  });

  it('is taken up by an undo, which gives it back', async () => {
    await open('a');
    await ask('a');
    await adoptTurn(table, turn, { incident: 'b', run: 'b1' });
    await adoptTurn(table, turn, { incident: 'a', run: 'undo' });
    expect((await readTurn(table, turn))?.owner).toEqual({ incident: 'a', run: 'undo', targets: ['host-a'] });
    await releaseTurn(table, turn, { incident: 'a', run: 'undo' });
    expect(await owner()).toBeUndefined();
  });
});

describe('what was begun in it and not read back', () => {
  beforeEach(async () => {
    await open('a');
    await open('b');
    await ask('a');
    await ask('b');
    await leaveOpen('a');
    await rest('a');
  });

  it('keeps it, for however long', async () => {
    await releaseTurn(table, turn, { incident: 'a', run: 'a1' });
    expect(await owner()).toBe('a');
    const kept = { kind: 'waits', for: { kind: 'open', incident: 'a', targets: ['host-a'] } };
    expect(await ask('b', 'b1', ['host-b'], inMinutes(10_000))).toEqual(kept);
    expect(await isTurnOf(table, turn, { incident: 'b', targets: ['host-b'] }, inMinutes(10_000))).toBe(false);
    expect(await nextInLine(table, turn)).toBeUndefined();
  });

  it('is gone on with by its incident, ahead of all, and nothing else of that incident is begun', async () => {
    await open('a', 'a2');
    const both = ['host-a', 'host-z'];
    expect(await ask('a', 'a2', both)).toEqual({ kind: 'taken', only: ['host-a'] });
    expect(await line()).toEqual(['b', 'a']);
    expect(await ask('a', 'a2', ['host-z'])).toMatchObject({ kind: 'waits', for: { kind: 'open', incident: 'a' } });
  });

  it('is gone on with by another incident about the same target, once the first has been over for long', async () => {
    await open('c');
    expect(await ask('c', 'c1', ['host-a'], soon)).toMatchObject({ kind: 'waits', for: { kind: 'in-hand' } });
    expect(await ask('c', 'c1', ['host-a', 'host-c'], late)).toEqual({ kind: 'taken', only: ['host-a'] });
    expect(await owner()).toBe('c');
  });
});

describe('the line', () => {
  beforeEach(async () => {
    for (const one of ['a', 'b', 'c']) {
      await open(one);
      await ask(one);
    }
  });
  const release = async () => {
    await rest('a');
    await releaseTurn(table, turn, { incident: 'a', run: 'a1' });
  };

  it('goes past whoever does not wait any more, and whose runs died', async () => {
    await rest('b');
    await rest('c', true);
    await release();
    expect(await nextInLine(table, turn)).toBe('c');
    await open('b', 'b2');
    expect(await nextInLine(table, turn)).toBe('b');
    await rest('b', true);
    await open('b', 'b3');
    const head = await readHead(table, 'b');
    const message = { id: 'i', tier: 'page', subject: '', body: '', sent: false, at: '' } as const;
    if (head !== undefined) await holdDead(table, head, message, now);
    expect(await nextInLine(table, turn)).toBe('c');
    await open('c', 'c2');
    expect(await ask('c', 'c2')).toEqual({ kind: 'taken', only: null });
    expect(await line()).toEqual([]);
  });

  it('holds a resting incident’s place for as long as its last run says that it waits', async () => {
    await rest('b', true);
    await release();
    expect(await nextInLine(table, turn)).toBe('b');
    expect(await ask('c')).toEqual({ kind: 'waits', for: { kind: 'asked-first', incident: 'b' } });
  });

  it('has whoever waits and is not in it ask again', async () => {
    await open('d');
    await rest('d', true);
    expect(await isTurnOf(table, turn, { incident: 'd', targets: ['host-d'] }, now)).toBe(true);
    expect(await isTurnOf(table, turn, { incident: 'c', targets: ['host-c'] }, now)).toBe(false);
  });
});
