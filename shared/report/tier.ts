import type { Outcome } from '../incident/items.ts';
import { defaultTier, higherTier } from '../plan/defaultTier.ts';
import type { Plan } from '../plan/plan.ts';
import type { PagedOutcome, Tier } from '../rules/rule.ts';
import { calm, type Situation } from './situation.ts';

const paged: Readonly<Record<Outcome, PagedOutcome | null>> = {
  contained: 'contained',
  degraded: 'degraded',
  'not-contained': 'not-contained',
  held: 'held',
  observed: 'observed',
  joined: null,
  undone: null,
  released: null,
  ignored: null,
};

/**
 * Who hears of it, and when: the higher of outcome and class, then what the rules say instead. For class A a rule may
 * only raise it. What was told as down and is up again is no second page, whatever else was told then. What wants a person (a decision, a
 * clean version that does not come up, what is pushed again and again) wakes one whatever the rules say; what a person has decided, and what only waits for a
 * limit or a window, wakes nobody about a vulnerability; that an undo is held to wakes nobody until there is something new. Undone and
 * released are for the morning; joined is told by the incident that was joined, or in its own turn, and ignored leaves a record.
 */
export function tierOf(
  outcome: Outcome,
  plan: Pick<Plan, 'class' | 'page' | 'openRoles' | 'left'>,
  situation: Situation = calm,
): Tier | 'none' {
  const { keepsTurn, loses } = situation;
  const tier = withoutTurn(outcome, plan, situation);
  // Others stand still until somebody has looked at it, though the target is gone and no step failed; and what is lost is lost for good.
  return (keepsTurn || loses) && tier === 'digest' ? 'notice' : tier;
}

function withoutTurn(
  outcome: Outcome,
  plan: Pick<Plan, 'class' | 'page' | 'openRoles' | 'left'>,
  { wanted, down, decided, nothingNew, rejected, comesBack, upAgain, passes, fixes }: Situation,
): Tier | 'none' {
  const known = paged[outcome];
  if (known === null) return outcome === 'undone' || outcome === 'released' ? 'notice' : 'none';
  // Whoever said no has just been asked, and whoever had it put back has just been told until when that holds.
  if (upAgain || rejected || nothingNew) return 'notice';
  // Of an undo: it stays contained as others need it, and whoever asked waits for the answer.
  if (plan.left === true) return 'notice';
  if (wanted && fixes) return plan.page.held ?? 'notice';
  if (wanted || down || comesBack) return 'page';
  const usual =
    (decided || (passes && known === 'held')) && plan.class === 'C'
      ? 'notice'
      : defaultTier(known, plan.class, plan.openRoles.length > 0);
  const instead = plan.page[known];
  if (instead === undefined) return usual;
  return plan.class === 'A' ? higherTier(usual, instead) : instead;
}

/**
 * What would wake somebody is a notice while all that it tells of is exempted from paging. Not once the exemption is over, nor what
 * goes wrong: what is not contained, what did not hold, and what wants a person wakes one whoever is exempted.
 */
export function unlessQuiet(
  tier: Tier | 'none',
  outcome: Outcome,
  { quiet }: Pick<Plan, 'quiet'>,
  { breached, wanted, down, comesBack }: Situation,
  now: Date,
): Tier | 'none' {
  if (tier !== 'page' || quiet === undefined) return tier;
  const isOver = Date.parse(quiet.until) <= now.getTime();
  return isOver || outcome === 'not-contained' || breached || wanted || down || comesBack ? 'page' : 'notice';
}
