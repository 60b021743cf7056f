import type { Json } from '../../../shared/platform/json.ts';
import type { Account, Principal } from '../../account.ts';

/** One call that a Task state makes. */
export interface TaskCall {
  readonly account: Account;
  /** The machine's role: what the call is allowed is decided for it. */
  readonly principal: Extract<Principal, { kind: 'role' }>;
  readonly executionArn: string;
  /** The Task's Resource without `.waitForTaskToken`. */
  readonly resource: string;
}

/**
 * Carries out a Task's call and gives its result. Rejects with a StateFailure; anything else it rejects with is taken
 * for a fault of the sandbox and stops the run loudly.
 */
export type Integration = (args: Json, call: TaskCall) => Promise<Json>;

/** Keyed by service ARN (`arn:aws:states:::lambda:invoke`), or `lambda:function` for a function's own ARN. */
export type Integrations = { readonly [resource: string]: Integration };
