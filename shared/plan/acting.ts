import type { Action } from '../actions/contract.ts';
import type { DoEntry, Rule, RuleSet } from '../rules/rule.ts';

/** What of an action says whether a rule that names it can do harm. */
export type DangerAction = Pick<Action, 'name' | 'facts' | 'targets'>;

/** The entries of a rule that change something. */
export const changingOf = ({ do: entries }: Pick<Rule, 'do'>, actions: readonly DangerAction[]): readonly DoEntry[] =>
  entries.filter(({ action }) => actions.some(({ name, facts }) => name === action && facts.changes));

/** Whether a rule changes something by itself, in a set of these settings. */
export const acts = (rule: Rule, { settings }: RuleSet, actions: readonly DangerAction[]): boolean =>
  rule.mode === 'enforce' && !settings.observeOnly && changingOf(rule, actions).length > 0;
