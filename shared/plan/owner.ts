import type { JsonObject } from '../platform/json.ts';

/** The first owner among what actions observed of their targets, with how it was found; `unknown` when none says. */
export function ownerAmong(observed: readonly (JsonObject | null)[]): string {
  for (const one of observed) {
    const owner = one?.['owner'];
    if (typeof owner === 'string' && owner !== '') return owner;
  }
  return 'unknown';
}
