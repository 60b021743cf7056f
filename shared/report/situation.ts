import type { Receipt } from '../incident/items.ts';
import type { Plan } from '../plan/plan.ts';
import { endsByItself, type Stop } from '../plan/stop.ts';
import { isFix, isUnfixed, resultOf } from './outcome.ts';
import { stopsOfRun } from './stops.ts';

/** What a run leaves behind beside its outcome, and a person has to know. */
export interface Situation {
  /** Something waits for a person's decision though the rest was done. */
  readonly wanted: boolean;
  /** Something is lost unless a person sees to it in time, though the rest was done. */
  readonly loses: boolean;
  /** What should run again does not come up. */
  readonly down: boolean;
  /** Somebody may have credentials that still work. */
  readonly openRoles: boolean;
  /** Something was changed, and nothing of what was done contains anybody. */
  readonly changed: boolean;
  /** A verified containment did not end the activity. */
  readonly breached: boolean;
  /** All that is held is held because a person decided so. */
  readonly decided: boolean;
  /** Held because a person has just had it put back, and nothing was found since. */
  readonly nothingNew: boolean;
  /** Held because a person, who was asked, said no. */
  readonly rejected: boolean;
  /** What was contained comes back however often it is contained. */
  readonly comesBack: boolean;
  /** What runs, or is put back, has no place for all of its tasks. */
  readonly short: boolean;
  /** All that is new since people were last told is that what was down runs again. */
  readonly upAgain: boolean;
  /** What was changed is not known to be back, and others wait until it is. */
  readonly keepsTurn: boolean;
  /** Nobody was at work in what it is about: what was done is that something is fixed. */
  readonly fixes: boolean;
  /** What was found is still there, and can wait. */
  readonly unfixed: boolean;
  /** What holds something of it, and ends without a finding. */
  readonly stops: readonly Stop[];
  /** Nothing else holds anything, and all of that ends by itself. */
  readonly passes: boolean;
  /** What was to be lifted was to be let go because it is fixed, and not put back. */
  readonly release: boolean;
}

export const calm: Situation = {
  wanted: false,
  loses: false,
  down: false,
  openRoles: false,
  changed: false,
  breached: false,
  decided: false,
  nothingNew: false,
  rejected: false,
  comesBack: false,
  short: false,
  upAgain: false,
  keepsTurn: false,
  fixes: false,
  unfixed: false,
  stops: [],
  passes: false,
  release: false,
};

/** Whether all that is held waits for something that ends by itself. */
function passesBy(plan: Plan, receipts: readonly Receipt[]): boolean {
  const held = receipts.filter(({ state }) => state === 'held' || state === 'stale');
  const others = plan.decision === 'hold' && plan.passes !== true;
  return !others && held.every(({ stops = [] }) => stops.length > 0) && endsByItself(stopsOfRun(plan, receipts));
}

/** Whether nothing waits for a person but what one has decided: an undo that is held to, or what somebody changed back by hand. */
function isDecided({ decision, heldUntil }: Plan, receipts: readonly Receipt[]): boolean {
  if (decision === 'hold') return heldUntil !== undefined;
  const held = receipts.filter(({ state }) => state === 'held' || state === 'stale');
  return held.length > 0 && held.every(({ against }) => against === 'person');
}

export const situationOf = (
  plan: Plan,
  receipts: readonly Receipt[],
  breached: string | null,
  upAgain = false,
  keepsTurn = false,
): Situation => ({
  wanted: plan.wanted.length > 0,
  loses: plan.loses !== undefined,
  down: plan.steps.some(
    (step) => step.facts.phase === 'start' && step.direction === 'do' && resultOf(step, receipts) !== 'ok',
  ),
  openRoles: plan.openRoles.length > 0,
  changed: plan.steps.some((step) => step.facts.changes && resultOf(step, receipts) === 'ok'),
  breached: breached !== null,
  decided: isDecided(plan, receipts),
  nothingNew: plan.nothingNew === true && breached === null && isDecided(plan, receipts),
  rejected: plan.rejected !== undefined,
  comesBack: receipts.some(({ against }) => against === 'comes-back'),
  short: receipts.some(({ short }) => short !== undefined),
  upAgain,
  keepsTurn,
  fixes: plan.fix === true || isFix(plan),
  unfixed: isUnfixed(plan, receipts),
  stops: stopsOfRun(plan, receipts),
  passes: passesBy(plan, receipts),
  release: plan.release !== undefined,
});
