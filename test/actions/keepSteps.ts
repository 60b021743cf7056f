import { noAccusation } from '../../shared/actions/accusation.ts';
import type { Action, Step, Target } from '../../shared/actions/contract.ts';
import { stepsOf } from '../../shared/plan/steps.ts';

/** The step of an action on a target, as a plan has it. */
export function stepOf(action: Action, target: Target): Step {
  const [made] = stepsOf({
    proposal: { action, target, params: {}, mode: 'enforce', observing: [], rules: [] },
    planned: { kind: 'step', sentence: `${action.name} it.`, undo: action.reversal },
    observed: null,
    accusation: noAccusation,
  });
  if (made === undefined) throw new Error('There is no step');
  return made;
}
