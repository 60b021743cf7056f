import { type Freeze, type Weekday, weekdays } from './rule.ts';
import { instantsOf, wallMsAt } from './wallClock.ts';

const minuteMs = 60_000;
const dayMs = 86_400_000;

/** A moment as it is written: of the day, of the week, or once. */
export type Moment =
  | { readonly kind: 'day'; readonly minutes: number }
  | { readonly kind: 'week'; readonly weekday: number; readonly minutes: number }
  /** As the wall shows it, in ms, as if it were UTC. */
  | { readonly kind: 'once'; readonly wallMs: number };

const clock = /^([01]\d|2[0-3]):([0-5]\d)$/;
const minutesOf = ([, hour, minute]: RegExpExecArray): number => Number(hour) * 60 + Number(minute);

/** Undefined: it is none of the three. */
export function momentOf(text: string): Moment | undefined {
  const time = clock.exec(text);
  if (time !== null) return { kind: 'day', minutes: minutesOf(time) };
  const [word = '', rest = ''] = text.split(' ');
  const inWeek = clock.exec(rest);
  const weekday = weekdays.indexOf(word as Weekday);
  if (inWeek !== null && weekday >= 0 && text === `${word} ${rest}`) {
    return { kind: 'week', weekday, minutes: minutesOf(inWeek) };
  }
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(text)) return undefined;
  const date = new Date(`${text}:00.000Z`);
  const isDate = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
  return isDate ? { kind: 'once', wallMs: date.getTime() } : undefined;
}

interface Window {
  /** ms. */
  readonly start: number;
  readonly end: number;
}

/** From the first time that the wall shows its beginning, to the last time that it shows its end: an hour that comes twice is within it whole. */
const between = (timeZone: string, fromWall: number, toWall: number): Window => ({
  start: instantsOf(timeZone, fromWall).first,
  end: instantsOf(timeZone, toWall).last,
});

/** The windows that may hold an instant, and those that begin within so many days. */
export function windowsAround(
  { timeZone, days, from, to }: Omit<Freeze, 'name' | 'rules'>,
  nowMs: number,
  aheadDays = 1,
): readonly Window[] {
  const [begin, end] = [momentOf(from), momentOf(to)];
  if (begin?.kind === 'once' && end?.kind === 'once') return [between(timeZone, begin.wallMs, end.wallMs)];
  const today = Math.floor(wallMsAt(timeZone, nowMs) / dayMs) * dayMs;
  const weekdayOf = (day: number): number => new Date(day).getUTCDay();
  const windows: Window[] = [];
  // A window lasts a week at the most.
  for (let day = today - 8 * dayMs; day <= today + aheadDays * dayMs; day += dayMs) {
    const weekday = weekdayOf(day);
    if (begin?.kind === 'day' && end?.kind === 'day') {
      const name = weekdays[weekday];
      if (days !== undefined && (name === undefined || !days.includes(name))) continue;
      const next = end.minutes <= begin.minutes ? dayMs : 0;
      windows.push(between(timeZone, day + begin.minutes * minuteMs, day + next + end.minutes * minuteMs));
    } else if (begin?.kind === 'week' && end?.kind === 'week' && weekday === begin.weekday) {
      const forward = ((end.weekday - begin.weekday + 7) % 7) * dayMs + (end.minutes - begin.minutes) * minuteMs;
      const start = day + begin.minutes * minuteMs;
      windows.push(between(timeZone, start, start + (forward <= 0 ? forward + 7 * dayMs : forward)));
    }
  }
  return windows;
}

const concerns = ({ rules }: Freeze, names: readonly string[]): boolean =>
  rules === undefined || rules.some((rule) => names.includes(rule));

/** Windows that follow one another are one; so many of them are followed, which is two months of days at the least. */
const mostInARow = 60;

export interface Frozen {
  readonly freeze: Freeze;
  /** When a change may be made again: the end of this window, and of those that begin before it ends. Null: no end is known, they follow on one another. */
  readonly until: Date | null;
}

/** The freeze that stops these rules at a moment. Pure. */
export function frozenAt(freezes: readonly Freeze[], rules: readonly string[], now: Date): Frozen | undefined {
  const asked = freezes.filter((freeze) => concerns(freeze, rules));
  const nowMs = now.getTime();
  const holding = (ms: number) =>
    asked.flatMap((freeze) =>
      windowsAround(freeze, ms).flatMap(({ start, end }) => (start <= ms && ms < end ? [{ freeze, end }] : [])),
    );
  const [first] = holding(nowMs);
  if (first === undefined) return undefined;
  let until = nowMs;
  for (let row = 0; row < mostInARow; row += 1) {
    const ends = holding(until).map(({ end }) => end);
    if (ends.length === 0) return { freeze: first.freeze, until: new Date(until) };
    until = Math.max(...ends);
  }
  return { freeze: first.freeze, until: null };
}
