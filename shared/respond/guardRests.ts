import type { PublishedPointer } from '../incident/rulesets.ts';
import { sha256Hex } from '../platform/hash.ts';
import { canonicalJson } from '../platform/json.ts';
import type { Parameter } from '../platform/parameters.ts';

/**
 * What was there when the guard last looked and had nothing to do. Kept as long as its function is warm: twice a minute, almost always,
 * nothing is different, and then two reads are enough to know it.
 */
export interface Rests {
  /** Hash of the pointer and of all parameters. */
  of?: string;
  /** When that was seen in full, milliseconds since the epoch. */
  seenAtMs?: number;
  /** Parameters of the set that decides that are not there any more, and since when that is known. */
  gone?: { readonly names: string; readonly sinceMs: number };
}

/** What no parameter shows (a label that somebody moved, an exemption that ends) is seen as late as this. */
const longestMs = 10 * 60_000;

/** By their text, and not by version alone: a parameter that is deleted and made again has version 1 again. */
export const whatIsThere = (pointer: PublishedPointer | undefined, parameters: readonly Parameter[]): string =>
  sha256Hex(canonicalJson([pointer ?? null, parameters.map(({ name, value, version }) => [name, version, value])]));

export const restsOn = ({ of, seenAtMs = 0 }: Rests, there: string, nowMs: number): boolean =>
  of === there && nowMs - seenAtMs < longestMs;

/**
 * Since when parameters of the set that decides are known to be gone, milliseconds since the epoch; 0 where none is. Nothing in Parameter Store
 * says when something was deleted: a cold function takes it for just now.
 */
export function goneSince(
  rests: Rests,
  pointer: PublishedPointer | undefined,
  versions: PublishedPointer['versions'],
  nowMs: number,
): number {
  const names = Object.keys(pointer?.versions ?? {})
    .filter((name) => versions[name] === undefined)
    .join('\n');
  if (names === '') return 0;
  if (rests.gone?.names !== names) rests.gone = { names, sinceMs: nowMs };
  return rests.gone.sinceMs;
}
