import { AwsError } from '../../../account.ts';
import { dayField, weekdayField } from './days.ts';
import { numberField } from './field.ts';
import type { Schedule } from './schedule.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
const LAST_YEAR = 2199;

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];

/**
 * The six fields of EventBridge's cron, in UTC: minutes, hours, day of month, month, day of week, year. Exactly one of the two
 * day fields is `?`.
 * @throws AwsError ValidationException
 */
export function parseCron(text: string): Schedule {
  const fields = text.trim().split(/\s+/);
  const [minutes = '', hours = '', day = '', month = '', weekday = '', year = ''] = fields;
  const refuse = (): never => {
    throw new AwsError('ValidationException', `Parameter ScheduleExpression is not valid: cron(${text})`);
  };
  if (fields.length !== 6 || (day === '?') === (weekday === '?')) return refuse();
  const inMinute = numberField(minutes, 0, 59) ?? refuse();
  const inHour = numberField(hours, 0, 23) ?? refuse();
  const inMonth = numberField(month, 1, 12, MONTHS) ?? refuse();
  const inYear = numberField(year, 1970, LAST_YEAR) ?? refuse();
  const onDay = (day === '?' ? weekdayField(weekday) : dayField(day)) ?? refuse();
  const isDay = (date: Date): boolean =>
    inYear(date.getUTCFullYear()) && inMonth(date.getUTCMonth() + 1) && onDay(date);

  return {
    after(now) {
      const from = Math.floor(now / MINUTE) * MINUTE + MINUTE;
      const end = Date.UTC(LAST_YEAR + 1, 0, 1);
      for (let dayStart = Math.floor(from / DAY) * DAY; dayStart < end; dayStart += DAY) {
        if (!isDay(new Date(dayStart))) continue;
        for (let at = Math.max(dayStart, from); at < dayStart + DAY; at += MINUTE) {
          const time = new Date(at);
          if (inHour(time.getUTCHours()) && inMinute(time.getUTCMinutes())) return at;
        }
      }
      return undefined;
    },
  };
}
