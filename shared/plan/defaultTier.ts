import type { PagedOutcome, Tier } from '../rules/rule.ts';
import type { FindingClass } from './plan.ts';

const tiers: readonly Tier[] = ['digest', 'notice', 'page'];

export const higherTier = (a: Tier, b: Tier): Tier => (tiers.indexOf(a) > tiers.indexOf(b) ? a : b);

/** Not contained and held (unsure, a person wanted): somebody must come. Degraded can wait for the morning. */
const ofOutcome: Readonly<Record<PagedOutcome, Tier>> = {
  contained: 'digest',
  degraded: 'notice',
  'not-contained': 'page',
  held: 'page',
  observed: 'digest',
};

/**
 * Class B is a notice once it is contained with its credentials dealt with, and a page until then; a step that failed
 * may be the one that deals with them.
 */
const ofClass = (kind: FindingClass, outcome: PagedOutcome, openRoles: boolean): Tier => {
  if (kind === 'A') return 'page';
  if (kind === 'B') return outcome === 'contained' && !openRoles ? 'notice' : 'page';
  return 'digest';
};

/**
 * The higher of outcome and class, before any rule has its say.
 * @param openRoles whether somebody may still have credentials of the workload
 */
export const defaultTier = (outcome: PagedOutcome, kind: FindingClass, openRoles = false): Tier =>
  higherTier(ofOutcome[outcome], ofClass(kind, outcome, openRoles));
