import type { JsonObject } from '../platform/json.ts';
import { canonicalJson } from '../platform/json.ts';
import { durationSeconds } from '../rules/duration.ts';
import { patternCovers } from '../rules/lint/covers.ts';
import { findings } from '../rules/lint/known.ts';
import { fullBudget, mayMeet } from '../rules/lint/meets.ts';
import { compiledOf } from '../rules/patterns.ts';
import {
  type Approval,
  asksFirst,
  type OnTimeout,
  type PagedOutcome,
  type Rule,
  type RuleSet,
  type Tier,
} from '../rules/rule.ts';
import { takesAnything, widened } from '../rules/widened.ts';
import { acts, changingOf, type DangerAction } from './acting.ts';
import { looser } from './dangerSettings.ts';
import { takesWorst } from './worstIn.ts';

const rank: Readonly<Record<Tier, number>> = { digest: 0, notice: 1, page: 2 };

/** What a rule says that it does not say; the loudest, so that whatever it says then is quieter or as loud. */
const unsaid: Tier = 'page';

const outcomes: readonly PagedOutcome[] = ['contained', 'degraded', 'not-contained', 'held', 'observed'];

/** What one rule was, and is; both may act or not. */
interface Edit {
  readonly was: Rule | undefined;
  readonly did: boolean;
  readonly is: Rule;
}

function ofPattern({ was, did, is }: Edit): readonly string[] {
  if (was === undefined || !did) {
    const since = was === undefined ? 'is new, enforces,' : 'did not act, enforces now,';
    return takesAnything(is.when) ? [`rule ${is.name} ${since} and takes whatever there is`] : [];
  }
  const how = widened(was.when, is.when);
  return how === null ? [] : [`rule ${is.name} enforces, and takes much more than before: ${how}`];
}

function ofPage({ was, is }: Edit): readonly string[] {
  if (canonicalJson(was?.page ?? {}) === canonicalJson(is.page) || !takesWorst(is.when)) return [];
  return outcomes.flatMap((outcome) => {
    // What is seen and left alone is not said louder by being contained.
    const [before, after] = [was?.page[outcome] ?? unsaid, is.page[outcome] ?? unsaid];
    if (rank[after] >= rank[before]) return [];
    return [`rule ${is.name} tells of the worst findings, ${outcome}, by ${after} alone, which was ${before}`];
  });
}

const ofLimits = ({ was, is }: Edit): readonly string[] =>
  looser(`rule ${is.name} enforces, and has`, was?.limits, is.limits);

/** How much is done without an answer. */
const unanswered: Readonly<Record<OnTimeout, number>> = { hold: 0, minimum: 1, proceed: 2 };

interface Terms {
  /** What is done without an answer. */
  readonly does: OnTimeout;
  /** So long it is waited for. */
  readonly seconds: number;
}

/** What is protected is asked about in any case: without an end, and then nothing is done, unless the rule says so. */
function termsOf(approval: Approval | undefined): Terms {
  const { timeout, onTimeout: does = 'hold' } = approval ?? {};
  if (timeout === undefined || does === 'hold') return { does: 'hold', seconds: Number.POSITIVE_INFINITY };
  return { does, seconds: durationSeconds(timeout) ?? 0 };
}

/** Nobody is asked any more, or more is done, or sooner, when nobody answers: of whatever it changes, or of what is protected. */
function ofApproval({ was, is }: Edit): readonly string[] {
  const asked = was !== undefined && asksFirst(was);
  if (asked && !asksFirst(is)) return [`rule ${is.name} enforces, and asks nobody any more: approval is gone`];
  const [before, after] = [termsOf(was?.approval), termsOf(is.approval)];
  const about = asked ? '' : ' about what is protected';
  if (unanswered[after.does] > unanswered[before.does])
    return [`rule ${is.name} does more when nobody answers${about}: onTimeout ${after.does}, which was ${before.does}`];
  if (after.does === 'hold' || after.seconds >= before.seconds) return [];
  const how = `onTimeout ${after.does} after ${is.approval?.timeout}, which was ${was?.approval?.timeout}`;
  return [`rule ${is.name} waits for an answer${about} for a shorter time: ${how}`];
}

/** Which parameters say something else, but for what is switched off again. */
const ofParams = (was: JsonObject, is: JsonObject): readonly string[] =>
  [...new Set([...Object.keys(was), ...Object.keys(is)])].flatMap((key) => {
    const [before, after] = [was[key], is[key]];
    const off = before === true && after !== true;
    if (canonicalJson(before ?? null) === canonicalJson(after ?? null) || off) return [];
    if (after === false && before === undefined) return [];
    return [`${key} ${JSON.stringify(after) ?? 'not said'}, which was ${JSON.stringify(before) ?? 'not said'}`];
  });

/** What a rule that enforced does beside what it did, or otherwise. */
function ofActions({ was, is }: Edit, actions: readonly DangerAction[]): readonly string[] {
  if (was?.mode !== 'enforce') return [];
  return changingOf(is, actions).flatMap(({ action, params }) => {
    const known = was.do.find((entry) => entry.action === action);
    if (known === undefined) return [`rule ${is.name} enforces, and does ${action} as well`];
    return ofParams(known.params, params).map((how) => `rule ${is.name} enforces, and does ${action} with ${how}`);
  });
}

/** The rule that a new one stands in for: one that is gone, does something of the same, and took some of the same. */
function standsFor(rule: Rule, gone: readonly Rule[]): Rule | undefined {
  const like = gone.filter(({ do: entries }) =>
    entries.some(({ action }) => rule.do.some((one) => one.action === action)),
  );
  const is = compiledOf(rule.when);
  const budget = fullBudget();
  return (
    like.find(({ when }) => canonicalJson(when) === canonicalJson(rule.when)) ??
    like.find(({ when }) => patternCovers(is, compiledOf(when), findings)) ??
    like.find(({ when }) => patternCovers(compiledOf(when), is, findings)) ??
    like.find(({ when }) => mayMeet(is, compiledOf(when), findings, budget))
  );
}

/** Each rule that is not as it was, with what it was: under its name, or, where that is new, under one that is gone. */
function editsOf(before: RuleSet, after: RuleSet, actions: readonly DangerAction[]): readonly Edit[] {
  const known = new Map(before.rules.map((rule) => [rule.name, rule]));
  const names = new Set(after.rules.map(({ name }) => name));
  const gone = before.rules.filter((rule) => !names.has(rule.name) && changingOf(rule, actions).length > 0);
  return after.rules.flatMap((is) => {
    const was = known.get(is.name) ?? standsFor(is, gone);
    const did = was !== undefined && acts(was, before, actions);
    const same = did === acts(is, after, actions) && was !== undefined && canonicalJson(was) === canonicalJson(is);
    return same ? [] : [{ was, did, is }];
  });
}

/** What the rules of another set may do that those of this one did not. Pure. */
export const ofRules = (before: RuleSet, after: RuleSet, actions: readonly DangerAction[]): readonly string[] =>
  editsOf(before, after, actions).flatMap((edit) => [
    ...(acts(edit.is, after, actions)
      ? [...ofPattern(edit), ...ofLimits(edit), ...ofApproval(edit), ...ofActions(edit, actions)]
      : []),
    ...ofPage(edit),
  ]);
