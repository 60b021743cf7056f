import type { Receipt, StoredPlan } from '../incident/items.ts';
import type { Plan } from '../plan/plan.ts';
import { resultOf } from '../report/outcome.ts';

/** Whether a round has changed something, as read back. */
const hasChanged = ({ steps }: Plan, receipts: readonly Receipt[]): boolean =>
  steps.some((step) => step.facts.changes && resultOf(step, receipts) === 'ok');

/**
 * Whether nothing is accused any more after a round that has changed something: its sources have closed what they found, most likely because
 * of that. Then people are told of that round, or nobody would hear of what was done.
 */
export const isClosedAfter = (stored: StoredPlan, acted: StoredPlan, receipts: readonly Receipt[]): boolean =>
  stored.direction === 'do' && stored.plan.decision === 'ignore' && hasChanged(acted.plan, receipts);
