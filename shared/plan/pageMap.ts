import type { PagedOutcome, Rule, Tier } from '../rules/rule.ts';
import { defaultTier, higherTier } from './defaultTier.ts';
import type { FindingClass, Plan } from './plan.ts';

const outcomes: readonly PagedOutcome[] = ['contained', 'degraded', 'not-contained', 'held', 'observed'];

/** What a plan is about. */
interface About {
  readonly kind: FindingClass;
  readonly openRoles?: boolean;
  /** Nobody is inside: all that it does is to fix something. */
  readonly isFix?: boolean;
}

/** What several rules say instead of the default tier: for each outcome the higher; a rule that is silent says the default. */
export function mergePage(rules: readonly Rule[], { kind, openRoles = false, isFix = false }: About): Plan['page'] {
  // A fix that is held can wait for whoever is at work.
  const usual = (outcome: PagedOutcome): Tier =>
    isFix && outcome === 'held' && kind === 'C' ? 'notice' : defaultTier(outcome, kind, openRoles);
  const said = outcomes.flatMap((outcome): readonly (readonly [PagedOutcome, Tier])[] => {
    const tiers = rules.map((rule) => rule.page[outcome]);
    if (tiers.every((tier) => tier === undefined))
      return usual(outcome) === defaultTier(outcome, kind, openRoles) ? [] : [[outcome, usual(outcome)]];
    const all = tiers.map((tier) => tier ?? usual(outcome));
    return [[outcome, all.reduce(higherTier)]];
  });
  return Object.fromEntries(said);
}
