import type { Json } from '../../../shared/platform/json.ts';
import { type Account, AwsError, slice } from '../../account.ts';
import { sendToQueue } from '../sqs/send.ts';
import { reservedBy } from './concurrency.ts';
import { type InvocationResult, invokeFunction } from './invoke.ts';
import { functionNamed, functionNameOf } from './state.ts';

/** A timed event to queue when an asynchronous event is given up; gets `{payload, requestId, errorType, errorMessage}` too. */
export interface OnFail {
  readonly kind: string;
  readonly args: { readonly [name: string]: Json };
}

interface Attempt {
  readonly arn: string;
  readonly payload: Json;
  readonly requestId: string;
  /** Attempts that the function has failed. */
  readonly failed: number;
  /** Attempts that found no concurrency left. */
  readonly throttled: number;
  readonly acceptedAt: number;
  readonly onFail: { readonly kind: string; readonly args: { readonly [name: string]: Json } } | null;
}

const ATTEMPT = 'lambda.asyncAttempt';

// Lambda developer guide, "Asynchronous invocation": two retries, after one and two minutes; throttled events are tried for
// up to six hours, at intervals that grow from one second to five minutes; with a reserved concurrency of zero, they are given up at once.
const RETRY_DELAYS_MS = [60_000, 120_000];
const LONGEST_AGE_MS = 6 * 3_600_000;
const LONGEST_INTERVAL_MS = 300_000;

const queueOf = slice('lambda.async', (account) => {
  // What was queued under this name, and no other, comes back.
  account.clock.on(ATTEMPT, (args) => attempt(account, args as unknown as Attempt));
  return {};
});

/**
 * Accepts an event for a function, as EventBridge and SNS hand them over, and answers with its request id.
 * Failed attempts are retried twice; then the event goes to the function's dead-letter queue, and `onFail` is queued.
 * Throws AwsError ResourceNotFoundException.
 */
export function invokeAsync(account: Account, nameOrArn: string, payload: Json, onFail?: OnFail): string {
  const { arn } = functionNamed(account, nameOrArn).settings;
  const requestId = account.random.uuid();
  const acceptedAt = account.clock.now();
  again(account, 0, { arn, payload, requestId, failed: 0, throttled: 0, acceptedAt, onFail: onFail ?? null });
  return requestId;
}

function again(account: Account, delayMs: number, next: Attempt): void {
  queueOf(account);
  account.clock.after(delayMs, ATTEMPT, { ...next });
}

async function attempt(account: Account, now: Attempt): Promise<void> {
  let result: InvocationResult;
  try {
    result = await invokeFunction(account, now.arn, now.payload, now.requestId);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    const failure = { ok: false, errorType: error.code, errorMessage: error.message, trace: [] } as const;
    const delay = Math.min(LONGEST_INTERVAL_MS, 1000 * 2 ** now.throttled);
    const isStopped = reservedBy(account, functionNameOf(now.arn)) === 0;
    const tooOld = account.clock.now() + delay - now.acceptedAt > LONGEST_AGE_MS;
    if (error.code !== 'TooManyRequestsException' || tooOld || isStopped) giveUp(account, now, failure);
    else again(account, delay, { ...now, throttled: now.throttled + 1 });
    return;
  }
  if (result.ok) return;
  const delay = RETRY_DELAYS_MS[now.failed];
  if (delay === undefined) giveUp(account, now, result);
  else again(account, delay, { ...now, failed: now.failed + 1 });
}

function giveUp(account: Account, last: Attempt, failure: Extract<InvocationResult, { ok: false }>): void {
  const { requestId, payload, onFail } = last;
  const { errorType, errorMessage } = failure;
  const { deadLetterArn } = functionNamed(account, last.arn).settings;
  if (deadLetterArn !== undefined) {
    sendToQueue(account, deadLetterArn, JSON.stringify(payload), {
      RequestID: { DataType: 'String', StringValue: requestId },
      ErrorCode: { DataType: 'Number', StringValue: '200' },
      ErrorMessage: { DataType: 'String', StringValue: errorMessage.slice(0, 1024) },
    });
  }
  if (onFail) account.clock.after(0, onFail.kind, { ...onFail.args, payload, requestId, errorType, errorMessage });
}
