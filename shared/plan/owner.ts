import type { JsonObject } from '../platform/json.ts';

/** The first owner that is known among what actions observed of their targets, with how it was found; else why it is not; `unknown` when none says. */
export function ownerAmong(observed: readonly (JsonObject | null)[]): string {
  const said = observed.map((one) => one?.['owner']).filter((owner) => typeof owner === 'string' && owner !== '');
  return String(said.find((owner) => isKnownOwner(String(owner))) ?? said[0] ?? 'unknown');
}

/** As `ownerText` writes what nobody's tag says. */
export const isKnownOwner = (owner: string): boolean => owner !== '' && !/^unknown( \(|$)/.test(owner);
