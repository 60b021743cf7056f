import { emptyPlan } from './emptyPlan.ts';
import type { Plan } from './plan.ts';

/** What is decided about the canary, always the same: nothing is done, nothing is told, and whatever the rules say is not asked. */
export const canaryPlan: Plan = {
  ...emptyPlan,
  decision: 'ignore',
  reason: 'The canary: it shows that findings come through, and nothing is done or told for it.',
};
