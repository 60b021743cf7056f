import type { Action } from '../actions/contract.ts';
import type { Matched } from '../plan/plan.ts';
import type { RuleSet } from '../rules/rule.ts';

/** The actions that the rule of a finding asks for; none where no rule takes it. Pure. */
export function askedActions(
  catalogue: readonly Action[],
  { decision, rule }: Pick<Matched, 'decision' | 'rule'>,
  set: RuleSet,
): readonly Action[] {
  if (decision !== 'rule') return [];
  const asked = new Set(set.rules.find(({ name }) => name === rule)?.do.map(({ action }) => action));
  return catalogue.filter(({ name }) => asked.has(name));
}
