import { channel } from 'node:diagnostics_channel';
import type { Account, Needed, Principal } from '../account.ts';
import type { Asked } from './evaluate.ts';
import { type Grant, grantsFor } from './grants.ts';
import type { Policy } from './policy.ts';

/** What IAM decided on one permission that a call needed. */
export interface Decision {
  readonly account: Account;
  readonly principal: Principal;
  readonly needed: Needed;
  /** Why not, as AWS ends its sentence; undefined when it was allowed. */
  readonly refused: string | undefined;
  /** Every grant that was enough for it, of identity, resource and trust policies; none when it was refused. */
  readonly allowedBy: readonly Grant[];
}

// Of the process, so that nothing of an account refers to whoever looks; each decision names its account.
const decisions = channel('firebreak.sandbox.iam.decisions');

/** Listens to every decision on every account of this process, until the function that it answers with is called. */
export function onDecision(listener: (decision: Decision) => void): () => void {
  const subscriber = (message: unknown): void => listener(message as Decision);
  decisions.subscribe(subscriber);
  return () => {
    decisions.unsubscribe(subscriber);
  };
}

/** Where nobody listens, what allowed a call is not worked out. */
export function tellDecision(
  account: Account,
  asked: Asked,
  policies: readonly Policy[],
  refused: string | undefined,
): void {
  if (!decisions.hasSubscribers) return;
  const { caller: principal, action, resource } = asked;
  const allowedBy = refused === undefined ? grantsFor(policies, asked) : [];
  decisions.publish({ account, principal, needed: { action, resource }, refused, allowedBy } satisfies Decision);
}
