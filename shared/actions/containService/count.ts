import { clamped, type Scaling, scales } from '../../account/scalableTarget.ts';
import type { Chosen, Observed } from './types.ts';

/** What the count was before, as far as it is compared. */
export type Before = Pick<Observed, 'count' | 'desired' | 'scaling'>;

/**
 * The desired count as a field to be compared. Where autoscaling sets it, no number says anything; nor does the one that autoscaling had set
 * when it was suspended: of a step that was refused its next call, nobody has changed the count.
 */
export function countOf(desired: number, scaling: Scaling | null, before: Before | null): Observed['count'] {
  if (scales(scaling)) return 'autoscaled';
  const asBefore = before?.count === 'autoscaled' && desired === clamped(before.desired, before.scaling);
  return asBefore ? 'autoscaled' : desired;
}

/** Whether it still wants as few tasks as it was held at while the accused ones were stopped. Autoscaling may want so few by itself. */
export const isHeld = (
  chosen: Chosen,
  desired: number,
  scaling: Scaling | null,
  { count, scheduling }: Pick<Observed, 'count' | 'scheduling'>,
): boolean =>
  chosen.how === 'rollback' &&
  scheduling !== 'DAEMON' &&
  count !== 'autoscaled' &&
  desired === chosen.heldCount &&
  desired < clamped(chosen.fullCount, scaling);
