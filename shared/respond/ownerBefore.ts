import type { Head } from '../incident/items.ts';
import { isKnownOwner } from '../plan/owner.ts';
import type { Plan } from '../plan/plan.ts';
import type { Effects } from './effects.ts';

/**
 * A plan that lifts what stands is its whose the containment was: it was asked then in more places than what was stored of each target
 * can say, and the tags may be others by now.
 */
export async function withOwnerBefore(
  { bodies }: Pick<Effects, 'bodies'>,
  { plan }: Pick<Head, 'plan'>,
  back: Plan,
): Promise<Plan> {
  if (plan === null) return back;
  const { owner } = JSON.parse(await bodies.get(plan.hash)) as Plan;
  return isKnownOwner(owner) ? { ...back, owner } : back;
}
