import { InvalidRules, Throttled } from '../platform/errors.ts';
import type { Bodies } from './bodies.ts';
import type { Key, Table } from './table.ts';

/** Which published set decides now. One item: whoever reads it reads all of one set. */
export interface PublishedPointer {
  readonly hash: string;
  readonly number: number;
  readonly previous: string | null;
  /** Parameter name -> version that the set was compiled from; empty for the packaged pack. */
  readonly versions: { readonly [parameter: string]: number };
  readonly publishedAt: string;
}

const key: Key = { pk: 'ruleset', sk: 'current' };

const isObject = (value: unknown): boolean => value !== null && typeof value === 'object';

const isPointer = (item: unknown): item is PublishedPointer =>
  isObject(item) &&
  typeof (item as PublishedPointer).hash === 'string' &&
  typeof (item as PublishedPointer).number === 'number' &&
  isObject((item as PublishedPointer).versions);

export async function readPointer(table: Table): Promise<PublishedPointer | undefined> {
  const item: unknown = await table.get(key);
  if (item === undefined) return undefined;
  if (!isPointer(item)) throw new InvalidRules('The published rule set is not readable.', { evidence: item });
  return item;
}

/**
 * Publishes a set with one conditional write: `after` is the pointer that it replaces, read before what the set was made
 * from. Undefined when somebody else has published meanwhile; then nothing has changed.
 */
export async function publishSet(
  { table, bodies }: { readonly table: Table; readonly bodies: Bodies },
  set: {
    readonly text: string;
    readonly versions: PublishedPointer['versions'];
    readonly after: PublishedPointer | undefined;
    readonly at: string;
  },
): Promise<PublishedPointer | undefined> {
  // First the body: a pointer must never name a set that is not there.
  const hash = await bodies.put(set.text);
  const next: PublishedPointer = {
    hash,
    number: (set.after?.number ?? 0) + 1,
    previous: set.after?.hash ?? null,
    versions: set.versions,
    publishedAt: set.at,
  };
  const written =
    set.after === undefined
      ? await table.putIfAbsent({ ...key, ...next })
      : (await table.update(key, { hash: set.after.hash, number: set.after.number }, { set: { ...next } })) !==
        undefined;
  return written ? next : undefined;
}

/**
 * The set that decides now, with a cache by hash: a set never changes under its hash. Throws InvalidRules when there is
 * none or it cannot be read; what is not readable decides nothing. Throttled, when AWS asks to be asked again.
 */
export function publishedSets<T>(
  { table, bodies }: { readonly table: Table; readonly bodies: Bodies },
  parse: (text: string) => T,
): { current(): Promise<{ readonly hash: string; readonly number: number; readonly set: T }> } {
  let cached: { readonly hash: string; readonly set: T } | undefined;
  return {
    current: async () => {
      const pointer = await readPointer(table);
      if (pointer === undefined) throw new InvalidRules('No rule set has been published yet.');
      if (cached?.hash !== pointer.hash) {
        const text = await bodies.get(pointer.hash).catch((cause: unknown) => {
          if (cause instanceof Throttled) throw cause;
          throw new InvalidRules(`Rule set ${pointer.number} cannot be read.`, { cause });
        });
        cached = { hash: pointer.hash, set: parse(text) };
      }
      return { hash: pointer.hash, number: pointer.number, set: cached.set };
    },
  };
}
