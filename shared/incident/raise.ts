import type { FindingClass } from '../plan/plan.ts';
import type { JsonObject } from '../platform/json.ts';
import { later, untilWritten } from './contention.ts';
import { headOf, readHead } from './head.ts';
import { type Frees, freed, heldAs } from './holds.ts';
import type { Direction, Head } from './items.ts';
import { keys } from './keys.ts';
import type { Table } from './table.ts';

/** Something that counts for an incident. */
export interface News {
  /** A fresh random run id, used if a run must be opened. */
  readonly run: string;
  readonly now: Date;
  /** For a finding: its latest activity, ISO. Only a finding ends a streak of dead runs. */
  readonly activity?: string;
  /** The finding says what it said before: a closed incident that it opens tells only a state that it had not told. */
  readonly unchanged?: boolean;
  /** What the closed incident was about goes on, says the source of the finding. */
  readonly goesOn?: boolean;
  /** For an incident that joins: the class it brings along. */
  readonly raisedClass?: FindingClass;
  /** For a person's undo. Otherwise a run that is opened contains. */
  readonly direction?: Direction;
  /** Only where this run is the last, and over: otherwise nothing is written. */
  readonly after?: string;
  /** For what a person has contained again: the holds that this ends. */
  readonly frees?: Frees;
}

/**
 * Protocol 1: raises the head's `seq`, so that no run can rest without having read what happened. A run is opened when none
 * is under way; an incident when there is none. A repeat after a crash raises it again, at worst for one idle round.
 * Answers with the head as it then is, which is running.
 */
export async function raise(table: Table, incident: string, news: News): Promise<Head> {
  return untilWritten(async () => {
    const head = await readHead(table, incident);
    if (head === undefined) return openFirst(table, incident, news);
    const { state, run, lastFindingAt, raisedClass } = head;
    if (news.after !== undefined && (state === 'running' || run !== news.after)) return head;
    const expect = { state, run, lastFindingAt, raisedClass, ...(news.frees === undefined ? {} : heldAs(head)) };
    const change = head.state === 'running' ? joinRun(head, news) : openRun(head, news);
    const item = await table.update(keys.head(incident), expect, { set: change, add: { seq: 1 } });
    return item === undefined ? undefined : headOf(item);
  });
}

/**
 * A duplicate with a later activity: it keeps the incident open, and a report that finds it later than the containment
 * that it was about to report goes back to Decide. Answers with the head as it then is, so that whoever took it for a
 * duplicate of an incident not yet contained can look again.
 */
export async function noteActivity(table: Table, incident: string, activity: string): Promise<Head> {
  return untilWritten(async () => {
    const head = await readHead(table, incident);
    if (head === undefined) throw new Error(`A finding is counted for ${incident}, which has no head`);
    if (head.lastFindingAt >= activity) return head;
    const expect = { lastFindingAt: head.lastFindingAt };
    const item = await table.update(keys.head(incident), expect, { set: { lastFindingAt: activity } });
    return item === undefined ? undefined : headOf(item);
  });
}

const worst = (a: FindingClass | null, b: FindingClass | null): FindingClass | null =>
  a === null ? b : b === null || a < b ? a : b;

function always(head: Head, news: News): JsonObject {
  return {
    lastFindingAt: news.activity === undefined ? head.lastFindingAt : later(head.lastFindingAt, news.activity),
    raisedClass: worst(head.raisedClass, news.raisedClass ?? null),
    ...(news.activity === undefined ? {} : { deadRuns: 0 }),
    ...(news.frees === undefined ? {} : freed(head, news.frees)),
  };
}

function joinRun(head: Head, news: News): JsonObject {
  return { ...always(head, news), ...(news.direction === undefined ? {} : { direction: news.direction }) };
}

function openRun(head: Head, news: News): JsonObject {
  const at = news.now.toISOString();
  const told = news.unchanged === true ? head.told : null;
  // The same finding goes on, though its incident was closed: what was contained then has not held.
  const containedAt = news.goesOn === true ? (head.earlier?.containedAt ?? null) : null;
  const reopened =
    head.state === 'closed' ? { openedAt: at, closedSeq: head.seq, told, outcome: null, plan: null, containedAt } : {};
  return {
    ...always(head, news),
    ...reopened,
    state: 'running',
    gsi: 'running',
    run: news.run,
    runAt: at,
    round: 1,
    direction: news.direction ?? 'do',
  };
}

async function openFirst(table: Table, incident: string, news: News): Promise<Head | undefined> {
  const at = news.now.toISOString();
  const item = {
    ...keys.head(incident),
    gsi: 'running',
    incident,
    state: 'running',
    run: news.run,
    runAt: at,
    round: 1,
    seq: 1,
    reportedSeq: 0,
    closedSeq: 0,
    direction: news.direction ?? 'do',
    deadRuns: 0,
    machinePaged: false,
    openedAt: at,
    lastFindingAt: news.activity ?? at,
    raisedClass: news.raisedClass ?? null,
  };
  return (await table.putIfAbsent(item)) ? headOf(item) : undefined;
}
