import type { Plan } from './plan.ts';
import type { Observation } from './steps.ts';

/** What is lost where nobody sees to what an enforcing rule asks for and an action holds: the rest of the plan does not wait for it. */
export function losesOf(proposals: readonly Observation[]): Pick<Plan, 'loses'> {
  const all = proposals.flatMap(({ proposal, planned }) =>
    proposal.mode === 'enforce' && planned.kind === 'hold' && planned.loses !== undefined ? [planned.loses] : [],
  );
  return all.length === 0 ? {} : { loses: [...new Set(all)] };
}
