import type { PublishedPointer, Remains } from '../incident/rulesets.ts';
import { sha256Hex } from '../platform/hash.ts';
import { canonicalJson } from '../platform/json.ts';
import type { Parameter } from '../platform/parameters.ts';
import type { GuardEffects } from './guard.ts';
import { type Edited, sourcesIn } from './guardSources.ts';

/** By text and version: one that was deleted and written anew has version 1 again. */
export const seenAs = (parameter: Parameter | undefined): string =>
  sha256Hex(canonicalJson([parameter?.version ?? 0, parameter?.value ?? null]));

/** What could not be put back and has not been written by anybody since. */
export function remaining(
  prefix: string,
  pointer: PublishedPointer | undefined,
  parameters: readonly Parameter[],
): Remains | undefined {
  const now = (path: string) => seenAs(parameters.find(({ name }) => name === `${prefix}${path}`));
  const left = Object.entries(pointer?.remains ?? {}).filter(([path, { seenAs: then }]) => now(path) === then);
  return left.length === 0 ? undefined : Object.fromEntries(left);
}

/**
 * What could not be put back counts as if it had been: otherwise the very text that was rolled back would be published next. Throws what S3
 * answers.
 */
export async function asIfPutBack(
  { bodies }: Pick<GuardEffects, 'bodies'>,
  prefix: string,
  pointer: PublishedPointer | undefined,
  { written, remains }: { readonly written: Edited; readonly remains: Remains | undefined },
): Promise<Edited> {
  if (remains === undefined) return written;
  const wanted = sourcesIn(await bodies.get(pointer?.sources ?? ''));
  const putBack = wanted.filter(({ path }) => Object.hasOwn(remains, path));
  const sources = [...written.sources.filter(({ path }) => !Object.hasOwn(remains, path)), ...putBack];
  const versions = Object.entries(written.versions).filter(
    ([name]) => !Object.hasOwn(remains, name.slice(prefix.length)),
  );
  return { ...written, sources, versions: Object.fromEntries(versions) };
}
