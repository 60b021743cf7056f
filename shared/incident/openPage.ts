import { strictest } from '../plan/escalation.ts';
import type { Escalates, FindingClass } from '../plan/plan.ts';
import type { Json, JsonObject } from '../platform/json.ts';
import { headOf, outAttribute, outValue } from './head.ts';
import type { Head, Message, PersonDecision } from './items.ts';
import { keys } from './keys.ts';
import type { Expect, Table } from './table.ts';

/** What woke somebody, until it is over: nobody has to be called twice for what somebody has in hand. */
export interface OpenPage {
  /** Of the message. */
  readonly id: string;
  /** When it was written, ISO, and by which run: that one waits for it. */
  readonly at: string;
  readonly run: string;
  /** How often it has gone on, with what it took over from the page before it. */
  readonly level: number;
  /** When it goes on, ISO; null when it does not any more. */
  readonly next: string | null;
  /** How it goes on after that; null where it was sent once. */
  readonly escalates: Escalates | null;
  /** Of the message: what tells who has it goes where that went. */
  readonly team?: string;
  readonly class?: FindingClass;
  /** The incident, or the storm, whose page tells it: that one goes on, and not this. */
  readonly foldedInto?: string;
  /** Who has it in hand, and since when (ISO). */
  readonly acknowledged?: Pick<PersonDecision, 'by' | 'at'>;
}

/** Attribute of the head that says in one text how a page stands: what a write that changes that is conditional on. */
const standing = 'pageStands';

const textOf = ({ id, level, next }: OpenPage): string => `${id} ${level} ${next ?? 'rests'}`;

/** What a write of the head sets when its page is to be this one; null: there is none any more. */
export const pageSet = (page: OpenPage | null): JsonObject => ({
  page: page as unknown as Json,
  [standing]: page === null ? null : textOf(page),
});

/** What a write that takes the place of a page is conditional on: that the page stands as it was read. */
export const pageExpected = (page: OpenPage | null): Expect => ({ [standing]: page === null ? null : textOf(page) });

const after = (at: string, seconds: number): string => new Date(Date.parse(at) + seconds * 1000).toISOString();

/** As far as an attribute of a message tells how often a page has gone on. */
const highestLevel = 9;

/**
 * A page that is about to be sent for the first time. What takes the place of one that nobody has acknowledged goes where that one had come
 * to, and no later than that would have gone on: whoever keeps an incident changing must not keep the next person from being called.
 */
export function openPage(
  { id, at, team, class: known }: Message,
  run: string,
  escalates: Escalates | null,
  before: OpenPage | null = null,
): OpenPage {
  const unanswered = before?.acknowledged === undefined ? before : null;
  const own = escalates === null ? null : after(at, escalates.afterSeconds);
  const next = [own, own === null ? null : (unanswered?.next ?? null)].filter((one) => one !== null).sort()[0] ?? null;
  return {
    id,
    at,
    run,
    level: unanswered?.level ?? 0,
    next,
    escalates,
    ...(team === undefined ? {} : { team }),
    ...(known === undefined ? {} : { class: known }),
  };
}

/** The page in the hands of whoever has decided what it tells of. */
export const inHandsOf = (page: OpenPage, { by, at }: Pick<PersonDecision, 'by' | 'at'>): OpenPage => ({
  ...page,
  next: null,
  acknowledged: { by, at },
});

/** The page as it is once it tells another, too: it goes on as soon, and as often, as the more careful of both. Undefined: it does so already. */
export function tightened(page: OpenPage, other: OpenPage): OpenPage | undefined {
  if (page.acknowledged !== undefined || other.escalates === null) return undefined;
  const [before, after] = [page.escalates, strictest([page.escalates, other.escalates])];
  const [next = null] = [page.next, other.next].filter((one) => one !== null).toSorted();
  const isSame = next === page.next && before?.afterSeconds === after?.afterSeconds && before?.times === after?.times;
  return isSame ? undefined : { ...page, escalates: after, next };
}

/** One write: the page goes on so. False: it is another by now, or somebody has it. */
export async function writeTightened(
  table: Table,
  incident: string,
  page: OpenPage,
  after: OpenPage,
): Promise<boolean> {
  return (await table.update(keys.head(incident), pageExpected(page), { set: pageSet(after) })) !== undefined;
}

/** One write: a run that works on has a page, which lies in the outbox. Undefined: it has ended, or the page that it had is another by now. */
export async function writePage(table: Table, head: Head, page: OpenPage, message: Message): Promise<Head | undefined> {
  const { incident, run, round } = head;
  const expect = { state: 'running', run, round, ...pageExpected(head.page) };
  const set = { ...pageSet(page), [outAttribute(message.id)]: outValue(message) };
  const item = await table.update(keys.head(incident), expect, { set });
  return item === undefined ? undefined : headOf(item);
}

/** Whether it is time for it to go on. */
export const isOverdue = ({ next }: OpenPage, now: Date): boolean => next !== null && next <= now.toISOString();

/** Whether somebody is to acknowledge it. */
export const isUnanswered = ({ escalates, acknowledged, foldedInto }: OpenPage): boolean =>
  escalates !== null && acknowledged === undefined && foldedInto === undefined;

/** The page as it is when it has gone on at a time (ISO). */
export function goneOn(page: OpenPage, at: string): OpenPage {
  const { escalates, level } = page;
  const isLast = escalates === null || level + 1 >= escalates.times;
  return {
    ...page,
    level: Math.min(level + 1, highestLevel),
    next: isLast ? null : after(at, escalates.afterSeconds),
  };
}

/** One write: the page goes on, and what says so lies in the outbox. Undefined: it was acknowledged, closed, or went on meanwhile. */
export async function writeGoneOn(
  table: Table,
  head: Head,
  page: OpenPage,
  message: Message,
): Promise<Head | undefined> {
  const set = { ...pageSet(goneOn(page, message.at)), [outAttribute(message.id)]: outValue(message) };
  const item = await table.update(keys.head(head.incident), pageExpected(page), { set });
  return item === undefined ? undefined : headOf(item);
}

/** One write: the page goes on no more, and what says so, if anything, lies in the outbox. Undefined: the page is another by now. */
export async function writeAcknowledged(
  table: Table,
  incident: string,
  page: OpenPage,
  who: Pick<PersonDecision, 'by' | 'at'>,
  message: Message | undefined,
): Promise<Head | undefined> {
  const said = message === undefined ? {} : { [outAttribute(message.id)]: outValue(message) };
  const set = { ...pageSet(inHandsOf(page, who)), ...said };
  const item = await table.update(keys.head(incident), pageExpected(page), { set });
  return item === undefined ? undefined : headOf(item);
}
