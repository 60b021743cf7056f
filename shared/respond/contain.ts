import { untilWritten } from '../incident/contention.ts';
import { decidedAt, lastSaid, putSaid, type Said } from '../incident/decisions.ts';
import { readHead } from '../incident/head.ts';
import type { Hold } from '../incident/holds.ts';
import { holdOf } from '../incident/holds.ts';
import type { Head, PersonDecision } from '../incident/items.ts';
import { raise } from '../incident/raise.ts';
import { readTarget, touchedTargets, undoneAttribute, writeTarget } from '../incident/targets.ts';
import { acknowledgedBy } from './acknowledge.ts';
import type { Effects } from './effects.ts';
import { type StartEffects, start } from './start.ts';
import { undoHeldTo } from './undone.ts';

export interface ContainRequest extends Pick<PersonDecision, 'by' | 'reason' | 'caller'> {
  readonly incident: string;
}

/** What keeps an incident from being contained by somebody's decision. */
export interface Holding {
  /** A person's hold; null where nobody holds it. */
  readonly hold: Hold | null;
  /** Until when an undo holds the incident; null where none does. */
  readonly undoneUntil: string | null;
  /** Keys of the targets that its undo has put back, and that nobody may change for so long. */
  readonly targets: readonly string[];
}

export type ContainAnswer =
  | {
      /** `under-way`: the run at hand decides again, without what is ended. `known`: the same was decided before. */
      readonly kind: 'opened' | 'under-way' | 'known';
      readonly run: string;
      readonly ended: Holding;
      /** Somebody holds it since; that stays. */
      readonly hold: Hold | null;
    }
  | { readonly kind: 'nothing'; readonly reason: string };

/**
 * Contain again: ends a hold, and what an undo is held to, by a person's decision, and has the incident decided with the findings that it has.
 * What protects still protects: nothing is done here that a run would not do after the end of the time. The decision is put first, then the targets are
 * let go, and one write lets the incident go and opens the run. A repeat does what is missing.
 */
export async function contain(
  effects: StartEffects & Pick<Effects, 'table'>,
  request: ContainRequest,
): Promise<ContainAnswer> {
  const { table, clock, newId } = effects;
  const { incident, by, reason } = request;
  const head = await readHead(table, incident);
  if (head === undefined) return no(`There is no incident ${incident}.`);
  if (head.state === 'closed')
    return no(`Incident ${incident} is closed: a new finding opens it, and is decided then.`);
  if (isUndoing(head))
    return no(`Incident ${incident} is being undone by run ${head.run}: ask again when that is told.`);
  const now = clock.now();
  const ended = await holdingOf(table, head, now);
  const last = await lastSaid(table, head);
  const before = last?.kind === 'contain' && last.by === by && last.reason === reason ? last : undefined;
  if (isNothing(ended) && !(before !== undefined && isCutOff(head, before))) {
    if (before === undefined) return no(whyNothing(head));
    await start(effects, incident);
    return { kind: 'known', run: head.run, ended, hold: null };
  }
  const { at } = before ?? (await decide(effects, head, request, decidedAt(now, head, last)));
  await acknowledgedBy(effects, incident, { by, reason, at });
  for (const target of ended.targets) await letGo(table, incident, target, at, now);
  const frees = { at, heldUntil: head.heldUntil };
  // Not before the decision, by which a repeat knows what was opened for it.
  const opened = new Date(Math.max(now.getTime(), Date.parse(at)));
  const raised = await raise(table, incident, { run: newId(), now: opened, frees });
  await start(effects, incident);
  const kind = raised.run === head.run ? 'under-way' : 'opened';
  return { kind, run: raised.run, ended, hold: holdOf(raised, now) ?? null };
}

const no = (reason: string): ContainAnswer => ({ kind: 'nothing', reason });

const isUndoing = ({ state, direction }: Head): boolean => state === 'running' && direction === 'undo';

async function holdingOf(table: Effects['table'], head: Head, now: Date): Promise<Holding> {
  const { incident, heldUntil } = head;
  const undone = (await touchedTargets(table, incident)).filter(
    (record) => undoHeldTo(record, now)?.incident === incident,
  );
  return {
    hold: holdOf(head, now) ?? null,
    undoneUntil: heldUntil !== null && heldUntil > now.toISOString() ? heldUntil : null,
    targets: undone.map(({ target }) => target),
  };
}

const isNothing = ({ hold, undoneUntil, targets }: Holding): boolean =>
  hold === null && undoneUntil === null && targets.length === 0;

/** Decided, and no run has read it: whoever decided it died in between. */
const isCutOff = ({ state, runAt, restedAt }: Head, { at }: PersonDecision): boolean =>
  state === 'resting' && runAt < at && (restedAt ?? '') < at;

function whyNothing({ incident, state, run, stops }: Head): string {
  if (state === 'running') return `Nobody holds ${incident}, and run ${run} of it is under way already.`;
  const [waits] = stops ?? [];
  return `Nobody holds ${incident}, and no undo of it is held to.${waits === undefined ? '' : ` It waits for something else: ${waits.why}`}`;
}

async function decide(
  { table, newId }: Pick<StartEffects, 'table' | 'newId'>,
  { incident, run, plan }: Head,
  { by, reason, caller }: ContainRequest,
  at: Date,
): Promise<Said> {
  const who = { by, reason, ...(caller === undefined ? {} : { caller }) };
  const said: Said = { kind: 'contain', run, plan: plan?.hash ?? null, ...who, at: at.toISOString() };
  await putSaid(table, incident, said, newId());
  return said;
}

/** The undo is held to no longer there; that it was put back stays on the record. What was put back since the decision is another undo's. */
async function letGo(table: Effects['table'], incident: string, target: string, at: string, now: Date): Promise<void> {
  await untilWritten(async () => {
    const record = await readTarget(table, target);
    const undone = undoHeldTo(record, now);
    if (record === undefined || undone?.incident !== incident || undone.at > at) return true;
    const set = undoneAttribute({ ...undone, until: now.toISOString() });
    return (await writeTarget(table, record, { set })) || undefined;
  });
}
