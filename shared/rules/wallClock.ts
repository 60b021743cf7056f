/** What the clock on the wall of a place shows, and when it shows that. Times of day move with daylight saving; instants do not. */

const formats = new Map<string, Intl.DateTimeFormat>();

/** Throws RangeError for a time zone that is not known. */
function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(timeZone, made);
  return made;
}

/** Whether it is an IANA name, such as `Europe/Berlin`. An offset is none: it has no daylight saving, which people forget. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    formatOf(name);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** What the wall shows at an instant (ms): as if it were UTC, in ms, to the second. */
export function wallMsAt(timeZone: string, instantMs: number): number {
  const parts = formatOf(timeZone).formatToParts(instantMs);
  const of = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.find((part) => part.type === type)?.value);
  return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
}

const dayMs = 86_400_000;

const offsetAt = (timeZone: string, instantMs: number): number => {
  const second = Math.floor(instantMs / 1000) * 1000;
  return wallMsAt(timeZone, second) - second;
};

/** The first instant (ms) after `before` at which the clock runs by the other offset. */
function changeover(timeZone: string, before: number, after: number): number {
  const offset = offsetAt(timeZone, before);
  let [low, high] = [before, after];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(timeZone, middle) === offset) low = middle;
    else high = middle;
  }
  return high;
}

/**
 * When (ms) the wall shows a time: in autumn an hour of it is shown twice, in spring one is skipped, and counts as the moment at which the
 * clock jumps.
 */
export function instantsOf(timeZone: string, wallMs: number): { readonly first: number; readonly last: number } {
  // No place is further than 14 hours from UTC, and none changes its clock twice within two days.
  const earlier = wallMs - offsetAt(timeZone, wallMs - dayMs);
  const later = wallMs - offsetAt(timeZone, wallMs + dayMs);
  const shown = [earlier, later].filter((instant) => wallMsAt(timeZone, instant) === wallMs);
  if (shown.length > 0) return { first: Math.min(...shown), last: Math.max(...shown) };
  const jump = changeover(timeZone, Math.min(earlier, later), Math.max(earlier, later));
  return { first: jump, last: jump };
}
