import type { Finding } from '../finding/finding.ts';
import { why, whyNot } from './pattern/explain.ts';
import { matches } from './pattern/match.ts';
import { compiledOf } from './patterns.ts';
import type { Considered, Exemption, Rule, RuleSet } from './rule.ts';

export interface Exempted {
  readonly name: string;
  readonly reason: string;
  readonly owner: string;
  /** The actions that the plan leaves out; null when the whole finding is exempted. */
  readonly actions: readonly string[] | null;
}

export interface RuleDecision {
  /** The first rule that matches; null when none does, or when the whole finding is exempted. */
  readonly rule: Rule | null;
  readonly exempted: readonly Exempted[];
  /** Every rule asked, up to and with the one that matched; none when the whole finding is exempted. */
  readonly considered: readonly Considered[];
}

const inOrder = (a: Rule, b: Rule): number => a.order - b.order || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);

const exemptedBy = ({ name, reason, owner, actions }: Exemption): Exempted => ({
  name,
  reason,
  owner,
  actions: actions ?? null,
});

/**
 * Which rule decides about a finding: exemptions first (unless expired at `now`), then the rules by `order` and name.
 * Pure.
 */
export function decideRule(finding: Finding, set: RuleSet, now: Date): RuleDecision {
  const exempted = set.exemptions
    .filter(({ expires, when }) => Date.parse(expires) > now.getTime() && matches(compiledOf(when), finding))
    .map(exemptedBy);
  const whole = exempted.filter(({ actions }) => actions === null);
  if (whole.length > 0) return { rule: null, exempted: whole, considered: [] };
  const considered: Considered[] = [];
  for (const rule of set.rules.toSorted(inOrder)) {
    const compiled = compiledOf(rule.when);
    const mismatch = whyNot(compiled, finding);
    if (mismatch === null) {
      considered.push({ rule: rule.name, matched: true, because: why(compiled, finding) });
      return { rule, exempted, considered };
    }
    considered.push({ rule: rule.name, matched: false, because: mismatch.because });
  }
  return { rule: null, exempted, considered };
}
