import type { Stop } from '../plan/stop.ts';
import type { Json, JsonObject } from '../platform/json.ts';
import { headOf } from './head.ts';
import type { Head, Outcome } from './items.ts';
import { keys } from './keys.ts';
import type { Expect, Table } from './table.ts';

/** A person's hold: until its end nothing more is changed for the incident. */
export interface Hold {
  readonly by: string;
  readonly reason: string;
  /** When it was decided, and when it ends, ISO. */
  readonly at: string;
  readonly until: string;
  /** See `PersonDecision`. */
  readonly caller?: string;
}

/** The hold that lasts; undefined where nobody holds the incident. */
export const holdOf = ({ hold }: Pick<Head, 'hold'>, now: Date): Hold | undefined =>
  hold !== null && hold.until > now.toISOString() ? hold : undefined;

type Held = Pick<Head, 'incident' | 'hold' | 'heldUntil'>;

const holdText = ({ by, reason, at, until }: Hold): string =>
  `${by} holds the incident until ${until}: decided ${at} (${reason}).`;

/** What keeps all changes of the incident waiting. Undefined, too, where an undo keeps them waiting at least as long: that is told then. */
export function stopOfHold({ incident, hold, heldUntil }: Held, now: Date): Stop | undefined {
  const held = holdOf({ hold }, now);
  if (held === undefined || (heldUntil ?? '') >= held.until) return undefined;
  return { kind: 'hold', of: incident, until: held.until, why: holdText(held) };
}

/**
 * What is left to be decided again when its time is over. Nothing after an undo: a person has said that it is no containment to be made,
 * and the end of somebody's hold says nothing against that.
 */
function stopsWith(stops: readonly Stop[], head: Held, outcome: Outcome | null, now: Date): Json {
  const held = outcome === 'undone' ? undefined : stopOfHold(head, now);
  const others = stops.filter(({ kind }) => kind !== 'hold');
  const all = held === undefined ? others : [...others, held];
  return (all.length === 0 ? null : all) as unknown as Json;
}

/** When the hold was decided: beside the hold as an attribute of its own (`heldAt`), because a condition compares scalars. */
export const heldAt = ({ hold }: Pick<Head, 'hold'>): string | null => hold?.at ?? null;

export const noHold = { hold: null, heldAt: null } as const;

/** What a run that ends leaves of holds: what is over is taken away, what lasts is waited for. */
export function afterRun(
  { incident, hold }: Head,
  ending: {
    readonly now: Date;
    readonly outcome: Outcome;
    readonly heldUntil: string | null;
    readonly stops?: readonly Stop[] | null;
  },
): JsonObject {
  const { now, outcome, heldUntil, stops } = ending;
  const left = stopsWith(stops ?? [], { incident, hold, heldUntil }, outcome, now);
  return { stops: left, ...(holdOf({ hold }, now) === undefined ? noHold : {}) };
}

/**
 * Holds an open incident, in place of whatever hold there was: one conditional write. What is at rest waits from then on for the end of it;
 * a run that is under way reads it before each changing call, decides again, and ends with it.
 * Undefined: something has happened since the head was read.
 */
export async function writeHold(table: Table, head: Head, hold: Hold, now: Date): Promise<Head | undefined> {
  const { incident, state, run, direction, heldUntil, outcome } = head;
  const waits = { stops: stopsWith(head.stops ?? [], { incident, hold, heldUntil }, outcome, now) };
  const set = { hold: hold as unknown as Json, heldAt: hold.at, ...(state === 'resting' ? waits : {}) };
  // What a run was at when it was held is decided again, and told as held. An undo is finished, and leaves nothing to look at.
  const add = state === 'running' && direction === 'do' ? { seq: 1 } : {};
  const item = await table.update(keys.head(incident), { state, run, direction, ...heldAs(head) }, { set, add });
  return item === undefined ? undefined : headOf(item);
}

/** What a person's decision to contain again ends. */
export interface Frees {
  /** When that was decided, ISO: a hold that was decided later stays. */
  readonly at: string;
  /** Until when an undo held it, as that person saw it: an undo since then stays. */
  readonly heldUntil: string | null;
}

/** A condition: the incident is held as it was read. */
export const heldAs = (head: Pick<Head, 'hold' | 'heldUntil'>): Expect => ({
  heldAt: heldAt(head),
  heldUntil: head.heldUntil,
});

export const freed = ({ hold, heldUntil }: Pick<Head, 'hold' | 'heldUntil'>, frees: Frees): JsonObject => ({
  ...(hold !== null && hold.at <= frees.at ? noHold : {}),
  ...(heldUntil === frees.heldUntil ? { heldUntil: null } : {}),
});
