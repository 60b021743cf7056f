import { untilWritten } from './contention.ts';
import { readHead } from './head.ts';
import type { TurnRecord } from './items.ts';
import { isRetry, keys } from './keys.ts';
import type { Change, Item, Table } from './table.ts';
import { ownerIsOver, readTarget } from './targets.ts';

const recordOf = (item: Item): TurnRecord => {
  const incident = item['ownerIncident'];
  const run = item['ownerRun'];
  const targets = (item['ownerTargets'] ?? []) as readonly string[];
  return {
    turn: String(item['turn']),
    owner: typeof incident === 'string' && typeof run === 'string' ? { incident, run, targets } : null,
    waiting: (item['waiting'] ?? []) as readonly string[],
    version: Number(item['version']),
  };
};

export async function readTurn(table: Table, turn: string): Promise<TurnRecord | undefined> {
  const item = await table.get(keys.turn(turn));
  return item === undefined ? undefined : recordOf(item);
}

/** Turns that an incident has ever asked for, in key order. */
export async function turnsOf(table: Table, incident: string): Promise<readonly string[]> {
  const { pk, sk } = keys.asks(incident, '');
  return (await table.query(pk, sk)).map(({ turn }) => String(turn));
}

/** Keys of the targets on which something that was begun in this turn has not been read back as done: they may be down. */
export async function openTargets(table: Table, { turn, owner }: TurnRecord): Promise<readonly string[]> {
  const records = await Promise.all((owner?.targets ?? []).map((target) => readTarget(table, target)));
  return records.flatMap((record) =>
    record?.changes.some((change) => change.turn === turn) === true ? [record.target] : [],
  );
}

/** Who asks for a turn, and for which targets (keys). */
export interface Asking {
  readonly incident: string;
  readonly run: string;
  readonly targets: readonly string[];
}

/** Why a turn is not to be had. */
export type NotYet =
  /** Its run is under way, or over so recently that a late call may be, too. */
  | { readonly kind: 'in-hand'; readonly incident: string; readonly targets: readonly string[] }
  /** Its run is over, and these targets are not known to be back. */
  | { readonly kind: 'open'; readonly incident: string; readonly targets: readonly string[] }
  | { readonly kind: 'asked-first'; readonly incident: string };

export type Asked =
  /** `only`: nothing but these targets may be changed in it, because they are not back from an earlier change. */
  | { readonly kind: 'taken'; readonly only: readonly string[] | null }
  | ({ readonly kind: 'waits' } & { readonly for: NotYet });

interface Looked {
  /** Who waits, without those before the first that still does. */
  readonly line: readonly string[];
  /** See `openTargets`. */
  readonly open: readonly string[];
  /** Undefined: it is to be had. */
  readonly notYet: NotYet | undefined;
}

/** An incident in the line waits for as long as it is being decided, or its last run said so: whoever is forgotten there stops nobody. */
async function lineOf(table: Table, { turn, waiting }: TurnRecord, me?: string): Promise<readonly string[]> {
  for (const [n, incident] of waiting.entries()) {
    if (incident === me) return waiting.slice(n);
    const head = await readHead(table, incident);
    const waits = head?.state === 'resting' && head.waits?.some((one) => one.turn === turn) === true;
    if (head?.state === 'running' || waits) return waiting.slice(n);
  }
  return [];
}

/**
 * Whether a turn is to be had. Who goes on with what is not back yet, or retries what died, need not stand in line: nobody else could have the
 * turn meanwhile.
 */
async function lookAt(table: Table, record: TurnRecord, me: Asking, now: Date): Promise<Looked> {
  const { owner } = record;
  const line = await lineOf(table, record, me.incident);
  const mine = owner?.incident === me.incident;
  const inHand = owner !== null && !mine && !(await ownerIsOver(table, owner, now));
  // Read after the owner is known to be over: what it began until then is there.
  const open = await openTargets(table, record);
  const answer = (notYet?: NotYet): Looked => ({ line, open, notYet });
  if (inHand) return answer({ kind: 'in-hand', incident: owner.incident, targets: owner.targets });
  const isMine = (target: string): boolean => me.targets.includes(target);
  if (open.length > 0 && !(mine ? open.some(isMine) : open.every(isMine)) && owner !== null) {
    return answer({ kind: 'open', incident: owner.incident, targets: open });
  }
  const goesOn = open.length > 0 || (mine && (owner.run === me.run || isRetry(me.run)));
  const [first = me.incident] = line;
  return answer(goesOn || first === me.incident ? undefined : { kind: 'asked-first', incident: first });
}

/**
 * Takes a turn for a run, or stands in line for it: one conditional write either way. An incident that stands there already keeps its
 * place. A turn that it has already stays its own.
 */
export async function askTurn(table: Table, turn: string, me: Asking, now: Date): Promise<Asked> {
  await table.putIfAbsent({ ...keys.asks(me.incident, turn), turn });
  return untilWritten(async (): Promise<Asked | undefined> => {
    const record = await readTurn(table, turn);
    if (record === undefined) {
      const first = { ...keys.turn(turn), turn, ...ownedBy(me), waiting: [], version: 1 };
      return (await table.putIfAbsent(first)) ? { kind: 'taken', only: null } : undefined;
    }
    const { line, open, notYet } = await lookAt(table, record, me, now);
    if (notYet !== undefined) {
      const waits: Asked = { kind: 'waits', for: notYet };
      if (line.includes(me.incident)) return waits;
      return (await writeTurn(table, record, { set: { waiting: [...line, me.incident] } })) ? waits : undefined;
    }
    // What it has begun there, in whichever run, is still to be looked at before anybody else has the turn.
    const before = record.owner?.incident === me.incident ? record.owner.targets : open;
    const targets = [...new Set([...me.targets, ...before])];
    const only = open.length > 0 ? open : null;
    const others = line.filter((incident) => incident !== me.incident);
    const waiting =
      only === null || me.targets.every((target) => only.includes(target)) ? others : [...others, me.incident];
    const taken: Asked = { kind: 'taken', only };
    return (await writeTurn(table, record, { set: { ...ownedBy({ ...me, targets }), waiting } })) ? taken : undefined;
  });
}

const ownedBy = ({ incident, run, targets }: Asking) => ({
  ownerIncident: incident,
  ownerRun: run,
  ownerTargets: targets,
});

/** Whether a resting incident that waits for a turn is to ask again: it would get it now, or nobody knows that it waits. */
export async function isTurnOf(table: Table, turn: string, me: Omit<Asking, 'run'>, now: Date): Promise<boolean> {
  const record = await readTurn(table, turn);
  if (record?.waiting.includes(me.incident) !== true) return true;
  return (await lookAt(table, record, { ...me, run: '' }, now)).notYet === undefined;
}

/** The first of those who wait for a turn that nobody has. */
export async function nextInLine(table: Table, turn: string): Promise<string | undefined> {
  const record = await readTurn(table, turn);
  if (record === undefined || record.owner !== null) return undefined;
  return (await lineOf(table, record))[0];
}

/** An undo goes on with what its incident has in hand: from then on the turn is that run's. */
export async function adoptTurn(table: Table, turn: string, me: Omit<Asking, 'targets'>): Promise<void> {
  await untilWritten(async () => {
    const record = await readTurn(table, turn);
    if (record?.owner?.incident !== me.incident) return true;
    return (await writeTurn(table, record, { set: ownedBy({ ...me, targets: record.owner.targets }) })) || undefined;
  });
}

/** A run that is over gives its turn back, unless something that was begun in it has not been read back as done. */
export async function releaseTurn(table: Table, turn: string, me: Omit<Asking, 'targets'>): Promise<void> {
  await untilWritten(async () => {
    const record = await readTurn(table, turn);
    if (record?.owner?.incident !== me.incident || record.owner.run !== me.run) return true;
    if ((await openTargets(table, record)).length > 0) return true;
    const remove = ['ownerIncident', 'ownerRun', 'ownerTargets'];
    return (await writeTurn(table, record, { remove })) || undefined;
  });
}

async function writeTurn(table: Table, { turn, version }: TurnRecord, change: Change): Promise<boolean> {
  return (await table.update(keys.turn(turn), { version }, { ...change, add: { version: 1 } })) !== undefined;
}
