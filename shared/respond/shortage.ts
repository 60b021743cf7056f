import type { Short } from '../actions/contract.ts';
import type { Receipt, ShortReceipt } from '../incident/items.ts';
import type { Plan } from '../plan/plan.ts';
import { outcomeOf } from '../report/outcome.ts';

/** A place that is about to be free is taken by then: ECS tries again within half a minute. */
const knownAfterMs = 60_000;

/** What a receipt says of a shortage that was read now; it keeps when that was read first. */
export const shortNow = ({ short: known }: Receipt, { since, todo }: Short, at: Date): ShortReceipt => ({
  since,
  todo,
  readAt: known?.readAt ?? at.toISOString(),
});

/** Whether two reads that are far enough apart agree. */
export const isKnown = ({ readAt }: ShortReceipt, at: Date): boolean =>
  at.getTime() - Date.parse(readAt) >= knownAfterMs;

/** Keys of the steps that a shortage has ended for this round. */
export const cutIn = (receipts: readonly Receipt[]): readonly string[] =>
  receipts.flatMap(({ key, short }) => (short?.cut === true ? key : []));

/** Whether all is contained and a step was cut short: people are told now, and the next round looks whether it comes up. */
export const waitsForPlace = (plan: Plan, receipts: readonly Receipt[]): boolean =>
  cutIn(receipts).length > 0 && outcomeOf(plan, receipts, { direction: 'do' }) === 'degraded';

/** Keys of the steps that start what is clean. */
export const startsOf = ({ steps }: Plan): readonly string[] =>
  steps.flatMap(({ key, facts }) => (facts.phase === 'start' ? key : []));

/** The same receipts, had nothing come up of what was told as down. */
export const asTold = (receipts: readonly Receipt[], told: readonly string[]): readonly Receipt[] =>
  receipts.map((receipt) =>
    told.includes(receipt.key) && receipt.verified?.state === 'holds'
      ? { ...receipt, verified: { ...receipt.verified, state: 'pending' } }
      : receipt,
  );
