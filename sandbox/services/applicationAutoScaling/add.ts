import type { Account } from '../../account.ts';
import { evaluateNext } from './evaluate.ts';
import { scheduleNext } from './scheduled.ts';
import { type StoredAction, type StoredTarget, type Suspended, scalingState } from './state.ts';

const notSuspended: Suspended = {
  DynamicScalingInSuspended: false,
  DynamicScalingOutSuspended: false,
  ScheduledScalingSuspended: false,
};

/** Adds a scalable target; the current count stays as it is until something pulls it into the bounds. */
export function addTarget(
  account: Account,
  resourceId: string,
  minCapacity: number,
  maxCapacity: number,
): StoredTarget {
  const target: StoredTarget = {
    resourceId,
    arn: targetArn(account, account.random.hex(36)),
    createdAt: account.clock.now(),
    minCapacity,
    maxCapacity,
    suspended: notSuspended,
  };
  scalingState(account).targets.set(resourceId, target);
  return target;
}

export const targetArn = (account: Account, id: string): string =>
  `arn:aws:application-autoscaling:${account.region}:${account.id}:scalable-target/${id}`;

/** Adds a target-tracking policy to a scalable target, and begins to evaluate it. */
export function addPolicy(account: Account, resourceId: string, askedCount: number): void {
  const { policies } = scalingState(account);
  const name = `${resourceId.split('/').at(-1)}-cpu`;
  const own = `scalingPolicy:${account.random.uuid()}:resource/ecs/${resourceId}:policyName/${name}`;
  if (policies.length === 0) evaluateNext(account);
  policies.push({
    name,
    arn: `arn:aws:autoscaling:${account.region}:${account.id}:${own}`,
    resourceId,
    createdAt: account.clock.now(),
    askedCount,
    alarms: {
      high: `TargetTracking-${resourceId}-AlarmHigh-${account.random.uuid()}`,
      low: `TargetTracking-${resourceId}-AlarmLow-${account.random.uuid()}`,
    },
  });
}

type Scheduled = Pick<StoredAction, 'name' | 'schedule' | 'minCapacity' | 'maxCapacity'>;

/** Adds a scheduled action to a scalable target. Throws AwsError ValidationException for a schedule that cannot be read. */
export function addScheduledAction(account: Account, resourceId: string, given: Scheduled): void {
  const own = `scheduledAction:${account.random.uuid()}:resource/ecs/${resourceId}:scheduledActionName/${given.name}`;
  const action: StoredAction = {
    ...given,
    arn: `arn:aws:autoscaling:${account.region}:${account.id}:${own}`,
    resourceId,
    createdAt: account.clock.now(),
  };
  scalingState(account).actions.push(action);
  scheduleNext(account, action);
}
