import type { Json, JsonObject } from '../platform/json.ts';

/** Looking into what a person wrote before it is known to be right, so that all that is wrong is said at once. */
export const isObject = (value: Json | undefined): value is JsonObject =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

export const memberOf = (written: Json, key: string): Json | undefined =>
  isObject(written) && Object.hasOwn(written, key) ? written[key] : undefined;

export function textOf(written: Json, key: string): string | null {
  const value = memberOf(written, key);
  return typeof value === 'string' ? value : null;
}
