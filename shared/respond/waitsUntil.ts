import type { Head } from '../incident/items.ts';
import { askedIn } from '../plan/stop.ts';

/** A run of the state machine ends after twelve hours, as one that died: what comes later than this, the sweep of all incidents comes upon. */
const longestMs = 10 * 3_600_000;

/**
 * Until when a run waits for a person, ISO; null where it need not. For an answer the run that the incident rests with, for a page the one that
 * has sent it: of many runs of an incident one waits for each.
 */
export function waitsUntil({ state, run: latest, stops, page, runAt }: Head, run: string): string | null {
  const asked = state === 'resting' && latest === run ? askedIn(stops) : undefined;
  // A late question waits for nobody.
  const answer = asked === undefined || asked.late === true ? null : asked.until;
  const goesOn = page?.run === run ? page.next : null;
  const [first = null] = [answer, goesOn].filter((until) => until !== null).sort();
  return first === null || Date.parse(first) - Date.parse(runAt) > longestMs ? null : first;
}
