import type { Action, Step } from '../actions/contract.ts';
import { orderSteps } from './order.ts';
import type { Plan } from './plan.ts';
import { permissionNames } from './steps.ts';

const again = 'This is itself an undo: a new finding, or a person, contains it again.';

type Reversed = { readonly step: Step } | { readonly why: string } | null;

/** The step that puts one step back; why there is none; null where nothing was changed. */
function reverse(step: Step, catalogue: readonly Action[]): Reversed {
  if (!step.facts.changes) return null;
  const action = catalogue.find(({ name }) => name === step.action);
  if (!step.undo.possible) return { why: step.undo.why };
  if (action?.undo === undefined) return { why: 'this version of Firebreak has no undo for it.' };
  // What the step left, and what comes after it, is no matter of its undo.
  const { remains: _left, afterwards: _later, reopens: _anew, ...own } = step;
  return {
    step: {
      ...own,
      key: undoKey(step.key),
      direction: 'undo',
      needs: [],
      sentence: step.undo.sentence,
      undo: { possible: false, why: again },
      decisive: {},
      permissions: permissionNames(action, step.target),
    },
  };
}

/** A key of its own: where AWS is asked for a call by its key, the undo must not find what the step did. */
const undoKey = (key: string): string => `undo ${key}`;

/**
 * The plan that puts back what these steps changed: in the reverse of their order, and what needed another step first is put back before
 * that one is. What cannot be put back is in `notDone`, with why. Pure.
 */
export function reversePlan(steps: readonly Step[], catalogue: readonly Action[], owner = 'unknown'): Plan {
  const ordered = orderSteps(steps).toReversed();
  const reversed = ordered.map((step) => ({ original: step, result: reverse(step, catalogue) }));
  const kept = reversed.flatMap(({ original, result }) =>
    result !== null && 'step' in result ? [{ original, step: result.step }] : [],
  );
  const undoSteps = kept.map(({ original, step }) => ({
    ...step,
    needs: kept.filter((other) => other.original.needs.includes(original.key)).map((other) => other.step.key),
  }));
  const notDone = reversed.flatMap(({ original, result }) =>
    result !== null && 'why' in result
      ? [`${original.action} on ${original.target.id} cannot be put back: ${result.why}`]
      : [],
  );
  const verdict =
    undoSteps.length > 0
      ? ({
          decision: 'contain',
          reason: 'A person said that it was a false alarm: what was changed is to be put back.',
        } as const)
      : notDone.length > 0
        ? ({ decision: 'hold', reason: 'Nothing of what was changed can be put back.' } as const)
        : ({ decision: 'ignore', reason: 'Nothing stands that could be put back.' } as const);
  return {
    ...verdict,
    cause: null,
    causeWhy: null,
    rule: null,
    rules: [],
    findings: [],
    steps: undoSteps,
    proposed: [],
    notDone,
    seen: [],
    class: 'C',
    openRoles: [],
    wanted: [],
    page: {},
    owner,
  };
}
