export type Accepts = (value: number) => boolean;

/**
 * One numeric field: `*`, numbers or names, `a-b`, `a/step`, `*\/step`, and lists of them by comma.
 * @returns undefined when it cannot be read
 */
export function numberField(
  text: string,
  least: number,
  most: number,
  names: readonly string[] = [],
): Accepts | undefined {
  const parts = text.split(',').map((part) => range(part, least, most, names));
  if (parts.includes(undefined)) return undefined;
  return (value) => parts.some((part) => part?.(value));
}

function range(text: string, least: number, most: number, names: readonly string[]): Accepts | undefined {
  const [span = '', stepText, ...tooMany] = text.split('/');
  const step = stepText === undefined ? 1 : Number(stepText);
  if (tooMany.length > 0 || !Number.isInteger(step) || step < 1 || stepText === '') return undefined;
  const [from, to, ...more] = span === '*' ? [least, most] : span.split('-').map((end) => numberOf(end, least, names));
  const last = to ?? (stepText === undefined ? from : most);
  const valid = [from, last].every((end) => end !== undefined && end >= least && end <= most);
  if (!valid || from === undefined || last === undefined || more.length > 0 || from > last) return undefined;
  return (value) => value >= from && value <= last && (value - from) % step === 0;
}

/** A number, or a name as its place from `least` on; NaN when it is neither. */
export function numberOf(text: string, least: number, names: readonly string[]): number {
  const index = names.indexOf(text.toUpperCase());
  if (index >= 0) return index + least;
  return /^\d+$/.test(text) ? Number(text) : Number.NaN;
}
