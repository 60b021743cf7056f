import type { ScalingActivity } from '@aws-sdk/client-application-auto-scaling';
import { type Account, slice } from '../../account.ts';
import { EVALUATE, evaluateAll, evaluateNext } from './evaluate.ts';
import { runScheduled, SCHEDULED } from './scheduled.ts';

/** Three switches, each off unless it was set. */
export interface Suspended {
  readonly DynamicScalingInSuspended: boolean;
  readonly DynamicScalingOutSuspended: boolean;
  readonly ScheduledScalingSuspended: boolean;
}

/** The bounds within which an ECS service is scaled. */
export interface StoredTarget {
  /** `service/CLUSTER/SERVICE` */
  readonly resourceId: string;
  readonly arn: string;
  readonly createdAt: number;
  readonly minCapacity: number;
  readonly maxCapacity: number;
  readonly suspended: Suspended;
}

/** A target-tracking policy. There are no metrics behind it: the account file says what they would ask for. */
export interface StoredPolicy {
  readonly name: string;
  readonly arn: string;
  readonly resourceId: string;
  readonly createdAt: number;
  /** How many tasks would bring the metric to its target value. */
  readonly askedCount: number;
  readonly alarms: { readonly high: string; readonly low: string };
}

/** Sets other bounds at its times, and so the count. */
export interface StoredAction {
  readonly name: string;
  readonly arn: string;
  readonly resourceId: string;
  /** `rate(…)` or `cron(…)` */
  readonly schedule: string;
  readonly createdAt: number;
  readonly minCapacity: number;
  readonly maxCapacity: number;
}

export interface ScalingState {
  readonly targets: Map<string, StoredTarget>;
  readonly policies: StoredPolicy[];
  readonly actions: StoredAction[];
  /** Oldest first. */
  readonly activities: ScalingActivity[];
}

/** Policies and schedules are upkeep that nobody waits for. */
export const scalingState = slice('applicationAutoScaling', (account: Account): ScalingState => {
  const state: ScalingState = { targets: new Map(), policies: [], actions: [], activities: [] };
  account.clock.on(EVALUATE, () => {
    evaluateNext(account);
    evaluateAll(account, state);
  });
  account.clock.on(SCHEDULED, (args) => runScheduled(account, state, args));
  return state;
});
