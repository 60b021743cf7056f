import type { JsonObject } from '../platform/json.ts';
import { matches } from '../rules/pattern/match.ts';
import { compiledOf } from '../rules/patterns.ts';
import type { Settings } from '../rules/rule.ts';
import { type Observation, seenLines } from './steps.ts';

/**
 * What the settings protect, or an action observed as protected (`protectedBy`: its tags, or that they cannot be read), is
 * never changed without a person: a step that would change it, or change it together with its target, is held. What only
 * reads, what there is nothing to do about, and what is sparing stays as it is.
 */
export function protect(observation: Observation, { protected: patterns }: Pick<Settings, 'protected'>): Observation {
  const { proposal, planned, observed } = observation;
  if (planned.kind !== 'step' || planned.sparing === true || !proposal.action.facts.changes) return observation;
  const changed = proposal.members ?? [proposal.target];
  const bySettings = patterns.some((pattern) => changed.some((target) => matches(compiledOf(pattern), target)));
  const how = bySettings ? 'is protected by the settings' : observedProtection(observed);
  if (how === null) return observation;
  const byWhom =
    proposal.target.kind === 'ecs-task' && !bySettings
      ? ' (what runs in it may have set the tag, if its role may)'
      : '';
  const reason = `${proposal.target.id} ${how}${byWhom}, so a person must decide. It would: ${planned.sentence}`;
  return { ...observation, planned: { kind: 'hold', reason, seen: seenLines(observed) } };
}

function observedProtection(observed: JsonObject | null): string | null {
  const by = observed?.['protectedBy'];
  return typeof by === 'string' && by !== '' ? `counts as protected (${by})` : null;
}
