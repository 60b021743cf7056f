import type { Finding } from '../finding/finding.ts';
import type { RuleSet } from '../rules/rule.ts';
import { acts, type DangerAction } from './acting.ts';
import type { Matched } from './plan.ts';

/** Who says it: a source of AWS, or a product that sends to Security Hub, where whoever may import findings can write one. */
const voiceOf = ({ source, product }: Finding): string =>
  source === 'securityhub' ? `securityhub/${product?.id ?? ''}` : source;

/** Whether what one finding says speaks for or against another. */
export const sameVoice = (one: Finding, other: Finding): boolean => voiceOf(one) === voiceOf(other);

/**
 * The findings that have a say in what is stopped, by which cause, and whether that has held: of threats those of the sources from which a rule
 * that acts took one. What only a rule that observes listens to changes nothing. All of them, where no rule acts: then it is said what would be
 * done. Pure.
 */
export function heeded(
  matched: readonly Matched[],
  set: RuleSet,
  actions: readonly DangerAction[],
): readonly Matched[] {
  const acting = new Set(set.rules.filter((rule) => acts(rule, set, actions)).map(({ name }) => name));
  const heard = matched.filter(
    ({ finding, decision, rule }) =>
      finding.threat !== undefined && decision === 'rule' && rule !== null && acting.has(rule),
  );
  if (heard.length === 0) return matched;
  return matched.filter(
    ({ finding }) => finding.threat === undefined || heard.some((one) => sameVoice(one.finding, finding)),
  );
}
