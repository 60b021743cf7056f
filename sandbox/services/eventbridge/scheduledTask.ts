import { type Account, AwsError } from '../../account.ts';
import { parseSchedule } from './schedule/schedule.ts';
import { eventsState } from './state.ts';

export interface ScheduledTask {
  readonly name: string;
  /** `rate(…)` or `cron(…)` */
  readonly schedule: string;
  readonly clusterArn: string;
  readonly taskDefinitionArn: string;
}

/**
 * A rule of the default bus that would start a task on a schedule. It can be read and never fires: EventBridge starts no tasks
 * here, and a delivery that could only fail is none of the account's own.
 * @throws AwsError ResourceAlreadyExistsException, ValidationException
 */
export function addScheduledTask(account: Account, task: ScheduledTask): void {
  const { name, schedule, clusterArn, taskDefinitionArn } = task;
  const { rules } = eventsState(account);
  if (rules.has(name)) throw new AwsError('ResourceAlreadyExistsException', `Rule ${name} already exists.`);
  parseSchedule(schedule);
  rules.set(name, {
    name,
    arn: `arn:aws:events:${account.region}:${account.id}:rule/${name}`,
    description: undefined,
    enabled: true,
    eventPattern: undefined,
    pattern: undefined,
    scheduleExpression: schedule,
    schedule: undefined,
    targets: [{ id: 'task', arn: clusterArn, taskDefinitionArn }],
  });
}
