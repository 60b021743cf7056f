import { momentOf } from './freeze.ts';
import type { DigestTime, Settings } from './rule.ts';
import { instantsOf, wallMsAt } from './wallClock.ts';

const minuteMs = 60_000;
const dayMs = 86_400_000;

/** One day's hour of the digest. */
export interface DigestHour {
  /** Of the wall of its place: `2026-11-20`. */
  readonly day: string;
  readonly at: Date;
}

/** The hours around a moment, in order: one for each day, also where the clock skips that time, or shows it twice. */
function hoursAround({ at, timeZone }: DigestTime, nowMs: number): readonly DigestHour[] {
  const moment = momentOf(at);
  const minutes = moment?.kind === 'day' ? moment.minutes : 0;
  const today = Math.floor(wallMsAt(timeZone, nowMs) / dayMs) * dayMs;
  return [-2, -1, 0, 1, 2].map((days) => {
    const day = today + days * dayMs;
    const { first } = instantsOf(timeZone, day + minutes * minuteMs);
    return { day: new Date(day).toISOString().slice(0, 10), at: new Date(first) };
  });
}

/** The hour that came last at a moment, or is that moment. Pure. */
export function lastHour(time: DigestTime, now: Date): DigestHour {
  const past = hoursAround(time, now.getTime()).filter(({ at }) => at <= now);
  // Two days before any moment the hour of that day has been.
  return past.at(-1) as DigestHour;
}

/** The first hour after a moment. Pure. */
export function nextHour(time: DigestTime, now: Date): DigestHour {
  return hoursAround(time, now.getTime()).find(({ at }) => at > now) as DigestHour;
}

/** When a team is told in the morning; undefined: each message goes out by itself. Null is what belongs to no team, and to none of these. */
export function digestOf(
  team: string | null,
  { teams = [], digest }: Pick<Settings, 'teams' | 'digest'>,
): DigestTime | undefined {
  return teams.find(({ name }) => name === team)?.digest ?? digest;
}
