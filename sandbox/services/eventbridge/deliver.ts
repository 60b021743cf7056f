import type { Json } from '../../../shared/platform/json.ts';
import type { Account } from '../../account.ts';
import { deadLetter } from './deadLetter.ts';
import type { Due } from './queueDelivery.ts';
import type { EventsState } from './state.ts';
import { sendToTarget } from './target/send.ts';
import { inputFor } from './transform.ts';

/** EventBridge's defaults, and a backoff that spends them: 185 attempts within a day are one in eight minutes. */
const MAX_RETRIES = 185;
const MAX_AGE_SECONDS = 86_400;
const LONGEST_BACKOFF_MS = 480_000;

/** One attempt of one delivery; on failure queues the next, or gives up. */
export function deliver(account: Account, state: EventsState, args: Json): void {
  // What `queueDelivery` put into the clock comes back.
  const due = args as unknown as Due;
  const rule = state.rules.get(due.rule);
  const target = rule?.targets.find((each) => each.id === due.targetId);
  if (!rule || !target) return;
  const input = inputFor(rule, target, due.envelope, due.since);
  const failure =
    input === undefined
      ? ({ code: 'INVALID_JSON', message: 'The input template did not come out as JSON', retry: false } as const)
      : sendToTarget(account, rule.arn, target.arn, input, rule.schedule !== undefined);
  if (!failure) return;

  const delay = backoff(account, due.retries);
  const tooOld =
    account.clock.now() + delay - due.since > 1000 * (target.retryPolicy?.maximumEventAgeInSeconds ?? MAX_AGE_SECONDS);
  const tooMany = due.retries >= (target.retryPolicy?.maximumRetryAttempts ?? MAX_RETRIES);
  if (failure.retry && !tooOld && !tooMany) {
    account.clock.after(delay, 'events.deliver', { ...due, retries: due.retries + 1 });
    return;
  }
  const exhausted = failure.retry ? (tooMany ? 'MaximumRetryAttempts' : 'MaximumEventAgeInSeconds') : undefined;
  const lost = deadLetter(account, rule, target, due, failure, exhausted);
  if (lost) state.dropped.push(lost);
}

/** Doubling from one second, with a seeded jitter. */
const backoff = (account: Account, retries: number): number =>
  Math.ceil(Math.min(1000 * 2 ** retries, LONGEST_BACKOFF_MS) * (0.5 + account.random.next() / 2));
