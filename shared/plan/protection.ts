import { matches } from '../rules/pattern/match.ts';
import { compiledOf } from '../rules/patterns.ts';
import type { Settings } from '../rules/rule.ts';
import { type Observation, seenLines } from './steps.ts';

/**
 * What the settings protect is never changed without a person: a step that would change it is held. What only reads,
 * and what there is nothing to do about, stays as it is.
 */
export function protect(observation: Observation, { protected: patterns }: Pick<Settings, 'protected'>): Observation {
  const { proposal, planned, observed } = observation;
  if (planned.kind !== 'step' || !proposal.action.facts.changes) return observation;
  if (!patterns.some((pattern) => matches(compiledOf(pattern), proposal.target))) return observation;
  const reason = `${proposal.target.id} is protected by the settings, so a person must decide. It would: ${planned.sentence}`;
  return { ...observation, planned: { kind: 'hold', reason, seen: seenLines(observed) } };
}
