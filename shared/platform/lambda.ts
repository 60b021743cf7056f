import middy, { type MiddlewareObj } from '@middy/core';
import type { Log } from './log.ts';

/** What our handlers use of Lambda's context. */
export interface Invocation {
  readonly awsRequestId: string;
  getRemainingTimeInMillis(): number;
}

const field = (error: unknown, name: string): unknown =>
  error !== null && typeof error === 'object' ? (error as { readonly [key: string]: unknown })[name] : undefined;

/**
 * One line per failed call, with the error's name, its evidence and its cause; the error itself goes on unchanged,
 * because Step Functions decides by its name.
 */
const failureLog = (log: Log): MiddlewareObj => ({
  onError: ({ error, context }) => {
    const invocation = context as unknown as Invocation;
    log.error('call failed', {
      error: field(error, 'name'),
      reason: field(error, 'message'),
      evidence: field(error, 'evidence'),
      causeName: field(field(error, 'cause'), 'name'),
      cause: field(field(error, 'cause'), 'message'),
      request: invocation.awsRequestId,
    });
  },
});

/** A Lambda handler around a function of ours: the only thing that knows middy. */
export function lambdaHandler<Event, Result>(
  log: Log,
  handle: (event: Event, invocation: Invocation) => Promise<Result>,
): (event: Event, context: Invocation) => Promise<Result> {
  const stack = middy(handle as never).use(failureLog(log));
  return stack as unknown as (event: Event, context: Invocation) => Promise<Result>;
}
