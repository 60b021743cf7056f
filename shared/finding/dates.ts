/**
 * Dates as AWS writes them. `new Date(text)` reads some of these in the machine's own time zone and turns
 * 29 February 2023 into 1 March, so each form is read by hand, as UTC, and impossible dates are refused.
 */
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

interface Parts {
  readonly year: string | undefined;
  readonly month: number;
  readonly day: string | undefined;
  readonly hour: number;
  readonly minute: string | undefined;
  readonly second: string | undefined;
  readonly fraction?: string | undefined;
  readonly offsetMinutes?: number;
}

const daysIn = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;
const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
const lastDay = (year: number, month: number): number => (month === 2 && isLeap(year) ? 29 : (daysIn[month - 1] ?? 0));

const twoDigits = (value: number): string => (value < 10 ? `0${value}` : String(value));

/** Dates are compared as texts: years before 0 and from 10000 on are written in another form, which would sort wrongly. */
function isoText(time: number): string | null {
  const date = new Date(time);
  const year = date.getUTCFullYear();
  return year >= 0 && year <= 9999 ? date.toISOString() : null;
}

/** Written by hand, and not by Date: every event has several, and most of them are in UTC already. */
function fromParts(parts: Parts): string | null {
  const [year, day, minute, second] = [
    Number(parts.year),
    Number(parts.day),
    Number(parts.minute),
    Number(parts.second),
  ];
  const { month, hour } = parts;
  // Years before 100 are none that AWS writes; Date would take 26 for 1926.
  if (!(year >= 100 && day >= 1 && day <= lastDay(year, month) && hour <= 23 && minute <= 59 && second <= 59))
    return null;
  const date = `${String(year).padStart(4, '0')}-${twoDigits(month)}-${twoDigits(day)}`;
  const milliseconds = (parts.fraction ?? '').slice(0, 3).padEnd(3, '0');
  const utc = `${date}T${twoDigits(hour)}:${twoDigits(minute)}:${twoDigits(second)}.${milliseconds}Z`;
  const offsetMinutes = parts.offsetMinutes ?? 0;
  return offsetMinutes === 0 ? utc : isoText(Date.parse(utc) - offsetMinutes * 60_000);
}

const offsetOf = (sign: string | undefined, hours: string | undefined, minutes: string | undefined): number =>
  sign === undefined ? 0 : (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));

/** `2026-11-20T09:14:03.123456Z`, `…+01:00`, and GuardDuty's `2025-02-25 20:40:06.721`, which is UTC as well. */
const iso =
  /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?(?:Z|([+-])([01]\d|2[0-3]):?([0-5]\d))?$/;
/** Inspector since 2024: `Fri Nov 20 09:14:00.002 UTC 2026`. The weekday adds nothing and is not checked. */
const javaDate = /^[A-Za-z]{3} ([A-Za-z]{3}) (\d{1,2}) (\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))? (?:UTC|GMT|Z) (\d{4})$/;
/** Inspector before: `Dec 3, 2021, 6:02:30 PM`; Systems Manager: `Nov 29, 2016 7:43:20 PM`. Newer JDKs put U+202F before PM. */
const american = /^([A-Za-z]{3}) (\d{1,2}), (\d{4}),? (\d{1,2}):(\d{2}):(\d{2})[ \u00a0\u202f]([AP])M$/i;

const monthOf = (name: string | undefined): number => months.indexOf((name ?? '').toLowerCase()) + 1;

function fromEpoch(value: number): string | null {
  // Seconds until the year 5138, milliseconds from 1973: AWS uses both, and both as numbers.
  return isoText(Math.abs(value) < 100_000_000_000 ? value * 1000 : value);
}

/** ISO 8601 UTC with milliseconds, or null for what is no date, or a date that does not exist. */
export function parseDate(value: unknown): string | null {
  if (typeof value === 'number') return fromEpoch(value);
  if (typeof value !== 'string') return null;
  const text = value.trim();
  const i = iso.exec(text);
  if (i !== null) {
    const [, year, month, day, hour, minute, second, fraction, sign, offsetHour, offsetMinute] = i;
    const offsetMinutes = offsetOf(sign, offsetHour, offsetMinute);
    return fromParts({ year, month: Number(month), day, hour: Number(hour), minute, second, fraction, offsetMinutes });
  }
  const j = javaDate.exec(text);
  if (j !== null) {
    const [, month, day, hour, minute, second, fraction, year] = j;
    return fromParts({ year, month: monthOf(month), day, hour: Number(hour), minute, second, fraction });
  }
  const a = american.exec(text);
  if (a === null) return null;
  const [, month, day, year, hour, minute, second, half] = a;
  const twelve = Number(hour);
  if (twelve < 1 || twelve > 12) return null;
  const hour24 = (twelve % 12) + (half?.toUpperCase() === 'P' ? 12 : 0);
  return fromParts({ year, month: monthOf(month), day, hour: hour24, minute, second });
}

/** The first candidate that is a date, else `fallback` (the envelope's time, already ISO). */
export function firstDate(candidates: readonly unknown[], fallback: string): string {
  for (const candidate of candidates) {
    const date = parseDate(candidate);
    if (date !== null) return date;
  }
  return fallback;
}
