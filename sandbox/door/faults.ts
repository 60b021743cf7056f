import { type Account, type AwsError, slice } from '../account.ts';

/** A request that is about to be let through. */
export interface Asked {
  readonly service: string;
  readonly operation: string;
  /** The function that sent it; undefined for one from outside. */
  readonly functionName: string | undefined;
  /** Which request of its invocation it is, from 1; 0 from outside. */
  readonly nth: number;
  /** Which invocation of that function, from 1; 0 from outside. */
  readonly invocation: number;
}

/**
 * crash-before: the caller's worker dies and the call never arrives. crash-after: the call takes effect, then the worker
 * dies without having seen the answer. hang: the call has no effect and is never answered; its worker goes on waiting. An
 * AwsError is answered in place of the call. Only requests of workers crash and hang.
 */
export type Fault = 'crash-before' | 'crash-after' | 'hang' | AwsError;

export type FaultRule = (asked: Asked) => Fault | undefined;

/** The account's faults, asked in order for each request; the first that has one decides. Push and remove freely. */
export const faults = slice('faults', (): FaultRule[] => []);

export function faultFor(account: Account, asked: Asked): Fault | undefined {
  for (const rule of faults(account)) {
    const fault = rule(asked);
    if (fault) return fault;
  }
  return undefined;
}
