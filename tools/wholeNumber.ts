/** What was asked for cannot be done; its message is the one sentence to show. */
export class Usage extends Error {}

/** The value of an option that takes a whole number. Throws Usage. */
export function wholeNumber(text: string, option: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new Usage(`--${option} takes a whole number, not ${JSON.stringify(text)}.`);
}
