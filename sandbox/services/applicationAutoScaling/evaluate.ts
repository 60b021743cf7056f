import type { Account } from '../../account.ts';
import { currentCount, scaleTo, within } from './scale.ts';
import type { ScalingState, StoredPolicy, StoredTarget } from './state.ts';

export const EVALUATE = 'autoscaling.evaluate';
const MINUTE = 60_000;

/** Queues the next evaluation: once a minute, when the minute is full. */
export function evaluateNext(account: Account): void {
  account.clock.after(MINUTE - (account.clock.now() % MINUTE), EVALUATE, null, { background: true });
}

/** Brings each service to the count that its policy asks for, within the bounds of its target. */
export function evaluateAll(account: Account, state: ScalingState): void {
  for (const policy of state.policies) {
    const target = state.targets.get(policy.resourceId);
    if (target !== undefined) evaluate(account, state, target, policy);
  }
}

/** A suspended direction does nothing at all: a count outside the bounds stays there, too. */
function evaluate(account: Account, state: ScalingState, target: StoredTarget, policy: StoredPolicy): void {
  const { name, askedCount, alarms } = policy;
  const current = currentCount(account, target.resourceId);
  if (current === undefined) return;
  const wanted = within(target, askedCount);
  if (wanted === current) return;
  const { DynamicScalingInSuspended, DynamicScalingOutSuspended } = target.suspended;
  const isOut = wanted > current;
  if (isOut ? DynamicScalingOutSuspended : DynamicScalingInSuspended) return;
  const cause = `monitor alarm ${isOut ? alarms.high : alarms.low} in state ALARM triggered policy ${name}`;
  scaleTo(account, state, target.resourceId, wanted, cause);
}
