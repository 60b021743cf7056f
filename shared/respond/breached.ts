import { later } from '../incident/contention.ts';
import type { Head, PlanRef, StoredFinding } from '../incident/items.ts';
import { worstClass } from '../plan/cause.ts';
import type { Plan } from '../plan/plan.ts';

/** An incident that joined brings its class along; an intrusion that goes on after its containment is of the worst. */
export function louder(plan: Plan, raised: Head['raisedClass'], breached: PlanRef['breached']): Plan {
  const worst = raised === null ? plan.class : worstClass([plan.class, raised]);
  return { ...plan, class: breached === null ? worst : 'A' };
}

/** What of a head it depends on whether a containment was breached. */
export interface Contained extends Pick<Head, 'containedAt' | 'direction'> {
  readonly plan: Pick<PlanRef, 'activity' | 'breached'> | null;
}

/**
 * The latest activity of whoever is at work, ISO; null where nobody is. What the head was told of and no finding says yet is a threat's
 * until it is known to be another's.
 * @param findings those of the incident that have a say in it
 */
export function atWorkUntil(
  { lastFindingAt }: Pick<Head, 'lastFindingAt'>,
  stored: readonly StoredFinding[],
  findings: Plan['findings'],
): string | null {
  const threats = new Set(
    findings.flatMap(({ finding, decision }) =>
      decision !== 'ignore' && finding.threat !== undefined ? [finding.id] : [],
    ),
  );
  if (threats.size === 0) return null;
  const known = stored.map(({ activity }) => activity).reduce(later, '');
  if (lastFindingAt > known) return lastFindingAt;
  return stored.flatMap(({ id, activity }) => (threats.has(id) ? [activity] : [])).reduce(later, '');
}

/**
 * The containment after which somebody was active, though not where it holds as read again: then what is reported late lies before it.
 * Once there was, it stays a fact of the incident. Not where nobody is at work, `atWork` null: a vulnerability that is found later or
 * reported again is there, and nobody has done anything. Nor what an earlier plan has read: that is only later than the containment by
 * its source's clock.
 */
export function breachedContainment(head: Contained, atWork: string | null, holds: boolean): PlanRef['breached'] {
  const { containedAt, plan, direction } = head;
  if (atWork === null || direction === 'undo' || containedAt === null) return null;
  const news = atWork > containedAt && atWork > (plan?.activity ?? '');
  return news && !holds ? containedAt : (plan?.breached ?? null);
}
