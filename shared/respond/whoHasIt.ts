import type { Head, Message, Outcome, PersonDecision, Receipt, StoredPlan } from '../incident/items.ts';
import { inHandsOf, type OpenPage, openPage } from '../incident/openPage.ts';
import { waitingIn } from '../incident/outbox.ts';
import { nextHour } from '../rules/digestTime.ts';
import type { Tier } from '../rules/rule.ts';
import { opensAt } from '../rules/workingHours.ts';

/** What a run tells of, as far as it says who is to hear of it, and when. */
export interface Told {
  readonly head: Head;
  readonly stored: StoredPlan;
  readonly receipts: readonly Receipt[];
  /** Of an undo. */
  readonly decided: PersonDecision | undefined;
  readonly outcome: Outcome;
  /** All that is new is that what was down is up again. */
  readonly upAgain: boolean;
  readonly now: Date;
}

type Who = Pick<PersonDecision, 'by' | 'at'>;

/** A decision and the run that it opens are of one moment, but for the clocks of two machines. */
const sameMomentMs = 2_000;

/**
 * Who has decided what a run tells of: they wait for it, and nobody else is called about it. Nobody, where it came out otherwise: then it is
 * for whoever can be had.
 */
function decidedBy({ head, stored, receipts, decided, outcome }: Told): Who | undefined {
  const { plan, breached } = stored;
  if (outcome === 'not-contained' || breached !== null) return undefined;
  const stops = [...(plan.stops ?? []), ...receipts.flatMap((one) => one.stops ?? [])];
  const held = stops.some(({ kind }) => kind === 'hold') ? head.hold : null;
  const approved = plan.approved?.findLast(({ how }) => how === 'person');
  const opened = head.page?.acknowledged;
  const opensRun = opened !== undefined && Math.abs(Date.parse(head.runAt) - Date.parse(opened.at)) <= sameMomentMs;
  return decided ?? held ?? approved ?? plan.rejected ?? (opensRun ? opened : undefined);
}

/**
 * A notice waits until somebody is at work. Not one that a person waits for, who has decided or drills; nor one that asks, because its time may be
 * over before; nor the end of a page, which those who were woken wait for. With the same exceptions, what is for the morning is told in the
 * digest, where there is one.
 */
export function timeFor(told: Told, tier: Tier): Pick<Message, 'team' | 'notBefore' | 'collected'> {
  const { head, stored, now } = told;
  const { team = null, workingHours, digest } = stored.settings.responsible ?? {};
  const { drill, asks } = stored.plan;
  const isWaitedFor = drill !== undefined || asks !== undefined || head.page !== null || decidedBy(told) !== undefined;
  const opens = tier !== 'notice' || isWaitedFor || workingHours === undefined ? null : opensAt(workingHours, now);
  const collects = tier === 'digest' && !isWaitedFor && digest !== undefined;
  return {
    ...(team === null ? {} : { team }),
    ...(collects ? { notBefore: nextHour(digest, now).at.toISOString(), collected: true } : {}),
    ...(opens === null ? {} : { notBefore: opens.toISOString() }),
  };
}

/**
 * What the page of an incident is from then on; undefined: as it is. That something is up again ends none: people were woken for more than that.
 * What is ignored ends it: a person has said so.
 */
export function pageAfter(told: Told, message: Message | undefined): OpenPage | null | undefined {
  const { head, stored, outcome, upAgain } = told;
  if (message?.tier === 'page') {
    const page = openPage(message, head.run, stored.settings.escalates ?? null, head.page);
    const who = decidedBy(told);
    return who === undefined ? page : inHandsOf(page, who);
  }
  const isOver = message === undefined ? outcome === 'ignored' : !upAgain;
  return isOver && head.page !== null ? null : undefined;
}

/** What lies in the outbox and is not sent any more: what waits is told by what comes now, and that tells more than who had the page before it. */
export function replacedBy({ head, outcome, now }: Told, message: Message | undefined): readonly Message[] {
  if (message === undefined) return outcome === 'ignored' ? waitingIn(head.outbox, now) : [];
  const ofPage = head.outbox.filter((one) => one.outcome === 'acknowledged');
  return [...waitingIn(head.outbox, now), ...ofPage];
}
