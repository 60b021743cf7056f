import { UsageError } from '../usage.ts';

/** A moment as a clock on somebody's wall shows it. */
export interface WallTime {
  /** `2026-11-20`. */
  readonly day: string;
  /** 0 to 23. */
  readonly hour: number;
  /** Whether whoever is paged then is likely to be asleep. */
  readonly night: boolean;
}

export interface ZoneClock {
  readonly zone: string;
  at(nowMs: number): WallTime;
}

/** From this hour until that one it is night. */
export const nightFromHour = 22;
export const nightUntilHour = 7;

/** All time zones' offsets are whole quarters of an hour, and change at one. */
const quarterMs = 900_000;

/** The clock of an IANA time zone, daylight saving and all. Throws UsageError for a name that is none. */
export function zoneClock(zone: string): ZoneClock {
  const format = formatOf(zone);
  let known = { quarter: Number.NaN, wall: { day: '', hour: 0, night: false } };
  return {
    zone,
    at: (nowMs) => {
      const quarter = Math.floor(nowMs / quarterMs);
      if (known.quarter !== quarter) known = { quarter, wall: wallTime(format, nowMs) };
      return known.wall;
    },
  };
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat('en-CA', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      hourCycle: 'h23',
    });
  } catch (cause) {
    throw new UsageError(`"${timeZone}" is no time zone: give one such as UTC or Europe/Berlin.`, { cause });
  }
}

function wallTime(format: Intl.DateTimeFormat, nowMs: number): WallTime {
  const parts = new Map(format.formatToParts(nowMs).map(({ type, value }) => [type, value]));
  const hour = Number(parts.get('hour'));
  const day = `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}`;
  return { day, hour, night: hour >= nightFromHour || hour < nightUntilHour };
}
