import type { WaitsFor } from '../plan/plan.ts';
import type { Stop } from '../plan/stop.ts';
import type { Json, JsonObject } from '../platform/json.ts';
import { headOf, outAttribute, outValue } from './head.ts';
import { afterRun, heldAt, noHold } from './holds.ts';
import type { Direction, Head, Message, Outcome } from './items.ts';
import { keys, retryRun } from './keys.ts';
import { type Lease, leaseExpected, leaseSet } from './leases.ts';
import type { OpenPage } from './openPage.ts';
import { openPage, pageExpected, pageSet } from './openPage.ts';
import type { Table } from './table.ts';

const outOf = (message: Message | undefined): JsonObject =>
  message === undefined ? {} : { [outAttribute(message.id)]: outValue(message) };

/** What a report found. */
export interface Ending {
  readonly outcome: Outcome;
  /** Up to where findings were read. */
  readonly reportedSeq: number;
  readonly told: string | null;
  readonly message: Message | undefined;
  /** What lies in the outbox and is not sent any more: the message tells all of it. */
  readonly replaces: readonly Message[];
  readonly heldUntil: string | null;
  readonly containedAt: string | null;
  /** The lease from then on; undefined: it stays as it is. */
  readonly lease?: Lease | null | undefined;
  /** The page from then on; undefined: it stays as it is. */
  readonly page: OpenPage | null | undefined;
  /** The turns that it waits for; null when it waits for none. */
  readonly waits: readonly WaitsFor[] | null;
  /** What held it, and ends without a finding; null or absent: nothing did. */
  readonly stops?: readonly Stop[] | null;
  /** When something has happened meanwhile that this run no longer looks at: the run that will. */
  readonly next: { readonly run: string; readonly direction: Direction } | undefined;
  readonly now: Date;
}

/**
 * Protocol 6: one update, conditional on run, round and `seq`, writes the message and rests the head (or opens the next run).
 * Undefined: something has happened since the head was read.
 */
export async function endRun(table: Table, head: Head, ending: Ending): Promise<Head | undefined> {
  const at = ending.now.toISOString();
  const next: JsonObject =
    ending.next === undefined
      ? { state: 'resting', gsi: 'resting', restedAt: at }
      : { ...ending.next, runAt: at, round: 1 };
  const set: JsonObject = {
    ...next,
    ...outOf(ending.message),
    outcome: ending.outcome,
    reportedSeq: ending.reportedSeq,
    told: ending.told,
    heldUntil: ending.heldUntil,
    containedAt: ending.containedAt,
    ...(ending.page === undefined ? {} : pageSet(ending.page)),
    ...(ending.lease === undefined ? {} : leaseSet(ending.lease)),
    waits: ending.waits as unknown as Json,
    ...afterRun(head, ending),
    downTold: null,
    deadRuns: 0,
    machinePaged: false,
  };
  const { run, round, seq, lastFindingAt, direction } = head;
  const expect = { state: 'running', run, round, seq, lastFindingAt, direction };
  const remove = ending.replaces.map(({ id }) => outAttribute(id));
  const stands = {
    // Where there was none, one that was written meanwhile is to be ended by what this tells.
    ...(ending.page === undefined && head.page !== null ? {} : pageExpected(head.page)),
    ...(ending.lease === undefined ? {} : leaseExpected(head.lease)),
  };
  const item = await table.update(
    keys.head(head.incident),
    { ...expect, ...stands, heldAt: heldAt(head) },
    { set, remove },
  );
  return item === undefined ? undefined : headOf(item);
}

/**
 * Sends the run back to Decide, with a page if one is due already.
 * @param sent `downTold`: what people know by then to be down; `acted`: this round's plan, where it was to change something
 * @returns undefined when another report has
 */
export async function nextRound(
  table: Table,
  head: Head,
  due: (Pick<Ending, 'told' | 'replaces'> & { readonly message: Message; readonly page: OpenPage }) | undefined,
  { downTold = head.downTold, acted = head.acted }: Partial<Pick<Head, 'downTold' | 'acted'>> = {},
): Promise<Head | undefined> {
  const sent = { downTold, acted: acted as unknown as Json };
  const set: JsonObject = {
    ...sent,
    ...(due === undefined ? {} : { ...outOf(due.message), told: due.told, ...pageSet(due.page) }),
  };
  const stands = due === undefined ? {} : pageExpected(head.page);
  const expect = { state: 'running', run: head.run, round: head.round, ...stands };
  const remove = (due?.replaces ?? []).map(({ id }) => outAttribute(id));
  const item = await table.update(keys.head(head.incident), expect, { set, remove, add: { round: 1 } });
  return item === undefined ? undefined : headOf(item);
}

/** Protocol 2: the run died; one conditional write opens the next. Undefined: somebody else has, or a finding came. */
export async function openRetry(
  table: Table,
  head: Head,
  id: string,
  machinePaged: boolean,
  now: Date,
): Promise<Head | undefined> {
  const { run, deadRuns } = head;
  const set = { run: retryRun(id), runAt: now.toISOString(), round: 1, machinePaged };
  const expect = { state: 'running', run, deadRuns };
  const item = await table.update(keys.head(head.incident), expect, { set, add: { deadRuns: 1 } });
  return item === undefined ? undefined : headOf(item);
}

/** The second dead run in a row: the incident is held, and people are told, until something new happens. No message: of the canary. */
export async function holdDead(
  table: Table,
  head: Head,
  message: Message | undefined,
  now: Date,
): Promise<Head | undefined> {
  const { run, deadRuns, seq } = head;
  const escalates = head.plan?.settings.escalates ?? null;
  const page = message?.tier === 'page' ? openPage(message, run, escalates, head.page) : undefined;
  const set: JsonObject = {
    ...outOf(message),
    ...(page === undefined ? {} : pageSet(page)),
    state: 'resting',
    gsi: 'resting',
    restedAt: now.toISOString(),
    outcome: 'held',
    reportedSeq: seq,
    told: null,
    // Its place in a line is over: what its runs die of would stop all who come after it.
    waits: null,
    stops: null,
    downTold: null,
    deadRuns: 0,
    machinePaged: false,
  };
  const item = await table.update(keys.head(head.incident), { state: 'running', run, deadRuns, seq }, { set });
  return item === undefined ? undefined : headOf(item);
}

/**
 * Closes a quiet incident.
 * @param threats what is remembered of it (`rememberedOf`)
 * @returns undefined when something has happened since the head was read
 */
export async function closeHead(
  table: Table,
  head: Head,
  now: Date,
  threats: readonly string[],
): Promise<Head | undefined> {
  const { run, seq, lastFindingAt, openedAt, outcome, containedAt } = head;
  const expect = { state: 'resting', run, seq, lastFindingAt, heldAt: heldAt(head) };
  const earlier = { openedAt, outcome, containedAt, closedAt: now.toISOString(), threats };
  // A question that nobody has answered is over with the incident.
  const set = {
    ...noHold,
    state: 'closed',
    raisedClass: null,
    heldUntil: null,
    containedAt: null,
    stops: null,
    ...pageSet(null),
    ...leaseSet(null),
    earlier,
  };
  const item = await table.update(keys.head(head.incident), expect, { set, remove: ['gsi'] });
  return item === undefined ? undefined : headOf(item);
}

/**
 * Protocol 1 rests on it: when the containment was read back, so that later activity is known to be later. False: another run
 * has the incident.
 */
export async function noteContained(table: Table, incident: string, run: string, at: string): Promise<boolean> {
  const noted = await table.update(keys.head(incident), { state: 'running', run }, { set: { containedAt: at } });
  return noted !== undefined;
}
