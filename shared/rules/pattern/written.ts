import { closest } from '../closest.ts';
import { PatternError } from './error.ts';

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

/** The one key of an operator's object, such as `{ prefix: … }`; its path is the object's with the key. */
export function onlyEntry(
  written: Readonly<Record<string, unknown>>,
  path: string,
  known: readonly string[],
): { readonly key: string; readonly value: unknown; readonly path: string } {
  const entries = Object.entries(written);
  const [first] = entries;
  if (first === undefined) throw new PatternError(path, 'names no operator', `one of ${known.join(', ')}`);
  const unknown = entries.find(([key]) => !known.includes(key))?.[0];
  if (unknown !== undefined) {
    throw new PatternError(`${path}.${unknown}`, `"${unknown}" is not an operator here`, closest(unknown, known));
  }
  if (entries.length > 1) throw new PatternError(path, 'only one operator is allowed in one object');
  return { key: first[0], value: first[1], path: `${path}.${first[0]}` };
}

export function textAt(value: unknown, path: string): string {
  if (typeof value !== 'string') throw new PatternError(path, 'must be a string');
  return value;
}
