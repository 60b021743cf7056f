import { type Account, type AwsError, slice } from '../account.ts';

/** A call that is about to be let through. */
export interface Asked {
  readonly service: string;
  /**
   * As the API names it. Beside those of the door: `lambda:Run`, a function's code is about to run; `lambda:Invoke` and `sns:Publish` of
   * a state machine; `sqs:ReceiveMessage` and `sqs:DeleteMessage` of Lambda's poller; `events:Deliver`, an event on its way to a target.
   */
  readonly operation: string;
  /** The function that sent it; undefined for one from outside, or of a service. */
  readonly functionName: string | undefined;
  /** ARN of what it is done to, as IAM is asked; `*` where AWS does not scope the operation. */
  readonly target: string;
  /** Which request of its invocation it is, from 1; 0 for others. */
  readonly nth: number;
  /** Which invocation of that function, from 1; 0 for others. */
  readonly invocation: number;
}

/**
 * crash-before: the caller's worker dies and the call never arrives. crash-after: the call takes effect, then the worker dies without
 * having seen the answer. hang: the call has no effect and is never answered; its worker goes on waiting. Of a `lambda:Run`: the function
 * dies before its first call, or after its last one. lost-before, lost-after: the connection breaks before, or after, the call took effect.
 * denied: IAM refuses. slow: the answer comes so much later. stale: reads of this service do not see this change for so long. An AwsError is
 * answered in place of the call. Only requests of workers crash and hang.
 */
export type Fault =
  | 'crash-before'
  | 'crash-after'
  | 'hang'
  | 'lost-before'
  | 'lost-after'
  | 'denied'
  | { readonly kind: 'slow' | 'stale'; readonly ms: number }
  | AwsError;

export type FaultRule = (asked: Asked) => Fault | undefined;

/** The account's faults, asked in order for each call; the first that has one decides. Push and remove freely. */
export const faults = slice('faults', (): FaultRule[] => []);

export function faultFor(account: Account, asked: Asked): Fault | undefined {
  for (const rule of faults(account)) {
    const fault = rule(asked);
    if (fault) return fault;
  }
  return undefined;
}
