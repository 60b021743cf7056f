import type { Settings } from '../rules/rule.ts';
import { leastHealthyOf, leavesTooLittle } from './budget.ts';
import { protect } from './protection.ts';
import { type Observation, seenLines } from './steps.ts';

/**
 * What a rule wants a person to be asked about is held: nobody can approve in this version, and an approval that cannot be given must not be
 * taken for one. What changes nothing needs none, nor what there is nothing to do about.
 */
function askFirst(observation: Observation): Observation {
  const { proposal, planned, observed } = observation;
  const [rule] = proposal.asking ?? [];
  if (planned.kind !== 'step' || !proposal.action.facts.changes || rule === undefined) return observation;
  const reason = `Rule ${rule} wants a person's approval, which cannot be given to Firebreak yet: do it by hand, or take approval out of the rule, and it is done with the next finding of this kind (whose source may send changes alone). It would: ${planned.sentence}`;
  return { ...observation, planned: { kind: 'hold', reason, seen: seenLines(observed) } };
}

/** What would leave less healthy than a rule allows is held: availability is a person's to give away. */
function leaveEnough(observation: Observation): Observation {
  const { proposal, planned, observed } = observation;
  if (planned.kind !== 'step') return observation;
  const little = leavesTooLittle(planned.leavesHealthy, leastHealthyOf(proposal.limited ?? []));
  if (little === undefined) return observation;
  const reason = `${proposal.target.id}: ${little}, so a person must decide. It would: ${planned.sentence}`;
  return { ...observation, planned: { kind: 'hold', reason, seen: seenLines(observed) } };
}

/** A proposal as it may be done without a person: what is protected, what a rule wants approved, and what leaves too little is held. */
export const unlessPersonNeeded = (observation: Observation, settings: Pick<Settings, 'protected'>): Observation =>
  leaveEnough(askFirst(protect(observation, settings)));
