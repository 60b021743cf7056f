import { canonicalJson } from '../platform/json.ts';
import { inOrder } from '../rules/indexed.ts';
import { patternCovers } from '../rules/lint/covers.ts';
import { findings } from '../rules/lint/known.ts';
import { fullBudget, mayMeet } from '../rules/lint/meets.ts';
import { compiledOf } from '../rules/patterns.ts';
import { asksFirst, defaultBreaker, type Rule, type RuleLimits, type RuleSet } from '../rules/rule.ts';
import { acts, changingOf, type DangerAction } from './acting.ts';
import { looser } from './dangerSettings.ts';

/** A limit that is new, or leaves less room. */
const stricter = (whose: string, was: RuleLimits | undefined, is: RuleLimits | undefined): readonly string[] =>
  Object.entries(is ?? {}).flatMap(([name, value]) =>
    looser('', { [name]: value }, was).length > 0 ? [`${whose} ${name} ${value} now`] : [],
  );

/** What of one rule that acted is less; what is gone is told by itself. */
function ofRule(was: Rule, is: Rule, actions: readonly DangerAction[]): readonly string[] {
  const rule = `rule ${is.name}`;
  if (is.mode === 'observe') return [`${rule} observes, and changes nothing any more`];
  const doing = new Set(changingOf(is, actions).map(({ action }) => action));
  const left = changingOf(was, actions).filter(({ action }) => !doing.has(action));
  const covers = patternCovers(compiledOf(is.when), compiledOf(was.when), findings);
  return [
    ...left.map(({ action }) => `${rule} does not do ${action} any more`),
    ...(asksFirst(is) && !asksFirst(was) ? [`${rule} waits for an approval`] : []),
    ...(covers || canonicalJson(is.when) === canonicalJson(was.when) ? [] : [`${rule} takes less than it took`]),
    ...stricter(`${rule} has`, was.limits, is.limits),
  ];
}

/** A rule that is asked before one that acts, takes all that it takes, and does less. */
function ofShadows(before: RuleSet, after: RuleSet, actions: readonly DangerAction[]): readonly string[] {
  const known = new Set(
    before.rules.map((rule) => canonicalJson([rule.name, rule.order, rule.when, rule.do, rule.mode])),
  );
  const sorted = after.rules.toSorted(inOrder);
  return sorted.flatMap((rule, at) => {
    if (known.has(canonicalJson([rule.name, rule.order, rule.when, rule.do, rule.mode]))) return [];
    const does = new Set((acts(rule, after, actions) ? changingOf(rule, actions) : []).map(({ action }) => action));
    return sorted.slice(at + 1).flatMap((other) => {
      const less = acts(other, after, actions) && changingOf(other, actions).some(({ action }) => !does.has(action));
      const over = less && patternCovers(compiledOf(rule.when), compiledOf(other.when), findings);
      return over ? [`rule ${rule.name} comes before rule ${other.name}, takes all that it takes, and does less`] : [];
    });
  });
}

function ofExemptions(before: RuleSet, after: RuleSet, acting: readonly Rule[]): readonly string[] {
  const budget = fullBudget();
  const known = new Set(
    before.exemptions.map(({ when, rules, actions, scope }) => canonicalJson({ when, rules, actions, scope })),
  );
  return after.exemptions.flatMap(({ name, when, rules, actions, scope }) => {
    if (scope === 'paging' || known.has(canonicalJson({ when, rules, actions, scope }))) return [];
    const of = acting.filter((rule) => rules?.includes(rule.name) ?? true);
    const concerned = of.filter((rule) => mayMeet(compiledOf(when), compiledOf(rule.when), findings, budget));
    return concerned.length === 0
      ? []
      : [`exemption ${name} takes something out of rule ${concerned.map((rule) => rule.name).join(', ')}`];
  });
}

function ofSettings({ settings: before }: RuleSet, { settings: after }: RuleSet): readonly string[] {
  const same = (a: unknown, b: unknown): boolean => canonicalJson(a) === canonicalJson(b);
  const freezes = (after.freezes ?? []).filter((freeze) => !before.freezes?.some((one) => same(one, freeze)));
  const guarded = after.protected.filter((pattern) => !before.protected.some((one) => same(one, pattern)));
  const [was, is] = [before.breaker ?? defaultBreaker, after.breaker ?? defaultBreaker];
  const sooner = is.ineffective < was.ineffective || is.withinHours > was.withinHours;
  return [
    ...freezes.map(({ name }) => `settings have the freeze ${name}`),
    ...guarded.map((pattern) => `settings protect ${JSON.stringify(pattern)}`),
    ...(sooner
      ? [`settings stop a rule after ${is.ineffective} ineffective containments in ${is.withinHours} hours`]
      : []),
    ...stricter('settings have', before.limits, after.limits),
  ];
}

/**
 * What a set contains less than another, where that is no danger that waits for a person: to be told once it is live. One sentence each, without
 * a full stop; none where nothing of the other acted. Rules that are gone are not among them. Pure.
 */
export function lessContained(before: RuleSet, after: RuleSet, actions: readonly DangerAction[]): readonly string[] {
  const acting = before.rules.filter((rule) => acts(rule, before, actions));
  if (acting.length === 0) return [];
  if (after.settings.observeOnly) return ['settings have observeOnly true: every rule observes, nothing is changed'];
  const now = new Map(after.rules.map((rule) => [rule.name, rule]));
  return [
    ...ofSettings(before, after),
    ...ofExemptions(before, after, acting),
    ...acting.flatMap((was) => {
      const is = now.get(was.name);
      return is === undefined ? [] : ofRule(was, is, actions);
    }),
    ...ofShadows(before, after, actions),
  ];
}
