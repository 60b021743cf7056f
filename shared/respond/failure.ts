import { namedFailure } from '../account/awsFailure.ts';
import { ActionFailed, TargetGone, Throttled } from '../platform/errors.ts';

/** What an error of an action, or of opening its session, means for the step. */
export type Failure =
  | { readonly kind: 'gone' }
  | { readonly kind: 'failed'; readonly why: string; readonly cause: unknown };

/** So often at the least is Decide or Act called again after Throttled: the state machine's Retry, which a test compares. */
export const retriesOfThrottled = 5;

/** Whether the state machine, which has called this state again so often, may not do so once more. */
export const isLastTry = (retries: number): boolean => retries >= retriesOfThrottled;

/**
 * Names what went wrong; throws Throttled, which is retried, unless it is the last try. The text of an error that is not ours
 * stays out of what people read: it may hold names from outside.
 */
export function failureOfStep(error: unknown, doing: string, lastTry = false): Failure {
  const named = namedFailure(error, doing);
  if (named instanceof Throttled && !lastTry) throw named;
  if (named instanceof TargetGone) return { kind: 'gone' };
  if (named instanceof ActionFailed || named instanceof Throttled)
    return { kind: 'failed', why: named.message, cause: named };
  const name = named instanceof Error ? named.name : 'an unknown error';
  return { kind: 'failed', why: `${doing}: Firebreak failed (${name})`, cause: named };
}
