import type { Finding } from '../finding/finding.ts';
import { indexed } from './indexed.ts';
import { why, whyBranch, whyNot } from './pattern/explain.ts';
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
  /** Why it matches, as one clause; null without one. */
  readonly because: string | null;
  readonly exempted: readonly Exempted[];
}

const exemptedBy = ({ name, reason, owner, actions }: Exemption): Exempted => ({
  name,
  reason,
  owner,
  actions: actions ?? null,
});

/**
 * Which rule decides about a finding: exemptions first (unless expired at `now`), then the rules by `order` and name.
 * Rules that ask for what the finding does not have are not looked at. Pure.
 */
export function decideRule(finding: Finding, set: RuleSet, now: Date): RuleDecision {
  const { exemptions, rules, index } = indexed(set);
  const exempted: Exempted[] = [];
  for (const { at, branch, event } of index.hits(finding)) {
    const exemption = exemptions[at];
    if (exemption !== undefined) {
      if (Date.parse(exemption.expires) > now.getTime()) exempted.push(exemptedBy(exemption));
      continue;
    }
    if (exempted.some(({ actions }) => actions === null)) break;
    const rule = rules[at - exemptions.length];
    if (rule !== undefined) return { rule, because: whyBranch(branch, event), exempted };
  }
  const whole = exempted.filter(({ actions }) => actions === null);
  return { rule: null, because: null, exempted: whole.length > 0 ? whole : exempted };
}

/**
 * Every rule that was asked, up to and with the one that matched, each with why; none when the whole finding is exempted. Asks
 * one rule after the other: for a person who looks at one finding. Pure.
 */
export function considered(finding: Finding, set: RuleSet, now: Date): readonly Considered[] {
  if (decideRule(finding, set, now).exempted.some(({ actions }) => actions === null)) return [];
  const asked: Considered[] = [];
  for (const { name, when } of indexed(set).rules) {
    const compiled = compiledOf(when);
    const mismatch = whyNot(compiled, finding);
    if (mismatch === null) return [...asked, { rule: name, matched: true, because: why(compiled, finding) }];
    asked.push({ rule: name, matched: false, because: mismatch.because });
  }
  return asked;
}
