import type { Complaint } from '../document.ts';
import { compiledOf } from '../patterns.ts';
import type { Exemption, Rule } from '../rule.ts';
import { everything } from './everything.ts';
import { findings } from './known.ts';
import { type Budget, mayMeet } from './meets.ts';

const named = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(' and ');

/** What an exemption is looked at beside. */
export interface Beside {
  readonly rules: readonly Rule[];
  readonly budget: Budget;
}

/** An exemption that changes nothing: no rule takes what it exempts, or does what it exempts from. Without rules there is nothing to say. */
function exemptsNothing({ when, actions, rules: from }: Exemption, { rules, budget }: Beside): readonly Complaint[] {
  // A rule that there is not is said by itself.
  const unknown = from?.some((name) => !rules.some((rule) => rule.name === name)) ?? false;
  if (rules.length === 0 || unknown) return [];
  const does = ({ name, do: entries }: Rule): boolean =>
    (from === undefined || from.includes(name)) &&
    (actions === undefined || entries.some(({ action }) => actions.includes(action)));
  const pattern = compiledOf(when);
  if (actions !== undefined && !rules.some(does)) {
    const message = `exempts from ${named(actions)}, which no rule does`;
    return [{ code: 'exempts-nothing', path: 'actions', message, suggestion: 'remove it, or name what a rule does' }];
  }
  if (rules.some((rule) => does(rule) && mayMeet(pattern, compiledOf(rule.when), findings, budget))) return [];
  const message =
    actions === undefined
      ? 'exempts from nothing: no rule takes what it matches'
      : `exempts from nothing: no rule that does ${named(actions)} takes what it matches`;
  return [{ code: 'exempts-nothing', path: 'when', message, suggestion: 'remove it, or mend its pattern' }];
}

/** What is wrong with an exemption beside the rules of its set. `beside` null: some of them are not known. */
export function lintExemption(exemption: Exemption, beside: Beside | null): readonly Complaint[] {
  if (everything(compiledOf(exemption.when), findings)) {
    const what = exemption.actions === undefined ? '' : ` from ${named(exemption.actions)}`;
    const message = `exempts every finding there is${what}`;
    const suggestion = 'name a source, a kind, a type or a resource';
    return [{ code: 'exempts-everything', path: 'when', message, suggestion }];
  }
  return beside === null ? [] : exemptsNothing(exemption, beside);
}
