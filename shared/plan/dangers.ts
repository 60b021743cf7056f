import type { Action } from '../actions/contract.ts';
import type { Branch } from '../rules/pattern/compile.ts';
import type { Scalar } from '../rules/pattern/condition.ts';
import { compiledOf } from '../rules/patterns.ts';
import type { Exemption, PagedOutcome, Rule, RuleLimits, RuleSet, Tier } from '../rules/rule.ts';
import { takesAnything, widened } from '../rules/widened.ts';
import { typesOfClassA } from './threatTypes.ts';

/** What of an action says whether a rule that names it can do harm. */
export type DangerAction = Pick<Action, 'name' | 'facts'>;

const rank: Readonly<Record<Tier, number>> = { digest: 0, notice: 1, page: 2 };

/** What a rule says that it does not say; the loudest, so that whatever it says then is quieter or as loud. */
const unsaid: Tier = 'page';

const outcomes: readonly PagedOutcome[] = ['contained', 'degraded', 'not-contained', 'held', 'observed'];

function changesSomething(rule: Rule, actions: readonly DangerAction[]): boolean {
  const asked = new Set(rule.do.map(({ action }) => action));
  return rule.mode === 'enforce' && actions.some(({ name, facts }) => facts.changes && asked.has(name));
}

const mayBe = (branch: Branch, field: string, values: readonly Scalar[]): boolean => {
  const asked = branch.find(({ steps }) => steps.join('.') === field);
  if (asked === undefined) return true;
  return values.some((value) => asked.conditions.some((one) => one.kind === 'value' && one.accepts(value)));
};

/** Whether a rule can take a finding of the worst class. */
const takesClassA = ({ when }: Pick<Rule | Exemption, 'when'>): boolean =>
  compiledOf(when).branches.some(
    (branch) => mayBe(branch, 'source', ['guardduty']) && mayBe(branch, 'type', typesOfClassA),
  );

function ofPattern(before: Rule | undefined, after: Rule): readonly string[] {
  if (before === undefined) {
    return takesAnything(after.when) ? [`rule ${after.name} is new, enforces, and takes whatever there is`] : [];
  }
  const how = widened(before.when, after.when);
  return how === null ? [] : [`rule ${after.name} enforces, and takes much more than before: ${how}`];
}

function ofPage(before: Rule | undefined, after: Rule): readonly string[] {
  if (!takesClassA(after)) return [];
  return outcomes.flatMap((outcome) => {
    // What is seen and left alone is not said louder by being contained.
    const [was, is] = [before?.page[outcome] ?? unsaid, after.page[outcome] ?? unsaid];
    if (rank[is] >= rank[was]) return [];
    return [`rule ${after.name} tells of the worst findings, ${outcome}, by ${is} alone, which was ${was}`];
  });
}

/** A limit that is gone or looser, of a rule or of all of them. What must stay healthy is looser where it is less. */
function looser(whose: string, before: RuleLimits | undefined, after: RuleLimits | undefined): readonly string[] {
  return Object.entries(before ?? {}).flatMap(([name, was]) => {
    const is = after?.[name as keyof RuleLimits];
    const holds = name === 'minHealthyPercent' ? (is ?? 0) >= was : is !== undefined && is <= was;
    const now = is === undefined ? `no limit ${name} any more` : `${name} ${is}`;
    return holds ? [] : [`${whose} ${now}, which was ${was}`];
  });
}

const ofLimits = (before: Rule | undefined, after: Rule): readonly string[] =>
  looser(`rule ${after.name} enforces, and has`, before?.limits, after.limits);

const ofApproval = (before: Rule | undefined, after: Rule): readonly string[] =>
  before?.approval !== undefined && after.approval === undefined
    ? [`rule ${after.name} enforces, and asks nobody any more: approval is gone`]
    : [];

function ofRules(before: RuleSet, after: RuleSet, actions: readonly DangerAction[]): readonly string[] {
  return after.rules.flatMap((rule) => {
    const was = before.rules.find(({ name }) => name === rule.name);
    const acts = changesSomething(rule, actions)
      ? [...ofPattern(was, rule), ...ofLimits(was, rule), ...ofApproval(was, rule)]
      : [];
    return [...acts, ...ofPage(was, rule)];
  });
}

const sameText = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

function ofExemption(before: RuleSet, exemption: Exemption): readonly string[] {
  const { name, when, scope } = exemption;
  if (before.exemptions.some((one) => sameText([one.when, one.scope], [when, scope]))) return [];
  return [
    ...(takesAnything(when) ? [`exemption ${name} takes out whatever there is`] : []),
    ...(scope === 'paging' && takesClassA(exemption)
      ? [`exemption ${name} lets nobody be woken by the worst findings`]
      : []),
  ];
}

/** Protection is a promise to a team: that it is gone is seen by somebody. */
const ofSettings = ({ settings: before }: RuleSet, { settings: after }: RuleSet): readonly string[] => [
  ...before.protected
    .filter((pattern) => !after.protected.some((one) => sameText(one, pattern)))
    .map((pattern) => `settings protect less: ${JSON.stringify(pattern)} is not protected any more`),
  ...looser('settings have', before.limits, after.limits),
];

/**
 * What a change of the rules makes possible that a person should have seen before it is live. One sentence each, without a full stop;
 * none: it may be published. Pure.
 */
export const dangersOf = (before: RuleSet, after: RuleSet, actions: readonly DangerAction[]): readonly string[] => [
  ...ofSettings(before, after),
  ...ofRules(before, after, actions),
  ...after.exemptions.flatMap((exemption) => ofExemption(before, exemption)),
];
