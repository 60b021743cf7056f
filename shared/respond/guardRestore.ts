import { noteRestored, type PublishedPointer, type Remains, readPointer } from '../incident/rulesets.ts';
import { Throttled } from '../platform/errors.ts';
import type { Parameter } from '../platform/parameters.ts';
import type { GuardEffects } from './guard.ts';
import { seenAs } from './guardRemains.ts';
import { type Edited, edited, textsIn } from './guardSources.ts';
import { tellCrossed } from './guardTell.ts';
import { putWhereUnedited, removeWhereUnedited, type Wrote } from './guardWrites.ts';

interface Restoring {
  readonly put: readonly { readonly path: string; readonly text: string }[];
  readonly remove: readonly string[];
}

/**
 * What is to be done so that the parameters say again what an earlier set was made from. `versions` are those that were there when that set
 * was brought back: what has another version by now was written by a person since, and is left; unless it says what an interrupted rollback was
 * putting back at that moment. Pure.
 */
export function restoringOf(
  prefix: string,
  wanted: { readonly [path: string]: string },
  { sources, versions }: Pick<Edited, 'sources' | 'versions'>,
  then: PublishedPointer['versions'],
  interrupted?: { readonly [path: string]: string },
): Restoring {
  const texts = new Map(sources.map(({ path, text }) => [path, text]));
  const untouched = (path: string): boolean =>
    versions[`${prefix}${path}`] === then[`${prefix}${path}`] ||
    (interrupted !== undefined && texts.get(path) === interrupted[path]);
  const put = Object.entries(wanted)
    .filter(([path, text]) => texts.get(path) !== text && untouched(path))
    .map(([path, text]) => ({ path, text }));
  const remove = [...texts.keys()].filter((path) => !Object.hasOwn(wanted, path) && untouched(path));
  return { put, remove };
}

/**
 * Writes it, and notes what could not be put back: one parameter that cannot be keeps none of the others. It stops where another rollback came
 * after this one, which puts back something else. A repeat after a crash finds what is written already as it is wanted. Throws Throttled
 * and what the table, S3 or SNS answers; then the next guard goes on.
 */
export async function restore(
  effects: GuardEffects,
  prefix: string,
  pointer: PublishedPointer,
  found: readonly Parameter[],
): Promise<void> {
  const { sources = '', versions, interrupts } = pointer;
  const textsOf = async (hash: string) => textsIn(await effects.bodies.get(hash));
  const wanted = await textsOf(sources);
  const interrupted = interrupts === undefined ? undefined : await textsOf(interrupts);
  const { put, remove } = restoringOf(prefix, wanted, edited(prefix, found), versions, interrupted);
  const remains: { [path: string]: Remains[string] } = {};
  for (const { path, text } of [...put, ...remove.map((gone) => ({ path: gone, text: undefined }))]) {
    const name = `${prefix}${path}`;
    const seen = found.find((parameter) => parameter.name === name);
    if (!(await stillRestores(effects, pointer))) return;
    const wrote = await writeBack(effects, name, text, seen);
    if (wrote === 'crossed') await tellCrossed(effects, name);
    else if (typeof wrote !== 'string') remains[path] = { seenAs: seenAs(seen), why: wrote.why };
  }
  await noteRestored(effects.table, pointer, Object.keys(remains).length === 0 ? undefined : remains);
}

async function stillRestores({ table }: GuardEffects, { hash, number }: PublishedPointer): Promise<boolean> {
  const now = await readPointer(table);
  return now?.restores === true && now.hash === hash && now.number === number;
}

async function writeBack(
  { parameters, log }: GuardEffects,
  name: string,
  text: string | undefined,
  seen: Parameter | undefined,
): Promise<Wrote | { readonly why: string }> {
  try {
    if (text !== undefined) return await putWhereUnedited(parameters, { name, text, seen });
    return seen === undefined ? 'left' : await removeWhereUnedited(parameters, seen);
  } catch (error) {
    if (error instanceof Throttled) throw error;
    log.error('A parameter could not be put back', { name, error });
    return { why: error instanceof Error ? error.name : 'unknown' };
  }
}
