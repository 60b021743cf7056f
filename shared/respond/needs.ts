import { decisionAbout } from '../incident/decisions.ts';
import type { Receipt } from '../incident/items.ts';
import { readReceipt, type StepAddress } from '../incident/receipts.ts';
import type { Effects } from './effects.ts';
import type { StepAtHand } from './run.ts';

/** Whether what a step was for is the case: read back, or its target is gone. */
const succeeded = (receipt: Receipt | undefined): boolean =>
  receipt?.state === 'gone' || receipt?.verified?.state === 'holds';

/** Why a step is skipped: a step that it needs did not succeed, or is not part of the plan. Undefined: go on. */
export async function unmetNeed(
  { table }: Pick<Effects, 'table'>,
  address: StepAddress,
  { step, stored }: Pick<StepAtHand, 'step' | 'stored'>,
): Promise<string | undefined> {
  for (const key of step.needs) {
    const n = stored.plan.steps.findIndex((one) => one.key === key);
    const receipt = n < 0 ? undefined : await readReceipt(table, { ...address, step: n });
    const { action, target } = stored.plan.steps[n] ?? step;
    if (!succeeded(receipt)) return `It needs ${action} on ${target.id}, which did not succeed.`;
  }
  return undefined;
}

/** Why a person's decision stops a step before it changes anything. Undefined: go on. */
export async function stoppedByPerson(
  { table, clock }: Pick<Effects, 'table' | 'clock'>,
  { head, stored }: StepAtHand,
): Promise<string | undefined> {
  if (stored.direction === 'undo') return undefined;
  if (head.heldUntil !== null && head.heldUntil > clock.now().toISOString()) {
    return `The incident is held until ${head.heldUntil}.`;
  }
  if (head.direction === 'undo') return 'A person decided to undo it.';
  const decision = await decisionAbout(table, head.incident, head.run);
  return decision === undefined ? undefined : `${decision.by} decided to undo it.`;
}
