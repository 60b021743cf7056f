import type { RuleSet } from '../rules/rule.ts';
import type { DangerAction } from './acting.ts';
import { lessContained } from './containsLess.ts';
import { ofExemptions } from './dangerExemptions.ts';
import { ofRules } from './dangerRules.ts';
import { ofSettings } from './dangerSettings.ts';
import { ofWorst } from './dangerWorst.ts';

export type { DangerAction } from './acting.ts';

/** Everything is stopped by one edit: that never waits. */
const stopsAll = (before: RuleSet, after: RuleSet): boolean =>
  after.settings.observeOnly && !before.settings.observeOnly;

function allDangers(before: RuleSet, after: RuleSet, actions: readonly DangerAction[], now: Date): readonly string[] {
  const exempted = ofExemptions(before, after, now);
  const said = (sentence: string): boolean =>
    exempted.some((one) => sentence.endsWith(`: by ${one.split(' ').slice(0, 2).join(' ')}`));
  return [
    ...exempted,
    ...ofSettings(before, after, actions, now),
    ...ofWorst(before, after, actions, now).filter((sentence) => !said(sentence)),
    ...ofRules(before, after, actions),
  ];
}

/**
 * What a change of the rules makes possible, or stops, that a person should have seen before it is live. One sentence each, without a full
 * stop, what concerns most findings first; none: it may be published. A set that stops all changes (`observeOnly`) is never kept waiting. Pure;
 * `now` decides which exemptions are in force and what a freeze covers.
 */
export const dangersOf = (
  before: RuleSet,
  after: RuleSet,
  actions: readonly DangerAction[],
  now: Date,
): readonly string[] => (stopsAll(before, after) ? [] : allDangers(before, after, actions, now));

/**
 * What an edit that does not wait makes the set contain less, for a notice: that changes are stopped altogether, with whatever else the same edit
 * did that would have waited; else each rule, exemption and setting. One sentence each, without a full stop. Pure.
 */
export const lessOf = (
  before: RuleSet,
  after: RuleSet,
  actions: readonly DangerAction[],
  now: Date,
): readonly string[] => [
  ...lessContained(before, after, actions),
  ...(stopsAll(before, after)
    ? allDangers(before, after, actions, now).map((sentence) => `not waited for, because all changes stop: ${sentence}`)
    : []),
];
