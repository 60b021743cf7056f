/** What was asked for cannot be done; its message is the one sentence to show. */
export class Usage extends Error {}

/** The value of an option that takes a whole number, `least` or more. Throws Usage. */
export function wholeNumber(text: string, option: string, least = 0): number {
  if (/^\d{1,9}$/.test(text) && Number(text) >= least) return Number(text);
  throw new Usage(`--${option} takes a whole number from ${least}, not ${JSON.stringify(text)}.`);
}
