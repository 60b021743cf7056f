import { compiledOf } from './patterns.ts';
import type { RuleSet } from './rule.ts';

/** The dotted paths of a finding that a set's patterns ask for. */
export function pathsAsked({ rules, exemptions }: RuleSet): ReadonlySet<string> {
  const fields = [...rules, ...exemptions].flatMap(({ when }) => compiledOf(when).branches.flat());
  return new Set(fields.map(({ steps }) => steps.join('.')));
}
