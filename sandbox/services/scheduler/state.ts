import { type Account, AwsError, slice } from '../../account.ts';
import { parseSchedule } from '../eventbridge/schedule/schedule.ts';

/** A schedule of EventBridge Scheduler that would start a task. It can be read and never fires. */
export interface Schedule {
  readonly group: string;
  readonly name: string;
  readonly state: 'ENABLED' | 'DISABLED';
  readonly expression: string;
  readonly createdAt: number;
  /** The cluster; or a call of ECS ("Universal targets"), which has what it starts in its input. */
  readonly target: string;
  readonly roleArn: string;
  readonly taskDefinitionArn: string | undefined;
  readonly input: string | undefined;
}

/** By `group/name`. */
export const schedules = slice('scheduler', () => new Map<string, Schedule>());

export const scheduleArn = ({ region, id }: Pick<Account, 'region' | 'id'>, group: string, name: string): string =>
  `arn:aws:scheduler:${region}:${id}:schedule/${group}/${name}`;

/** Throws AwsError ConflictException, ValidationException. */
export function addSchedule(account: Account, schedule: Omit<Schedule, 'createdAt'>): void {
  const key = `${schedule.group}/${schedule.name}`;
  if (schedules(account).has(key)) {
    throw new AwsError('ConflictException', `Schedule ${schedule.name} already exists.`, 409);
  }
  parseSchedule(schedule.expression);
  schedules(account).set(key, { ...schedule, createdAt: account.clock.now() });
}
