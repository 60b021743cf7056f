import type { Finding } from '../finding/finding.ts';
import type { Cause, FindingClass, Matched } from './plan.ts';

/** The first that holds: an image that is bad says more than an intrusion, and that more than not knowing. */
const causesInOrder: readonly Cause[] = ['image', 'intrusion', 'unknown'];
const classesInOrder: readonly FindingClass[] = ['A', 'B', 'C'];

/**
 * What a finding of each source says about the cause, and how bad its kind is. A source that is added must say both.
 * A vulnerability is a weakness: nobody put it there, nobody is known to have used it.
 */
const says: Readonly<Record<Finding['source'], { readonly cause: Cause; readonly class: FindingClass }>> = {
  ecr: { cause: 'unknown', class: 'C' },
  inspector: { cause: 'unknown', class: 'C' },
};

/** The strongest of several causes; null when there is none. */
export const firstCause = (causes: readonly Cause[]): Cause | null =>
  causesInOrder.find((cause) => causes.includes(cause)) ?? null;

/** The worst of several classes; C when there is none. */
export const worstClass = (classes: readonly FindingClass[]): FindingClass =>
  classesInOrder.find((one) => classes.includes(one)) ?? 'C';

/** The cause of an incident, from the findings that a rule took; null when none did: nothing is decided. */
export const causeOf = (matched: readonly Matched[]): Cause | null =>
  firstCause(matched.filter(({ decision }) => decision === 'rule').map(({ finding }) => says[finding.source].cause));

/** The class of an incident, from all findings that are not ignored. */
export const classOf = (matched: readonly Matched[]): FindingClass =>
  worstClass(matched.filter(({ decision }) => decision !== 'ignore').map(({ finding }) => says[finding.source].class));
