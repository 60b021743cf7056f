import type { Bodies } from '../incident/bodies.ts';
import type { PublishedPointer } from '../incident/rulesets.ts';
import type { Parameters } from '../platform/parameters.ts';
import type { Edited } from './guardSources.ts';

interface Restoring {
  readonly put: readonly { readonly path: string; readonly text: string }[];
  readonly remove: readonly string[];
}

/**
 * What is to be done so that the parameters say again what an earlier set was made from. `versions` are those that were there when that set
 * was brought back: what has another version by now was written by a person since, and is left. Pure.
 */
export function restoringOf(
  prefix: string,
  wanted: { readonly [path: string]: string },
  { sources, versions }: Pick<Edited, 'sources' | 'versions'>,
  then: PublishedPointer['versions'],
): Restoring {
  const texts = new Map(sources.map(({ path, text }) => [path, text]));
  const untouched = (path: string): boolean => versions[`${prefix}${path}`] === then[`${prefix}${path}`];
  const put = Object.entries(wanted)
    .filter(([path, text]) => texts.get(path) !== text && untouched(path))
    .map(([path, text]) => ({ path, text }));
  const remove = [...texts.keys()].filter((path) => !Object.hasOwn(wanted, path) && untouched(path));
  return { put, remove };
}

/**
 * Writes it. A repeat after a crash finds what is written already as it is wanted. Throws what Parameter Store or S3 answers; then the
 * next guard goes on.
 */
export async function restore(
  { parameters, bodies }: { readonly parameters: Pick<Parameters, 'put' | 'remove'>; readonly bodies: Bodies },
  prefix: string,
  pointer: PublishedPointer,
  written: Edited,
): Promise<void> {
  const wanted: { readonly [path: string]: string } = JSON.parse(await bodies.get(pointer.sources ?? ''));
  const { put, remove } = restoringOf(prefix, wanted, written, pointer.versions);
  for (const { path, text } of put) await parameters.put(`${prefix}${path}`, text);
  for (const path of remove) await parameters.remove(`${prefix}${path}`);
}
