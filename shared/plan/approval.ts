import type { Settings } from '../rules/rule.ts';
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

/** A proposal as it may be done without a person: what is protected, and what a rule wants approved, is held. */
export const unlessPersonNeeded = (observation: Observation, settings: Pick<Settings, 'protected'>): Observation =>
  askFirst(protect(observation, settings));
