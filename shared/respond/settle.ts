import type { Step, Verified } from '../actions/contract.ts';
import { untilWritten } from '../incident/contention.ts';
import { noteContained } from '../incident/ends.ts';
import type { StandingChange, TargetRecord, UndoneByPerson } from '../incident/items.ts';
import { raise } from '../incident/raise.ts';
import {
  changeAttribute,
  changeValue,
  leaveTarget,
  readTarget,
  targetsOf,
  touchedTargets,
  undoneAttribute,
  writeTarget,
} from '../incident/targets.ts';
import { StaleRun } from '../platform/errors.ts';
import type { Effects } from './effects.ts';
import type { RunInput, StepAtHand } from './run.ts';

type SettleEffects = Pick<Effects, 'table' | 'clock' | 'newId'>;

async function ownRecord({ table }: Pick<Effects, 'table'>, me: RunInput, key: string): Promise<TargetRecord> {
  const record = await readTarget(table, key);
  if (record?.owner?.incident === me.incident && record.owner.run === me.run) return record;
  throw new StaleRun(`${key} is not in the hands of run ${me.run}`);
}

/** A change was read back as holding: the target is contained, and the head knows since when. */
export async function settleDone(
  effects: Pick<Effects, 'table'>,
  me: RunInput,
  { action, doing, step, targetKey: key }: StepAtHand,
  at: string,
  { gone, ...came }: { readonly gone: boolean } & Pick<Verified, 'closes' | 'goesOn'>,
): Promise<void> {
  const { table } = effects;
  if (doing.facts.changes) {
    await untilWritten(async () => {
      const record = await ownRecord(effects, me, key);
      const change = record.changes.find((one) => one.action === action.name);
      if (change === undefined) return true;
      const settled = settledBy(step, gone ? change : backAgain(step, change), at, came);
      if (settled === change) return true;
      const set = { [changeAttribute(action.name)]: changeValue(settled) };
      return (await writeTarget(table, record, { set })) || undefined;
    });
  }
  if (doing.facts.contains && !(await noteContained(table, me.incident, me.run, at))) {
    throw new StaleRun(`Run ${me.run} lost ${me.incident} while it verified`);
  }
}

/** From the first time on it stands; what it went on from is seen no more once the step that moved it on is done. */
function settledBy(
  { part }: Step,
  change: StandingChange,
  at: string,
  { closes = part?.closes, goesOn }: Pick<Verified, 'closes' | 'goesOn'>,
): StandingChange {
  const { from, ...rest } = change;
  if (goesOn === true) return { ...rest, intended: from ?? change.intended, verifiedAt: change.verifiedAt ?? at };
  if (closes !== undefined) {
    // All is as it was: there is nothing for an undo, and no before-state for what is changed next.
    const step: Step = { ...change.step, undo: { possible: false, why: closes } };
    return { ...rest, step, verifiedAt: change.verifiedAt ?? at };
  }
  if (change.verifiedAt === undefined) return { ...rest, verifiedAt: at };
  return part === undefined || change.from === undefined ? change : rest;
}

/**
 * What was begun in a turn keeps it no longer; of two parts, once the second is done. What went away meanwhile is not back: whatever took
 * it away may take the next.
 */
function backAgain({ afterwards }: Step, change: StandingChange): StandingChange {
  if (change.turn === undefined || afterwards !== undefined) return change;
  const { turn: _over, ...rest } = change;
  return rest;
}

/**
 * An undo was read back: the change no longer stands, and the same write says until when nobody changes the target again. Whoever became
 * interested meanwhile hears of it first, so that a crash in between costs an idle run and never a containment.
 */
export async function settleUndone(effects: SettleEffects, me: RunInput, hand: StepAtHand): Promise<void> {
  await untilWritten(async () => {
    const record = await readTarget(effects.table, hand.targetKey);
    const change = record?.changes.find((one) => one.action === hand.action.name);
    if (record === undefined || change === undefined) return true;
    await ownRecord(effects, me, hand.targetKey);
    const last = record.changes.length === 1;
    const others = await raiseOthers(effects, record, me.incident);
    const remove = [changeAttribute(hand.action.name), ...(last ? ['ownerIncident', 'ownerRun'] : [])];
    // What was released may be contained again with the next finding: nobody has said that it was a false alarm.
    const held = hand.step.release === true ? {} : undoneAttribute(undoneBy(effects, me, hand));
    const set = { ...(last ? { interested: others } : {}), ...held };
    return (await writeTarget(effects.table, record, { set, remove })) || undefined;
  });
}

/** A person's decision about what was put back holds for whatever incident comes upon it: it is there that ECR scans it again, for one. */
function undoneBy({ clock }: Pick<Effects, 'clock'>, me: RunInput, { stored }: StepAtHand): UndoneByPerson {
  const since = clock.now();
  const until = new Date(since.getTime() + stored.settings.holdAfterUndoHours * 3_600_000).toISOString();
  const { by, at } = stored.decided ?? { by: 'A person', at: stored.at };
  return { until, since: since.toISOString(), by, at, incident: me.incident, run: me.run };
}

/** What a run has put back is held as long as its incident is, though some of it was ready before the rest: one time is told. */
export async function holdAsLong({ table }: Pick<Effects, 'table'>, me: RunInput, until: string): Promise<void> {
  for (const { target } of await touchedTargets(table, me.incident)) {
    await untilWritten(async () => {
      const record = await readTarget(table, target);
      const undone = record?.undone ?? undefined;
      if (record === undefined || undone?.run !== me.run || undone.until >= until) return true;
      return (await writeTarget(table, record, { set: undoneAttribute({ ...undone, until }) })) || undefined;
    });
  }
}

async function raiseOthers(effects: SettleEffects, record: TargetRecord, me: string): Promise<readonly string[]> {
  const others = record.interested.filter((incident) => incident !== me);
  for (const other of others) await raise(effects.table, other, { run: effects.newId(), now: effects.clock.now() });
  return others;
}

/** After an undo: leaves what other incidents need to them; they hear of it first. */
export async function leaveToOthers(effects: SettleEffects, incident: string): Promise<void> {
  for (const { target, interested } of await targetsOf(effects.table, incident)) {
    if (interested.length < 2) continue;
    await untilWritten(async () => {
      const record = await readTarget(effects.table, target);
      if (record === undefined || !record.interested.includes(incident) || record.interested.length < 2) return true;
      await raiseOthers(effects, record, incident);
      return (await leaveTarget(effects.table, record, incident)) || undefined;
    });
  }
}
