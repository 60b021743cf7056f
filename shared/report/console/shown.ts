import { plain } from '../text.ts';

/** Text that others wrote, on its way into a page: one line, nothing hidden. `html` escapes it for its place. */
export const shown = (text: string, max = 600): string => plain(text, max);

export { timeText as time } from '../text.ts';

/** Where an incident is found, whatever its key holds. */
export const incidentPath = (incident: string, act = ''): string =>
  `/incident${act === '' ? '' : `/${act}`}?key=${encodeURIComponent(incident.toWellFormed())}`;
