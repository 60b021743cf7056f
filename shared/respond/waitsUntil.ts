import type { Head } from '../incident/items.ts';
import { askedIn } from '../plan/stop.ts';

/** A run of the state machine ends after twelve hours, as one that died: what comes later than this, the sweep of all incidents comes upon. */
const longestMs = 10 * 3_600_000;

/** Until when the run of an incident that has come to rest waits for a person, ISO; null where it need not. */
export function waitsUntil({ state, stops, page, runAt }: Head): string | null {
  if (state !== 'resting') return null;
  const asked = askedIn(stops);
  // A late question waits for nobody.
  const answer = asked === undefined || asked.late === true ? null : asked.until;
  const [first = null] = [answer, page?.next ?? null].filter((until) => until !== null).sort();
  return first === null || Date.parse(first) - Date.parse(runAt) > longestMs ? null : first;
}
