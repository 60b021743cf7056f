import { namedFailure } from '../account/awsFailure.ts';
import { ActionFailed, TargetGone, Throttled } from '../platform/errors.ts';

/** What an error of an action, or of opening its session, means for the step. */
export type Failure =
  | { readonly kind: 'gone' }
  | { readonly kind: 'failed'; readonly why: string; readonly cause: unknown };

/**
 * Throws Throttled, which is retried; names everything else. The text of an error that is not ours stays out of what people read:
 * it may hold names from outside.
 */
export function failureOfStep(error: unknown, doing: string): Failure {
  const named = namedFailure(error, doing);
  if (named instanceof Throttled) throw named;
  if (named instanceof TargetGone) return { kind: 'gone' };
  if (named instanceof ActionFailed) return { kind: 'failed', why: named.message, cause: named };
  const name = named instanceof Error ? named.name : 'an unknown error';
  return { kind: 'failed', why: `${doing}: Firebreak failed (${name})`, cause: named };
}
