import type { JsonObject } from '../platform/json.ts';
import { matches } from '../rules/pattern/match.ts';
import { compiledOf } from '../rules/patterns.ts';
import type { Settings } from '../rules/rule.ts';
import type { Observation } from './steps.ts';

/**
 * How a target is protected, or what would be changed together with it: by the settings, or as its action observed it (`protectedBy`: its
 * tags, or that they cannot be read). Null: it is not. What is protected is never changed without a person, unless it is spared.
 */
export function protectedHow(
  { proposal, observed }: Observation,
  { protected: patterns }: Pick<Settings, 'protected'>,
): string | null {
  const changed = proposal.members ?? [proposal.target];
  if (patterns.some((pattern) => changed.some((target) => matches(compiledOf(pattern), target))))
    return 'is protected by the settings';
  const how = observedProtection(observed);
  if (how === null) return null;
  return how.endsWith(' of the task)') ? `${how} (what runs in it may have set the tag, if its role may)` : how;
}

function observedProtection(observed: JsonObject | null): string | null {
  const by = observed?.['protectedBy'];
  return typeof by === 'string' && by !== '' ? `counts as protected (${by})` : null;
}
