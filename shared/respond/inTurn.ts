import type { StandingChange } from '../incident/items.ts';
import { turnOf } from '../plan/steps.ts';
import type { JsonObject } from '../platform/json.ts';
import type { StepAtHand } from './run.ts';

/** Written in the same write as "started": from here on nobody else gets the turn until the change is read back as done. */
export const inTurn = ({ step: { turn } }: Pick<StepAtHand, 'step'>): Pick<StandingChange, 'turn'> =>
  turn === undefined ? {} : { turn };

/** Whether a target shares something else by now than what its run has the turn of. */
export const sharesElse = ({ action, step }: Pick<StepAtHand, 'action' | 'step'>, observed: JsonObject): boolean =>
  turnOf(action, step.target, observed) !== step.turn;
