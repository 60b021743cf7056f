import type { PagedOutcome, Rule, Tier } from '../rules/rule.ts';
import { defaultTier, higherTier } from './defaultTier.ts';
import type { FindingClass, Plan } from './plan.ts';

const outcomes: readonly PagedOutcome[] = ['contained', 'degraded', 'not-contained', 'held', 'observed'];

/** What several rules say instead of the default tier: for each outcome the higher; a rule that is silent says the default. */
export function mergePage(rules: readonly Rule[], kind: FindingClass, openRoles = false): Plan['page'] {
  const said = outcomes.flatMap((outcome): readonly (readonly [PagedOutcome, Tier])[] => {
    const tiers = rules.map((rule) => rule.page[outcome]);
    if (tiers.every((tier) => tier === undefined)) return [];
    const all = tiers.map((tier) => tier ?? defaultTier(outcome, kind, openRoles));
    return [[outcome, all.reduce(higherTier)]];
  });
  return Object.fromEntries(said);
}
