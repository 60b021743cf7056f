import type { RuleSet } from '../rules/rule.ts';

/** Whether a set would take away all rules: nothing would be contained by it, and nobody told. As sentences for whoever approves it. */
export const emptied = (now: Pick<RuleSet, 'rules'>, next: Pick<RuleSet, 'rules'>): readonly string[] =>
  now.rules.length > 0 && next.rules.length === 0
    ? ['no rule is left: nothing would be contained any more, and nobody told of a finding']
    : [];
