import { InvalidRules, Throttled } from '../platform/errors.ts';
import type { Json } from '../platform/json.ts';
import type { Bodies } from './bodies.ts';
import type { Item, Key, Table } from './table.ts';

/** Beside who somebody says that they are: the ARN of the credentials that the command had, as far as AWS said it. */
export interface Called {
  readonly caller?: string;
}

/** How a set came to decide. An edit needs nobody; an edit that may do harm was approved; an earlier set was brought back. */
export type Publication =
  | { readonly kind: 'edit' }
  | ({ readonly kind: 'approved'; readonly by: string; readonly reason?: string } & Called)
  | ({ readonly kind: 'rollback'; readonly by: string; readonly reason: string; readonly to: number } & Called);

/** Which published set decides now. One item: whoever reads it reads all of one set. */
export interface PublishedPointer {
  readonly hash: string;
  readonly number: number;
  readonly previous: string | null;
  /** Parameter name -> version that the set was compiled from; empty for the packaged pack. */
  readonly versions: { readonly [parameter: string]: number };
  readonly publishedAt: string;
  /** Hash of the body that says what was written: path -> text. Absent in what earlier versions of Firebreak published. */
  readonly sources?: string;
  readonly why?: Publication;
  /** What is different from the set before, as sentences. */
  readonly changes?: readonly string[];
  /** The parameters are to be put back to `sources`; until they are, nothing that is written there is published. */
  readonly restores?: boolean;
  /** `sources` of the rollback whose parameters were still being put back: what it still writes is no person's. */
  readonly interrupts?: string | undefined;
  /** What could not be put back, by path: while it is as it was seen, the text in `sources` counts. */
  readonly remains?: Remains | undefined;
}

export interface Remains {
  readonly [path: string]: {
    /** Which version with which text it was left at. */
    readonly seenAs: string;
    /** Name of the error. */
    readonly why: string;
  };
}

const key: Key = { pk: 'ruleset', sk: 'current' };
const digits = 8;
const earlierPrefix = 'set#';
const earlierKey = (number: number): Key => ({
  pk: 'ruleset',
  sk: `${earlierPrefix}${String(number).padStart(digits, '0')}`,
});

const isObject = (value: unknown): boolean => value !== null && typeof value === 'object';

const isPointer = (item: unknown): item is PublishedPointer =>
  isObject(item) &&
  typeof (item as PublishedPointer).hash === 'string' &&
  typeof (item as PublishedPointer).number === 'number' &&
  isObject((item as PublishedPointer).versions);

function pointerIn({ pk: _pk, sk: _sk, ...item }: Item): PublishedPointer {
  const pointer: unknown = item;
  if (!isPointer(pointer)) throw new InvalidRules('The published rule set is not readable.', { evidence: item });
  return pointer;
}

export async function readPointer(table: Pick<Table, 'get'>): Promise<PublishedPointer | undefined> {
  const item = await table.get(key);
  return item === undefined ? undefined : pointerIn(item);
}

/** All sets that have decided, the latest first. */
export async function publishedBefore(table: Pick<Table, 'get' | 'query'>): Promise<readonly PublishedPointer[]> {
  const now = await readPointer(table);
  const earlier = (await table.query(key.pk, earlierPrefix)).map(pointerIn).toReversed();
  return now === undefined ? earlier : [now, ...earlier.filter(({ number }) => number < now.number)];
}

/**
 * Publishes a set with one conditional write: `after` is the pointer that it replaces, read before what the set was made
 * from. Undefined when somebody else has published meanwhile; then nothing has changed.
 */
export async function publishSet(
  { table, bodies }: { readonly table: Table; readonly bodies: Bodies },
  set: {
    readonly text: string;
    /** Path -> text, as canonical JSON. */
    readonly sources: string;
    readonly versions: PublishedPointer['versions'];
    readonly remains?: Remains | undefined;
    readonly after: PublishedPointer | undefined;
    readonly why: Publication;
    readonly changes: readonly string[];
    readonly at: string;
  },
): Promise<PublishedPointer | undefined> {
  // First the bodies: a pointer must never name what is not there.
  const [hash, sources] = [await bodies.put(set.text), await bodies.put(set.sources)];
  const { after, versions, remains, why, changes, at } = set;
  return replacePointer(table, after, { hash, versions, remains, sources, why, changes, publishedAt: at });
}

/** The same for a set whose bodies are there. What is replaced is kept for the history first: it has decided, whoever wins now. */
export async function replacePointer(
  table: Table,
  after: PublishedPointer | undefined,
  fields: Omit<PublishedPointer, 'number' | 'previous'>,
): Promise<PublishedPointer | undefined> {
  const next: PublishedPointer = { ...fields, number: (after?.number ?? 0) + 1, previous: after?.hash ?? null };
  if (after === undefined) return (await table.putIfAbsent({ ...key, ...plain(next) })) ? next : undefined;
  await table.putIfAbsent({ ...earlierKey(after.number), ...plain(after) });
  const { restores = null, interrupts = null, remains = null } = next;
  const set = { ...plain(next), restores, interrupts, remains: remains as Json };
  const written = await table.update(key, { hash: after.hash, number: after.number }, { set });
  return written === undefined ? undefined : next;
}

const plain = (pointer: PublishedPointer): Omit<Item, 'pk' | 'sk'> => JSON.parse(JSON.stringify(pointer));

/** Notes of the set that decides what it was read from, where that changed and the set did not. False: it decides no more. */
export async function noteSources(
  { table, bodies }: { readonly table: Table; readonly bodies: Bodies },
  pointer: PublishedPointer,
  read: {
    readonly sources: string;
    readonly versions: PublishedPointer['versions'];
    readonly remains?: Remains | undefined;
  },
): Promise<boolean> {
  const sources = await bodies.put(read.sources);
  const set = { sources, versions: read.versions, remains: read.remains ?? null };
  return (await table.update(key, { hash: pointer.hash, number: pointer.number }, { set })) !== undefined;
}

/** The parameters are what the set was made from, a person has written something else since, or they could not be put back. */
export async function noteRestored(
  table: Table,
  { hash, number }: PublishedPointer,
  remains: Remains | undefined,
): Promise<void> {
  await table.update(key, { hash, number }, { set: { remains: remains ?? null }, remove: ['restores', 'interrupts'] });
}

/** Rule -> version of its parameter, of those that are in one. */
export const versionsOfRules = (
  versions: PublishedPointer['versions'],
  rules: readonly string[],
): { readonly [rule: string]: number } =>
  Object.fromEntries(
    Object.entries(versions).flatMap(([parameter, version]) => {
      const [, rule = ''] = /\/rules\/([^/]+?)(?:\.ya?ml|\.json)?$/.exec(parameter) ?? [];
      return rules.includes(rule) ? [[rule, version]] : [];
    }),
  );

/** A set that decides, and what it was read from. */
export interface CurrentSet<T> {
  readonly hash: string;
  readonly number: number;
  readonly versions: PublishedPointer['versions'];
  readonly set: T;
}

/**
 * The set that decides now, with a cache by hash: a set never changes under its hash. Throws InvalidRules when there is
 * none or it cannot be read; what is not readable decides nothing. Throttled, when AWS asks to be asked again.
 */
export function publishedSets<T>(
  { table, bodies }: { readonly table: Table; readonly bodies: Bodies },
  parse: (text: string) => T,
): { current(): Promise<CurrentSet<T>> } {
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
      const { hash, number, versions } = pointer;
      return { hash, number, versions, set: cached.set };
    },
  };
}
