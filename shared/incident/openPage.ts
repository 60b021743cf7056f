import type { Escalates } from '../plan/plan.ts';
import type { Json, JsonObject } from '../platform/json.ts';
import { headOf, outAttribute, outValue } from './head.ts';
import type { Head, Message, PersonDecision } from './items.ts';
import { keys } from './keys.ts';
import type { Table } from './table.ts';

/** What woke somebody, until it is over: nobody has to be called twice for what somebody has in hand. */
export interface OpenPage {
  /** Of the message. */
  readonly id: string;
  /** When it was written, ISO. */
  readonly at: string;
  /** How often it has gone on. */
  readonly level: number;
  /** When it goes on, ISO; null when it does not any more. */
  readonly next: string | null;
  /** How it goes on after that; null where it was sent once. */
  readonly escalates: Escalates | null;
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

const expectPage = (page: OpenPage) => ({ [standing]: textOf(page) });

const after = (at: string, seconds: number): string => new Date(Date.parse(at) + seconds * 1000).toISOString();

/** A page that is about to be sent for the first time. */
export const openPage = ({ id, at }: Message, escalates: Escalates | null): OpenPage => ({
  id,
  at,
  level: 0,
  next: escalates === null ? null : after(at, escalates.afterSeconds),
  escalates,
});

/** Whether it is time for it to go on. */
export const isOverdue = ({ next }: OpenPage, now: Date): boolean => next !== null && next <= now.toISOString();

/** The page as it is when it has gone on at a time (ISO). */
export function goneOn(page: OpenPage, at: string): OpenPage {
  const { escalates, level } = page;
  const isLast = escalates === null || level + 1 >= escalates.times;
  return { ...page, level: level + 1, next: isLast ? null : after(at, escalates.afterSeconds) };
}

/** One write: the page goes on, and what says so lies in the outbox. Undefined: it was acknowledged, closed, or went on meanwhile. */
export async function writeGoneOn(
  table: Table,
  head: Head,
  page: OpenPage,
  message: Message,
): Promise<Head | undefined> {
  const set = { ...pageSet(goneOn(page, message.at)), [outAttribute(message.id)]: outValue(message) };
  const item = await table.update(keys.head(head.incident), expectPage(page), { set });
  return item === undefined ? undefined : headOf(item);
}

/** One write: the page goes on no more, and what says so, if anything, lies in the outbox. Undefined: the page is another by now. */
export async function writeAcknowledged(
  table: Table,
  incident: string,
  page: OpenPage,
  { by, at }: Pick<PersonDecision, 'by' | 'at'>,
  message?: Message,
): Promise<Head | undefined> {
  const said = message === undefined ? {} : { [outAttribute(message.id)]: outValue(message) };
  const set = { ...pageSet({ ...page, next: null, acknowledged: { by, at } }), ...said };
  const item = await table.update(keys.head(incident), expectPage(page), { set });
  return item === undefined ? undefined : headOf(item);
}
