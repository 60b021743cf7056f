import type { Json } from '../../../shared/platform/json.ts';
import type { Account } from '../../account.ts';
import { parseSchedule } from '../eventbridge/schedule/schedule.ts';
import { pullInto, record } from './scale.ts';
import type { ScalingState, StoredAction } from './state.ts';

export const SCHEDULED = 'autoscaling.scheduled';

/** Queues the action's next time. Throws AwsError ValidationException for a schedule that cannot be read. */
export function scheduleNext(account: Account, { schedule, arn }: StoredAction): void {
  const now = account.clock.now();
  const next = parseSchedule(schedule).after(now);
  if (next !== undefined) account.clock.after(next - now, SCHEDULED, { arn }, { background: true });
}

/** A scheduled action is due: its bounds become those of the target, and the count is pulled into them. */
export function runScheduled(account: Account, state: ScalingState, args: Json): void {
  const action = state.actions.find(({ arn }) => arn === (args as { arn: string }).arn);
  if (action === undefined) return;
  scheduleNext(account, action);
  const { resourceId, name, minCapacity, maxCapacity } = action;
  const target = state.targets.get(resourceId);
  if (target === undefined || target.suspended.ScheduledScalingSuspended) return;
  state.targets.set(resourceId, { ...target, minCapacity, maxCapacity });
  const what = `min capacity to ${minCapacity} and max capacity to ${maxCapacity}`;
  record(account, state, resourceId, {
    Description: `Setting ${what}`,
    Cause: `scheduled action name ${name} was triggered`,
    StatusMessage: `Successfully set ${what}`,
  });
  pullInto(account, state, resourceId, action);
}
