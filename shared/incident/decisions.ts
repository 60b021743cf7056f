import type { JsonObject } from '../platform/json.ts';
import { later } from './contention.ts';
import type { Head, PersonAnswer, PersonDecision } from './items.ts';
import { keys } from './keys.ts';
import type { OpenPage } from './openPage.ts';
import type { Table } from './table.ts';

/** A decision is JSON; an interface has no index signature that would say so. */
const plainOf = (decision: PersonDecision): JsonObject => decision as unknown as JsonObject;

/** Puts what a person decided about a run, unless somebody has decided already. False: somebody has. */
export const putDecision = (table: Table, incident: string, decision: PersonDecision): Promise<boolean> =>
  table.putIfAbsent({ ...plainOf(decision), ...keys.decision(incident, decision.run) });

/** A decision about a run that could not be done any more. */
export async function withdraw(table: Table, incident: string, { run, at }: PersonDecision): Promise<void> {
  await table.update(keys.decision(incident, run), { at }, { set: { withdrawn: true } });
}

/** All that people decided about an incident, the latest last. */
async function decisionsOf(table: Table, incident: string): Promise<readonly PersonDecision[]> {
  const { pk, sk } = keys.decision(incident, '');
  // Only this file writes under these keys.
  const decisions = (await table.query(pk, sk)) as unknown as readonly PersonDecision[];
  return decisions.toSorted((a, b) => (a.at < b.at ? -1 : 1));
}

/** What a person decided about an incident, and not about what it asks: to hold it, or to have it contained again. */
export interface Said extends PersonDecision {
  readonly kind: 'hold' | 'contain';
}

/** Puts such a decision, each beside those before it. */
export const putSaid = (table: Table, incident: string, said: Said, id: string): Promise<boolean> =>
  table.putIfAbsent({ ...plainOf(said), ...keys.said(incident, said.kind, said.at, id) });

/** The last that a person decided since an incident was opened: to undo it, to hold it, or to have it contained again. */
export const lastSaid = async (
  table: Table,
  { incident, openedAt }: Pick<Head, 'incident' | 'openedAt'>,
): Promise<PersonDecision | undefined> =>
  (await decisionsOf(table, incident)).findLast(
    (one) => (letsGo(one) || one.kind === 'hold' || one.kind === 'contain') && one.at >= openedAt,
  );

/**
 * When it is decided: now, and after what was read, the last that was decided and the run that is there. Each command goes by a clock of its own, and
 * AWS's says whole seconds, so that what comes after something could seem to come before it.
 */
export function decidedAt(
  now: Date,
  { runAt, restedAt }: Pick<Head, 'runAt' | 'restedAt'>,
  last: Pick<PersonDecision, 'at'> | undefined,
): Date {
  const after = last === undefined ? 0 : Date.parse(last.at) + 1;
  return new Date(Math.max(now.getTime(), Date.parse(runAt), Date.parse(restedAt ?? runAt), after));
}

const letsGo = ({ kind, withdrawn }: PersonDecision): boolean =>
  withdrawn !== true && (kind === 'undo' || kind === 'release');

/** The last undo or release that a person decided on in any run of an incident. */
export const lastUndo = async (table: Table, incident: string): Promise<PersonDecision | undefined> =>
  (await decisionsOf(table, incident)).findLast(letsGo);

/**
 * Puts what a person answered to what was asked, unless somebody has answered that already.
 * @returns what is recorded then: this answer, or the one that was before it
 */
export async function putAnswer(table: Table, incident: string, answer: PersonAnswer): Promise<PersonAnswer> {
  const isFirst = await table.putIfAbsent({ ...plainOf(answer), ...keys.answer(incident, answer.plan) });
  const recorded = isFirst ? answer : await answerTo(table, incident, answer.plan);
  if (recorded === undefined) throw new Error(`The answer to ${answer.plan} of ${incident} was taken away`);
  return recorded;
}

/**
 * Puts that a person approves what two must, unless somebody has been the first already.
 * @returns who is the first
 */
export async function putFirstApproval(table: Table, incident: string, answer: PersonAnswer): Promise<PersonAnswer> {
  const key = keys.firstApproval(incident, answer.plan);
  const half: PersonAnswer = { ...answer, first: true };
  if (await table.putIfAbsent({ ...plainOf(half), ...key })) return half;
  // Only this function writes under this key.
  return ((await table.get(key)) as unknown as PersonAnswer | undefined) ?? answer;
}

/** Only `putAnswer` writes under this key. */
export const answerTo = async (table: Table, incident: string, asked: string): Promise<PersonAnswer | undefined> =>
  (await table.get(keys.answer(incident, asked))) as unknown as PersonAnswer | undefined;

/**
 * Puts that a person has a page in hand, unless somebody has said so already.
 * @returns what is recorded then: this, or what was before it
 */
export async function putAcknowledgement(
  table: Table,
  incident: string,
  page: Pick<OpenPage, 'id' | 'at'>,
  said: PersonDecision,
): Promise<PersonDecision> {
  if (await table.putIfAbsent({ ...plainOf(said), ...keys.acknowledged(incident, page) })) return said;
  return (await acknowledgementOf(table, incident, page)) ?? said;
}

/** Only `putAcknowledgement` writes under this key. */
export const acknowledgementOf = async (
  table: Table,
  incident: string,
  page: Pick<OpenPage, 'id' | 'at'>,
): Promise<PersonDecision | undefined> =>
  (await table.get(keys.acknowledged(incident, page))) as unknown as PersonDecision | undefined;

/**
 * Puts what a person decided about a lease as it stands, unless somebody has decided about that already.
 * @returns what is recorded then: this, or what was before it
 */
export async function putLeaseDecision(
  table: Table,
  incident: string,
  term: string,
  decision: PersonDecision,
): Promise<PersonDecision> {
  if (await table.putIfAbsent({ ...plainOf(decision), ...keys.leaseDecision(incident, term) })) return decision;
  return (await leaseDecisionOf(table, incident, term)) ?? decision;
}

/** Only `putLeaseDecision` writes under this key. */
export const leaseDecisionOf = async (
  table: Table,
  incident: string,
  term: string,
): Promise<PersonDecision | undefined> =>
  (await table.get(keys.leaseDecision(incident, term))) as unknown as PersonDecision | undefined;

/** What people have answered since an incident was opened, and since the last undo of it: what was approved before that is asked again. */
export async function answersOf(
  table: Table,
  { incident, openedAt }: Head,
): Promise<{ readonly since: string; readonly given: readonly PersonAnswer[] }> {
  const decisions = await decisionsOf(table, incident);
  const since = later(openedAt, decisions.findLast(letsGo)?.at ?? openedAt);
  return { since, given: decisions.filter(isAnswer).filter(({ at }) => at >= since) };
}

const isAnswer = (decision: PersonDecision): decision is PersonAnswer =>
  decision.first !== true && (decision.kind === 'approve' || decision.kind === 'reject');

export async function decisionAbout(table: Table, incident: string, run: string): Promise<PersonDecision | undefined> {
  const item = await table.get(keys.decision(incident, run));
  return item as unknown as PersonDecision | undefined;
}
