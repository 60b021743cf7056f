import { type Step, targetKey, type UndoPromise } from '../actions/contract.ts';
import type { Receipt } from '../incident/items.ts';
import type { Plan } from '../plan/plan.ts';
import { type Section, undoLines } from './body.ts';
import { commandFor } from './command.ts';
import { resultOf } from './outcome.ts';
import { firstOf } from './text.ts';

/** As many as are listed of what was done. */
const mostSteps = 20;

/** Whether a step has changed its target: now, or before this round, which then found it standing. */
const hasChanged = ({ state, startedAt, before }: Receipt): boolean =>
  startedAt !== undefined || (state === 'done' && before !== undefined);

/** What is left to promise once a later step of the same has put back what was changed. */
function closedBy(
  { action, target }: Step,
  steps: readonly Step[],
  receipts: readonly Receipt[],
): UndoPromise | undefined {
  const closing = steps.flatMap((step) => {
    if (step.action !== action || step.target.id !== target.id || resultOf(step, receipts) !== 'ok') return [];
    return receipts.find(({ key }) => key === step.key)?.verified?.closes ?? step.part?.closes ?? [];
  });
  const [why] = closing;
  return why === undefined ? undefined : { possible: false, why };
}

/** A step that changed something that stands, as far as it says what an undo puts back. */
export type StandingStep = Pick<Step, 'action' | 'target' | 'undo'>;

/** What an undo is asked of, and what of it stands. */
interface Undoable {
  readonly incident: string;
  readonly stage: string;
  readonly standing?: readonly StandingStep[] | undefined;
}

const isSame = (a: StandingStep, b: StandingStep): boolean =>
  a.action === b.action && targetKey(a.target) === targetKey(b.target);

/**
 * Undo, for each thing that was changed; what has no undo says why. `standing` is what an undo of the incident would put back, of earlier runs,
 * too: what this one did beside it takes nothing away from that.
 */
export function howToUndo(
  plan: Plan,
  receipts: readonly Receipt[],
  { incident, stage, standing = [] }: Undoable,
): Section {
  const touched = plan.steps.filter(
    (step) => step.facts.changes && receipts.some((receipt) => receipt.key === step.key && hasChanged(receipt)),
  );
  const promised = touched.map((step) => ({ ...step, undo: closedBy(step, touched, receipts) ?? step.undo }));
  const isBeside = (step: StandingStep): boolean => !step.undo.possible && standing.some((one) => isSame(one, step));
  const own = promised.filter((step) => !isBeside(step));
  const beside = promised
    .filter(isBeside)
    .flatMap(({ action, undo }) => (undo.possible ? [] : [`${action}, what was done this time stays: ${undo.why}`]));
  const lasting = standing.filter((one) => !own.some((step) => isSame(one, step)));
  const all = [...own, ...lasting];
  const can = all.some(({ undo }) => undo.possible);
  const lines = [...undoLines(all), ...new Set(beside)];
  return {
    heading: 'How to undo',
    lines: [...(can ? [commandFor('undo', incident, stage)] : []), ...firstOf(lines, mostSteps)],
  };
}
