import type { Head, PlanRef } from '../incident/items.ts';
import { worstClass } from '../plan/cause.ts';
import type { Plan } from '../plan/plan.ts';

/** An incident that joined brings its class along; an intrusion that goes on after its containment is of the worst. */
export function louder(plan: Plan, raised: Head['raisedClass'], breached: PlanRef['breached']): Plan {
  const worst = raised === null ? plan.class : worstClass([plan.class, raised]);
  return { ...plan, class: breached === null ? worst : 'A' };
}

/** What of a head it depends on whether a containment was breached. */
export interface Contained extends Pick<Head, 'containedAt' | 'lastFindingAt' | 'direction'> {
  readonly plan: Pick<PlanRef, 'activity' | 'breached'> | null;
}

/**
 * The containment after which somebody was active, though not where it holds as read again: then what is reported late lies before it.
 * Once there was, it stays a fact of the incident. Not where nobody is at work: a vulnerability that is reported again is there, as
 * before, and nobody has done anything. Nor what an earlier plan has read: that is only later than the containment by its
 * source's clock.
 */
export function breachedContainment(head: Contained, { findings }: Plan, holds: boolean): PlanRef['breached'] {
  const { containedAt, lastFindingAt, plan, direction } = head;
  const atWork = findings.some(({ finding, decision }) => decision !== 'ignore' && finding.threat !== undefined);
  if (!atWork || direction === 'undo' || containedAt === null) return null;
  const news = lastFindingAt > containedAt && lastFindingAt > (plan?.activity ?? '');
  return news && !holds ? containedAt : (plan?.breached ?? null);
}
