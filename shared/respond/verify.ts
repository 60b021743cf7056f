import type { Short, Verified } from '../actions/contract.ts';
import type { Receipt } from '../incident/items.ts';
import { amendReceipt, readReceipt, type StepAddress } from '../incident/receipts.ts';
import { ActionFailed, NotSettled, StalePlan, Throttled } from '../platform/errors.ts';
import { readsApartMs } from './absence.ts';
import { readContext } from './context.ts';
import type { Effects } from './effects.ts';
import { failureOfStep } from './failure.ts';
import { backOf, type StepAtHand, stepAtHand } from './run.ts';
import { settleDone, settleUndone } from './settle.ts';
import { isKnown, shortNow } from './shortage.ts';

export type VerifyEffects = Pick<
  Effects,
  'table' | 'bodies' | 'sessions' | 'evidence' | 'catalogue' | 'clock' | 'newId' | 'log'
>;

export interface StepOutcome {
  readonly n: number;
  readonly outcome: string;
}

/**
 * Reads the truth about one step. Throws NotSettled while AWS is at it, or until an absence has been read twice; ActionFailed when
 * it does not hold or cannot be read; StaleRun and Throttled. What was seen is in the receipt before anything is thrown.
 */
export async function verify(effects: VerifyEffects, input: StepAddress): Promise<StepOutcome> {
  const hand = await stepAtHand(effects, input);
  const receipt = await readReceipt(effects.table, input);
  const toRead = receipt?.state === 'done' || receipt?.state === 'waiting' || receipt?.state === 'gone';
  if (receipt === undefined || !toRead) return { n: input.step, outcome: receipt?.state ?? 'unknown' };
  if (receipt.verified?.state === 'holds') return { n: input.step, outcome: 'holds' };
  const at = effects.clock.now();
  const read = await readTruth(effects, input, hand, receipt).catch((error: unknown) =>
    noteUnread(effects, input, error, at),
  );
  await note(effects, input, hand, receipt, read, at);
  if (hand.stored.direction === 'undo') await settleUndone(effects, input, hand);
  else if (receipt.state !== 'gone') await settleDone(effects, input, hand, at.toISOString(), read);
  const closes = read.closes === undefined ? {} : { closes: read.closes };
  const verified = { state: 'holds', seen: read.seen, at: at.toISOString(), ...closes };
  const ended = hand.stored.direction === 'undo' ? undoneOf(read) : {};
  const pulled = typeof read.pulledUntil === 'string' ? { pulledUntil: read.pulledUntil } : {};
  await amendReceipt(effects.table, input, { ...ended, ...pulled, verified });
  effects.log('Step verified', { incident: input.incident, run: input.run, step: hand.step.key });
  return { n: input.step, outcome: 'holds' };
}

/** An undo whose target went away has put nothing back, whatever its call was answered; and none of what was missing. */
const undoneOf = ({ gone, partlyGone }: Truth): Pick<Receipt, 'partlyGone'> & { readonly state?: 'gone' } =>
  gone ? { state: 'gone' } : partlyGone === true ? { partlyGone } : {};

interface Truth extends Verified {
  readonly gone: boolean;
}

async function readTruth(
  effects: VerifyEffects,
  { incident, run, round }: StepAddress,
  hand: StepAtHand,
  receipt: Receipt,
): Promise<Truth> {
  const { action, doing, step, stored, accusation } = hand;
  const { target, params } = step;
  const before = receipt.before ?? {};
  const check = stored.direction === 'undo' ? backOf(hand).verify : doing.verify;
  try {
    const asked = { target, accusation, chosen: step.chosen, before, begunAt: receipt.startedAt };
    const about = { incident, run, round, action, settings: stored.settings, ...asked };
    const context = await readContext(effects, about);
    if (receipt.state === 'gone') {
      await action.observe(target, params, context);
      return { state: 'broken', seen: 'It was not there, and is there now.', absence: false, gone: false };
    }
    if (check === undefined)
      return { state: 'broken', seen: 'There is no way to read it back.', absence: false, gone: false };
    return { ...(await check(target, params, before, context)), gone: false };
  } catch (error) {
    const failure = failureOfStep(error, `Reading ${target.id} back`);
    return failure.kind === 'gone'
      ? { state: 'holds', seen: 'It is not there any more.', absence: true, gone: true }
      : { state: 'broken', seen: failure.why, absence: false, gone: false };
  }
}

/** Writes down that AWS asked for patience, in case it does so to the last attempt; the error goes on. */
async function noteUnread(
  { table }: Pick<Effects, 'table'>,
  input: StepAddress,
  error: unknown,
  at: Date,
): Promise<never> {
  if (error instanceof Throttled) {
    await amendReceipt(table, input, { verified: { state: 'unread', seen: error.message, at: at.toISOString() } });
  }
  throw error;
}

/** AWS's reads may not show a change for some seconds after it was made. */
const seenWithinMs = 60_000;

/** Whether what was read may be from before the change, made moments ago: it is read once more. */
const isDoubtful = ({ state, endedAt, doubtedAt }: Receipt, at: Date): boolean =>
  state === 'done' &&
  doubtedAt === undefined &&
  endedAt !== undefined &&
  at.getTime() - Date.parse(endedAt) < seenWithinMs;

/**
 * Writes down what was seen, and throws unless it is settled and holds. An undo is settled, too, when what it put back only lacks a
 * place to run.
 */
async function note(
  effects: Pick<Effects, 'table'>,
  input: StepAddress,
  hand: StepAtHand,
  receipt: Receipt,
  read: Verified,
  at: Date,
): Promise<void> {
  const { table } = effects;
  const { state, seen, absence, again = false } = read;
  const { firstAbsenceAt } = receipt;
  if (state === 'pending' && read.short !== undefined) {
    return noteShort(effects, input, hand, receipt, { ...read, short: read.short }, at);
  }
  if (receipt.short !== undefined) await amendReceipt(table, input, {}, ['short']);
  const verified = { state: state === 'holds' ? 'pending' : state, seen, at: at.toISOString() };
  if (state === 'broken' && isDoubtful(receipt, at)) {
    await amendReceipt(table, input, { verified, doubtedAt: at.toISOString() }, ['firstAbsenceAt']);
    throw new NotSettled(seen);
  }
  if (state !== 'holds') {
    const stale = state === 'broken' && again ? ({ state: 'stale', failed: seen } as const) : {};
    await amendReceipt(table, input, { verified, ...stale }, ['firstAbsenceAt']);
    if (state === 'pending') throw new NotSettled(seen);
    throw again ? new StalePlan(seen) : new ActionFailed(seen);
  }
  if (!absence) return;
  if (firstAbsenceAt === undefined) await amendReceipt(table, input, { verified, firstAbsenceAt: at.toISOString() });
  if (firstAbsenceAt === undefined || at.getTime() - Date.parse(firstAbsenceAt) < readsApartMs) {
    throw new NotSettled('It is not there; a second read 30 s later decides.');
  }
}

/** Once it is known, a shortage ends the step for this round, so that people hear of it; one that they have heard of is waited out. */
async function noteShort(
  effects: Pick<Effects, 'table'>,
  input: StepAddress,
  { head, stored, step }: StepAtHand,
  receipt: Receipt,
  { state, seen, short }: Verified & { readonly short: Short },
  at: Date,
): Promise<void> {
  const lacking = shortNow(receipt, short, at);
  const known = isKnown(lacking, at);
  const undone = known && stored.direction === 'undo';
  const cut = known && !undone && head.downTold?.includes(step.key) !== true;
  const verified = { state, seen, at: at.toISOString() };
  const noted = { verified, short: cut ? { ...lacking, cut } : lacking };
  await amendReceipt(effects.table, input, noted, ['firstAbsenceAt']);
  if (undone) return;
  throw cut ? new ActionFailed(seen) : new NotSettled(seen);
}
