import type { Finding } from '../finding/finding.ts';
import { indexed } from './indexed.ts';
import { why, whyBranch, whyNot } from './pattern/explain.ts';
import { compiledOf } from './patterns.ts';
import type { Considered, Exemption, Rule, RuleSet } from './rule.ts';

/** What an exemption took of a finding: all of it, one of the rules that would have decided, actions, or whoever would be woken. */
export interface Exempted {
  readonly name: string;
  readonly reason: string;
  readonly owner: string;
  /** ISO. */
  readonly expires: string;
  readonly takes: 'finding' | 'rule' | 'actions' | 'paging';
  /** The rule that does not apply, or of which it leaves something out; null when the whole finding is taken. */
  readonly rule: string | null;
  /** The actions that the plan leaves out; null unless it takes those. */
  readonly actions: readonly string[] | null;
}

export interface RuleDecision {
  /** The first rule that matches and is not exempted from; null when there is none, or when the whole finding is exempted. */
  readonly rule: Rule | null;
  /** Why it matches, as one clause; null without one. */
  readonly because: string | null;
  /** What took something out; an exemption that has nothing to take is not among them. */
  readonly exempted: readonly Exempted[];
}

function takenBy({ scope, actions, rules }: Exemption): Exempted['takes'] {
  if (scope === 'paging') return 'paging';
  if (actions !== undefined) return 'actions';
  return rules === undefined ? 'finding' : 'rule';
}

const exemptedBy = (exemption: Exemption, rule: string | null): Exempted => {
  const { name, reason, owner, expires, actions = null } = exemption;
  return { name, reason, owner, expires, takes: takenBy(exemption), rule, actions };
};

const takes = (exemption: Exemption, what: Exempted['takes']): boolean => takenBy(exemption) === what;

const concerns = ({ rules }: Exemption, { name }: Rule): boolean => rules?.includes(name) ?? true;

/** Whether it takes something out of what a rule that decides asks for. */
const narrows = (exemption: Exemption, rule: Rule): boolean =>
  concerns(exemption, rule) &&
  (takes(exemption, 'paging') ||
    (takes(exemption, 'actions') && rule.do.some(({ action }) => exemption.actions?.includes(action) === true)));

/**
 * Which rule decides about a finding: exemptions first (unless expired at `now`), then the rules by `order` and name.
 * Rules that ask for what the finding does not have are not looked at. Pure.
 */
export function decideRule(finding: Finding, set: RuleSet, now: Date): RuleDecision {
  const { exemptions, rules, index } = indexed(set);
  const standing: Exemption[] = [];
  const passedOver: Exempted[] = [];
  for (const { at, branch, event } of index.hits(finding)) {
    const exemption = exemptions[at];
    if (exemption !== undefined) {
      if (Date.parse(exemption.expires) > now.getTime()) standing.push(exemption);
      continue;
    }
    if (standing.some((one) => takes(one, 'finding'))) break;
    const rule = rules[at - exemptions.length];
    if (rule === undefined) continue;
    const against = standing.filter((one) => takes(one, 'rule') && concerns(one, rule));
    passedOver.push(...against.map((one) => exemptedBy(one, rule.name)));
    if (against.length > 0) continue;
    const narrowed = standing.filter((one) => narrows(one, rule)).map((one) => exemptedBy(one, rule.name));
    return { rule, because: whyBranch(branch, event), exempted: [...passedOver, ...narrowed] };
  }
  const whole = standing.filter((one) => takes(one, 'finding')).map((one) => exemptedBy(one, null));
  return { rule: null, because: null, exempted: whole.length > 0 ? whole : passedOver };
}

/**
 * Every rule that was asked, up to and with the one that matched, each with why; none when the whole finding is exempted. Asks
 * one rule after the other: for a person who looks at one finding. Pure.
 */
export function considered(finding: Finding, set: RuleSet, now: Date): readonly Considered[] {
  const { exempted } = decideRule(finding, set, now);
  if (exempted.some((one) => one.takes === 'finding')) return [];
  const asked: Considered[] = [];
  for (const { name, when } of indexed(set).rules) {
    const compiled = compiledOf(when);
    const mismatch = whyNot(compiled, finding);
    const against = exempted.find((one) => one.takes === 'rule' && one.rule === name);
    if (mismatch !== null) asked.push({ rule: name, matched: false, because: mismatch.because });
    else if (against !== undefined) {
      const because = `exemption ${against.name} of ${against.owner} takes the finding out of it: ${against.reason}`;
      asked.push({ rule: name, matched: false, because });
    } else return [...asked, { rule: name, matched: true, because: why(compiled, finding) }];
  }
  return asked;
}
