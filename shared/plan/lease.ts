import type { Step } from '../actions/contract.ts';
import { durationDays } from '../rules/duration.ts';
import type { Rule, Settings } from '../rules/rule.ts';

/** Of several rules the shortest, in days; a rule that is silent says what the settings say. Undefined: nobody is asked. */
export function leaseDaysOf(
  rules: readonly Pick<Rule, 'lease'>[],
  { lease }: Pick<Settings, 'lease'>,
): number | undefined {
  const said = rules.length === 0 ? [lease] : rules.map((rule) => rule.lease ?? lease);
  const days = said.flatMap((one) => (one === undefined ? [] : (durationDays(one) ?? [])));
  return days.length === 0 ? undefined : Math.min(...days);
}

/** Whether a step takes something from somebody that can be given back: that is asked about. What is fixed is meant to stay. */
export const isLent = ({ facts, undo }: Pick<Step, 'facts' | 'undo'>): boolean =>
  undo.possible && (facts.lends === true || (facts.contains && facts.canWait !== true));
