import { AwsError } from '../../../account.ts';
import { parseCron } from './cron.ts';

export interface Schedule {
  /** The first time after `now` (milliseconds since the epoch), or undefined when there is none. */
  after(now: number): number | undefined;
}

const MS: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** Reads `rate(…)` or `cron(…)`. Throws AwsError ValidationException. */
export function parseSchedule(expression: string): Schedule {
  const cron = /^cron\((.*)\)$/.exec(expression);
  if (cron) return parseCron(cron[1] ?? '');
  const [, count, unit, plural] = /^rate\((\d+) (minute|hour|day)(s?)\)$/.exec(expression) ?? [];
  const every = Number(count) * (MS[unit ?? ''] ?? 0);
  // One is singular, the others plural: AWS refuses `rate(1 minutes)`.
  if (!(every > 0) || (Number(count) === 1) === (plural === 's')) {
    throw new AwsError('ValidationException', `Parameter ScheduleExpression is not valid: ${expression}`);
  }
  return { after: (now) => now + every };
}

export function isSchedule(expression: string): boolean {
  try {
    parseSchedule(expression);
    return true;
  } catch (error) {
    if (error instanceof AwsError) return false;
    throw error;
  }
}
