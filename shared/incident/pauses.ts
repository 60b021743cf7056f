import type { JsonObject } from '../platform/json.ts';
import { untilWritten } from './contention.ts';
import { keys } from './keys.ts';
import type { Item, Table } from './table.ts';

/** A person's word that nothing is changed: anywhere, or on one target. */
export interface Pause {
  /** Key or ARN of a target; null: everything. */
  readonly target: string | null;
  readonly by: string;
  /** ARN of the credentials that the command had, as far as AWS said it. */
  readonly caller?: string;
  readonly reason: string;
  /** ISO. */
  readonly since: string;
  /** From then on (ISO) it is as if it were not there. */
  readonly until: string;
}

const everything = 'everything';
const targetPrefix = 'target:';

/** The attribute that holds a pause: one each, in one item, so that one read answers and no write loses another's. */
const attributeOf = (target: string | null): string => (target === null ? everything : `${targetPrefix}${target}`);

/** How a pause is called: by what it pauses. */
export const pauseName = ({ target }: Pick<Pause, 'target'>): string => target ?? everything;

/** What is kept of a pause that is over, and who ended it before its time. */
export interface EndedPause extends Pause {
  readonly endedBy: string;
  readonly endedAt: string;
}

const texts = ['by', 'reason', 'since', 'until'] as const;

function pauseIn(name: string, value: unknown): Pause {
  const known = name === everything || name.startsWith(targetPrefix);
  const given = (value ?? {}) as { readonly [field: string]: unknown };
  const sound = known && texts.every((text) => typeof given[text] === 'string') && !Number.isNaN(untilOf(given));
  if (!sound) throw new Error(`The pause "${name}" in the incident table is not readable.`);
  const { by, reason, since, until } = given as unknown as Pause;
  const caller = typeof given['caller'] === 'string' ? { caller: given['caller'] } : {};
  return { target: name === everything ? null : name.slice(targetPrefix.length), by, ...caller, reason, since, until };
}

const untilOf = ({ until }: { readonly [field: string]: unknown }): number => Date.parse(String(until));

const pausesIn = ({ pk: _pk, sk: _sk, version: _version, ...attributes }: Item): readonly Pause[] =>
  Object.entries(attributes).map(([name, value]) => pauseIn(name, value));

/** All of them, those that are over included, in one strongly consistent read. Throws when any is not what was written. */
export async function readPauses(table: Table): Promise<readonly Pause[]> {
  const item = await table.get(keys.pauses);
  return item === undefined ? [] : pausesIn(item);
}

const lasts = ({ until }: Pause, now: Date): boolean => Date.parse(until) > now.getTime();

/** Those that are not over. */
export const lasting = (pauses: readonly Pause[], now: Date): readonly Pause[] =>
  pauses.filter((pause) => lasts(pause, now));

/** The pause that stops a change of what has these names: the one that lasts longest. */
export const pauseOf = (
  pauses: readonly Pause[],
  names: readonly string[],
  now: Date,
  only: 'any' | 'target' = 'any',
): Pause | undefined =>
  lasting(pauses, now)
    .filter(({ target }) => (target === null ? only === 'any' : names.includes(target)))
    .toSorted((a, b) => Date.parse(b.until) - Date.parse(a.until))[0];

export type Paused =
  | { readonly kind: 'paused'; readonly pause: Pause; readonly before: Pause | null }
  /** One that lasts longer stands: nothing was written. */
  | { readonly kind: 'stands'; readonly pause: Pause };

/** Puts a pause, unless one of the same target lasts longer: nobody shortens what another has set without saying so. */
export async function putPause(table: Table, pause: Pause, now: Date): Promise<Paused> {
  const attribute = attributeOf(pause.target);
  const value = { [attribute]: pause as unknown as JsonObject };
  return untilWritten(async (): Promise<Paused | undefined> => {
    const item = await table.get(keys.pauses);
    if (item === undefined) {
      const first = await table.putIfAbsent({ ...keys.pauses, version: 1, ...value });
      return first ? { kind: 'paused', pause, before: null } : undefined;
    }
    const there = pausesIn(item).find(({ target }) => target === pause.target);
    const before = there !== undefined && lasts(there, now) ? there : null;
    if (before !== null && Date.parse(before.until) > Date.parse(pause.until)) return { kind: 'stands', pause: before };
    const written = await write(table, item, { set: value });
    return written ? { kind: 'paused', pause, before } : undefined;
  });
}

/** Ends a pause before its time, and keeps who did. Undefined: there was none that lasted. */
export async function endPause(
  table: Table,
  target: string | null,
  { by, now }: { readonly by: string; readonly now: Date },
): Promise<EndedPause | undefined> {
  return untilWritten(async (): Promise<EndedPause | 'none' | undefined> => {
    const item = await table.get(keys.pauses);
    const pause = item === undefined ? undefined : pausesIn(item).find((one) => one.target === target);
    if (item === undefined || pause === undefined || !lasts(pause, now)) return 'none';
    const ended = { ...pause, endedBy: by, endedAt: now.toISOString() };
    // First: after a crash in between the pause still stands, and is ended again.
    await table.putIfAbsent({ ...keys.pastPause(`${pause.since}#${pauseName(pause)}`), ...ended });
    return (await write(table, item, { remove: [attributeOf(target)] })) ? ended : undefined;
  }).then((ended) => (ended === 'none' ? undefined : ended));
}

const write = async (
  table: Table,
  { version }: Item,
  change: { readonly set?: JsonObject; readonly remove?: readonly string[] },
): Promise<boolean> =>
  (await table.update(keys.pauses, { version: Number(version) }, { ...change, add: { version: 1 } })) !== undefined;
