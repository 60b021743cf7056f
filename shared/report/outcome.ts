import type { Step, Target } from '../actions/contract.ts';
import type { Outcome, Receipt } from '../incident/items.ts';
import type { Plan } from '../plan/plan.ts';
import { isThreat } from '../plan/rank.ts';

export type StepResult = 'ok' | 'held' | 'failed';

const receiptOf = (step: Step, receipts: readonly Receipt[]): Receipt | undefined =>
  receipts.find((receipt) => receipt.key === step.key);

/**
 * What became of one step. A step that changes or contains is ok when it was read back as holding, or when its target is gone; what AWS answered is no proof.
 * One that only reads is ok when it is done and nothing that was read back speaks against it. Started and never finished
 * counts as failed: nobody knows.
 */
export function resultOf(step: Step, receipts: readonly Receipt[]): StepResult {
  const receipt = receiptOf(step, receipts);
  switch (receipt?.state) {
    case 'gone':
      return 'ok';
    case 'done':
    case 'waiting': {
      const { verified } = receipt;
      if (verified === undefined) return receipt.state === 'done' && !step.facts.changes ? 'ok' : 'failed';
      return verified.state === 'holds' ? 'ok' : 'failed';
    }
    case 'held':
    case 'stale':
      return 'held';
    default:
      return 'failed';
  }
}

/** Whether a step was to put something back, and there was nothing left to put back: it is over, but it is not undone. */
export const foundGone = (step: Step, receipts: readonly Receipt[]): boolean =>
  step.direction === 'undo' && receiptOf(step, receipts)?.state === 'gone';

/** Roles that a step was to cut off or limit, and did not. */
export const leftOpen = ({ steps }: Pick<Plan, 'steps'>, receipts: readonly Receipt[]): readonly Target<'role'>[] =>
  steps.flatMap((step) => {
    const { target, facts, direction } = step;
    const isMeant = direction === 'do' && facts.phase === 'role' && target.kind === 'role';
    return isMeant && resultOf(step, receipts) !== 'ok' ? [target] : [];
  });

const canWait = ({ facts }: Step): boolean => facts.canWait === true;

const mainOf = ({ steps }: Pick<Plan, 'steps'>): readonly Step[] =>
  steps.filter(({ facts, direction }) => facts.contains && direction === 'do');

/** Whether all that was to be contained can wait: nobody is inside, and what is done is that something is fixed. */
export const isFix = (plan: Pick<Plan, 'steps'>): boolean => mainOf(plan).length > 0 && mainOf(plan).every(canWait);

/** Whether nothing of what was to be contained is, and all of it can wait: there is nothing that was contained. */
export const isUnfixed = (plan: Pick<Plan, 'steps'>, receipts: readonly Receipt[]): boolean =>
  isFix(plan) && mainOf(plan).every((step) => resultOf(step, receipts) !== 'ok');

/**
 * Somebody is at work, and what is done about it changes something and puts nobody out: a task that gets no requests may still call out. What only
 * keeps somebody from coming again (`lends`) says nothing about who is in.
 */
export const leavesAtWork = ({ steps, findings }: Pick<Plan, 'steps' | 'findings'>): boolean =>
  findings.some(isThreat) &&
  steps.some(
    ({ facts, direction }) => direction === 'do' && facts.changes && facts.phase !== 'evidence' && facts.lends !== true,
  ) &&
  !steps.some(({ facts }) => facts.contains);

function ofSteps(plan: Plan, receipts: readonly Receipt[]): Outcome {
  const main = plan.steps.filter(({ facts }) => facts.contains);
  const [waits, urgent] = [main.filter(canWait), main.filter((step) => !canWait(step))];
  const results = urgent.map((step) => resultOf(step, receipts));
  const calm = [...waits, ...plan.steps.filter(({ facts }) => !facts.contains)];
  const others = calm.map((step) => resultOf(step, receipts));
  if (results.includes('failed')) return 'not-contained';
  if (results.includes('held')) return 'held';
  // What somebody has changed back is no step that failed.
  if (urgent.length === 0 && waits.some((step) => receiptOf(step, receipts)?.against === 'person')) return 'held';
  const allWell = others.every((result) => result === 'ok');
  const nothingOpen = plan.wanted.length === 0 && plan.loses === undefined && plan.stops === undefined;
  if (main.length > 0) return allWell && nothingOpen ? 'contained' : 'degraded';
  // The step that contains belongs to another incident, and waits in `proposed`.
  if (plan.steps.length === 0 || plan.proposed.some(({ facts }) => facts.contains)) return 'joined';
  if (leavesAtWork(plan)) return 'not-contained';
  // Nothing was meant to contain (evidence alone): then nothing may say that it is contained.
  if (others.includes('failed')) return 'not-contained';
  return others.includes('held') ? 'held' : 'observed';
}

/** The outcome of a run, from its plan and what its steps left behind. Pure. */
export function outcomeOf(
  plan: Plan,
  receipts: readonly Receipt[],
  run: { readonly direction: 'do' | 'undo' },
): Outcome {
  switch (plan.decision) {
    case 'ignore':
      return 'ignored';
    case 'observe':
      return 'observed';
    case 'hold':
    case 'approve':
      return 'held';
    case 'contain': {
      if (run.direction === 'do') return ofSteps(plan, receipts);
      const results = plan.steps.map((step) => resultOf(step, receipts));
      if (results.includes('failed')) return 'not-contained';
      if (results.includes('held')) return 'held';
      return plan.release === undefined ? 'undone' : 'released';
    }
  }
}
