import type { Receipt } from '../incident/items.ts';
import type { Plan } from '../plan/plan.ts';
import { resultOf } from './outcome.ts';

/** What a run leaves behind beside its outcome, and a person has to know. */
export interface Situation {
  /** Something waits for a person's decision though the rest was done. */
  readonly wanted: boolean;
  /** What should run again does not come up. */
  readonly down: boolean;
  /** Somebody may have credentials that still work. */
  readonly openRoles: boolean;
  /** A verified containment did not end the activity. */
  readonly breached: boolean;
}

export const calm: Situation = { wanted: false, down: false, openRoles: false, breached: false };

export const situationOf = (
  { wanted, openRoles, steps }: Plan,
  receipts: readonly Receipt[],
  breached: string | null,
): Situation => ({
  wanted: wanted.length > 0,
  down: steps.some(
    (step) => step.facts.phase === 'start' && step.direction === 'do' && resultOf(step, receipts) !== 'ok',
  ),
  openRoles: openRoles.length > 0,
  breached: breached !== null,
});
