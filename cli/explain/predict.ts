import { type Step, targetKey } from '../../shared/actions/contract.ts';
import type { Receipt } from '../../shared/incident/items.ts';
import type { Plan } from '../../shared/plan/plan.ts';
import { composeMessage } from '../../shared/report/compose.ts';
import { outcomeOf } from '../../shared/report/outcome.ts';
import { type ExplainedPage, type ExplainedStep, noPage } from './explained.ts';
import type { Rehearsed } from './rehearse.ts';

/** The receipt of a step that is done and holds. Its words are the plan's: nothing has happened. */
export const asIfDone = (step: Step, n: number, at: string): Receipt => ({
  step: n,
  key: step.key,
  state: 'done',
  did: step.sentence,
  startedAt: at,
  endedAt: at,
  verified: { state: 'holds', seen: 'what is read back if it is done and holds', at },
});

/** The message that production would write, by production's own code. */
export function predictedPage({ incident, run, plan }: Rehearsed, now: Date, stage: string): ExplainedPage {
  const receipts = plan.steps.map((step, n) => asIfDone(step, n, now.toISOString()));
  const direction = 'do';
  const outcome = outcomeOf(plan, receipts, { direction });
  const about = { incident, run, direction, outcome, plan, receipts, heldUntil: null } as const;
  const message = composeMessage({ ...about, now, stage });
  return message.tier === 'none' ? noPage : message;
}

const explained = (
  { key, action, target, sentence, needs, permissions, undo }: Step,
  runs: boolean,
): ExplainedStep => ({
  action,
  target: targetKey(target),
  sentence,
  runs,
  needs,
  key,
  permissions,
  undo: undo.possible ? undo.sentence : `It cannot be undone: ${undo.why}`,
});

/** The steps that are taken; of a plan that does not act, those that it would take as well. */
export const explainedSteps = (plan: Plan): readonly ExplainedStep[] => [
  ...plan.steps.map((step) => explained(step, true)),
  ...(plan.decision === 'contain' ? [] : plan.proposed.map((step) => explained(step, false))),
];
