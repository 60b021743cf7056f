import type { Verified } from '../actions/contract.ts';
import { untilWritten } from '../incident/contention.ts';
import type { StandingChange, TargetRecord } from '../incident/items.ts';
import { changeAttribute, changeValue, readTarget, writeTarget } from '../incident/targets.ts';
import { StaleRun } from '../platform/errors.ts';
import { canonicalJson, type JsonObject } from '../platform/json.ts';
import { againOf, type Beginning, type Begun, refused, started } from './beginning.ts';
import type { Effects } from './effects.ts';
import { failureOfStep } from './failure.ts';
import { inTurn, sharesElse } from './inTurn.ts';
import { asIntended, differing, pick, thirdValue } from './restored.ts';
import { backOf, type StepAtHand } from './run.ts';
import { show } from './shown.ts';
import { undoHeldTo, undoText } from './undone.ts';

/**
 * Protocol 5, before the call: stores the before-state and "started" in one write, conditional on ownership. The before-state is
 * written once; while a change of this action stands, nothing replaces it. Throws StaleRun when the target is not this run's.
 */
export async function begin(effects: Pick<Effects, 'table' | 'clock'>, beginning: Beginning): Promise<Begun> {
  const { hand, me } = beginning;
  const way = hand.stored.direction === 'undo' ? beginUndo : beginDo;
  return untilWritten(async () => {
    const record = await readTarget(effects.table, hand.targetKey);
    if (record?.owner?.incident !== me.incident || record.owner.run !== me.run) {
      throw new StaleRun(`${hand.targetKey} is not in the hands of run ${me.run}`);
    }
    return way(effects, beginning, record);
  });
}

const changeOf = (record: TargetRecord, { action }: StepAtHand): StandingChange | undefined =>
  record.changes.find((change) => change.action === action.name);

/** A round that finds its work done already, by an earlier one or by an earlier run, says since when it stands. */
const standsSince = ({ startedAt, startedBy }: StandingChange): string =>
  `Done at ${startedAt} by run ${startedBy.run}, and it stands as read again now; nothing was changed again.`;

const nothingLeft = ({ step }: StepAtHand): string => `${step.sentence} Nothing was left to do.`;

async function writeChange(
  { table }: Pick<Effects, 'table'>,
  beginning: Beginning,
  record: TargetRecord,
  change: StandingChange,
  { first = false, what = 'go on' }: { readonly first?: boolean; readonly what?: 'begin' | 'go on' } = {},
): Promise<Begun | undefined> {
  const stopped = await refused(beginning, what);
  if (stopped !== undefined) return stopped;
  const { me } = beginning;
  const attribute = changeAttribute(change.action);
  const expect = { ownerIncident: me.incident, ownerRun: me.run, ...(first ? { [attribute]: null } : {}) };
  const written = await writeTarget(table, record, { set: { [attribute]: changeValue(change) } }, expect);
  return written ? started(change) : undefined;
}

/** A change without what has gone since: nobody has changed that, and nobody can put it back. */
function stillThere({ hand: { action }, observed }: Beginning, standing: StandingChange): StandingChange {
  const left = (fields: JsonObject): JsonObject => (action.stillThere?.(fields, observed) ?? fields) as JsonObject;
  const { before, intended, from } = standing;
  return {
    ...standing,
    before: { ...before, ...left(pick(before, action.restores)) },
    intended: left(intended),
    ...(from === undefined ? {} : { from: left(from) }),
  };
}

async function beginDo(
  effects: Pick<Effects, 'table' | 'clock'>,
  beginning: Beginning,
  record: TargetRecord,
): Promise<Begun | undefined> {
  const { hand } = beginning;
  const { step } = hand;
  const standing = changeOf(record, hand);
  const undone = undoHeldTo(record, effects.clock.now());
  // Decided before it was put back, by an incident that nobody had undone.
  if (undone !== undefined && standing === undefined) {
    return { kind: 'ended', state: 'held', why: `${undoText(undone)}.`, against: 'person' };
  }
  const lasts = standing?.step.undo.possible === true;
  // What a part promises of itself says nothing about what the first has left standing.
  const ownPromise = step.part !== undefined && hand.doing.reversal !== undefined;
  const leaves = ownPromise ? lasts : step.undo.possible;
  if (standing !== undefined && lasts && !leaves) return beside(beginning, standing);
  // What left nothing standing behind is no before-state for what does.
  if (standing !== undefined && lasts === leaves) return goOn(effects, beginning, record, standing);
  if (step.part !== undefined) return { kind: 'ended', state: 'held', why: 'Nothing stands that it could go on with.' };
  const stale = staleNow(beginning);
  if (stale !== undefined) return stale;
  return writeChange(effects, beginning, record, firstChange(effects, beginning), {
    first: standing === undefined,
    what: 'begin',
  });
}

/** Whether what decided about the plan is otherwise by now. */
function staleNow({ hand, observed }: Beginning): Begun | undefined {
  const moved = sharesElse(hand, observed) ? 'turn' : undefined;
  const field = differing(observed, hand.step.decisive, hand.action.decisive) ?? moved;
  const why = `"${field}" has changed since the plan was made.`;
  return field === undefined ? undefined : { kind: 'ended', state: 'stale', why };
}

/** A step that leaves nothing standing behind, where something else stands: that stays as it is, whatever it reads like by now. */
async function beside(beginning: Beginning, standing: StandingChange): Promise<Begun> {
  const holds = (await readBack(beginning, standing)).state === 'holds';
  return holds
    ? { kind: 'ended', state: 'done', why: nothingLeft(beginning.hand) }
    : ((await refused(beginning, 'begin')) ?? { kind: 'started', before: standing.before });
}

/** Something of this action stands on the target: done by an earlier run or round, by the first part of this one, or begun and interrupted. */
async function goOn(
  effects: Pick<Effects, 'table' | 'clock'>,
  beginning: Beginning,
  record: TargetRecord,
  standing: StandingChange,
): Promise<Begun | undefined> {
  const { hand, observed } = beginning;
  const next = nextChange(beginning, standing);
  const left = stillThere(beginning, standing);
  const delivered = hand.action.deliveredAgain?.(standing.before, observed);
  // What was archived before us, and was pushed since, has a third value, though nobody has decided it.
  const third = delivered === undefined ? thirdValue(observed, left) : undefined;
  const fresh = untouched(standing, next);
  const strange = thirdValue(observed, fresh);
  const why = `Somebody else has changed it. ${show(observed, third === undefined ? fresh : left)}`;
  const elsewhere = { kind: 'ended', state: 'held', why, byOthers: standing } as const;
  if (standing.verifiedAt !== undefined && standing.undoingBy === undefined) {
    if ((await readBack(beginning, standing)).state === 'holds') {
      const why = hand.step.part === undefined ? standsSince(standing) : nothingLeft(hand);
      return { kind: 'ended', state: 'done', why, ...againOf(standing) };
    }
    // A later part moves on from what those before it have left behind; what is as it was meant to be, and does not hold, is done again.
    if (asLeft(observed, left)) {
      if (strange !== undefined) return elsewhere;
      return writeChange(effects, beginning, record, next, { what: 'begin' });
    }
    if (delivered !== undefined) return containAgain(effects, beginning, record, { standing, next, delivered });
    // An undo takes what is as it was before for put back; it leaves a third value alone.
    const accept =
      third === undefined
        ? 'If that was meant, firebreak undo accepts it; until then the change stands in the record. '
        : '';
    return {
      kind: 'ended',
      state: 'held',
      why: `Somebody has changed back what was contained. ${accept}${show(observed, left)}`,
      against: 'person',
      byOthers: standing,
    };
  }
  if (third !== undefined || strange !== undefined) return elsewhere;
  if (standing.undoingBy !== undefined) {
    // An undo that never ended: from here on it is a containment again, of the same before-state, and looked at as one.
    const { undoingBy: _undoing, verifiedAt: _verified, ...again } = standing;
    const begun = { ...again, ...inTurn(hand), startedBy: beginning.me };
    const written = await writeChange(effects, beginning, record, begun);
    if (written?.kind === 'ended') return written;
    return undefined;
  }
  // Interrupted: the call may have been made. Asked before it is repeated; an absence that was read once is no answer.
  if (asIntended(observed, left.intended)) {
    const { state, absence } = await readBack(beginning, standing);
    if (state === 'holds' && !absence)
      return {
        kind: 'ended',
        state: 'done',
        why: 'It was done already, as read again after an interruption.',
        ...againOf(standing),
      };
  }
  const { startedBy, step } = standing;
  const samePlan = startedBy.run === beginning.me.run && canonicalJson(step) === canonicalJson(hand.step);
  if (samePlan) return (await refused(beginning, 'go on')) ?? started(standing);
  return writeChange(effects, beginning, record, next);
}

/** So often is what was delivered again contained again (promise 11); then somebody is at it who has to be found. */
const mostAgain = 2;

/**
 * A push of what is contained decides nothing about it. The change is begun again, with its before-state, and is verified anew: whoever
 * comes back after a crash finds it begun, and does not count the same push twice.
 */
async function containAgain(
  effects: Pick<Effects, 'table' | 'clock'>,
  beginning: Beginning,
  record: TargetRecord,
  back: { readonly standing: StandingChange; readonly next: StandingChange; readonly delivered: string },
): Promise<Begun | undefined> {
  const { times = 0 } = back.standing.again ?? {};
  const undone = undoHeldTo(record, effects.clock.now());
  if (undone !== undefined) return { kind: 'ended', state: 'held', why: `${undoText(undone)}.`, against: 'person' };
  if (times >= mostAgain) {
    const why = `${back.delivered}, after it was contained again ${times} times. It is not contained once more, because somebody or something keeps bringing it back.`;
    return { kind: 'ended', state: 'held', why, against: 'comes-back', ...againOf(back.standing) };
  }
  const stale = staleNow(beginning);
  if (stale !== undefined) return stale;
  const { verifiedAt: _verified, ...next } = back.next;
  const again = { times: times + 1, most: mostAgain, why: back.delivered };
  return writeChange(effects, beginning, record, { ...next, again }, { what: 'begin' });
}

/**
 * Whether all is as our last step left it, or as one that was interrupted may have: after a containment was read back, what is as it was
 * before is somebody's doing.
 */
const asLeft = (observed: JsonObject, { before, intended, from = intended }: StandingChange): boolean =>
  thirdValue(observed, { before: { ...before, ...from }, intended }) === undefined;

/** Of what is to be changed next, the fields that nothing of ours has changed so far: they are as they were, or somebody has. */
function untouched(
  { before, intended }: StandingChange,
  next: StandingChange,
): Pick<StandingChange, 'before' | 'intended'> {
  const fields = Object.keys(next.intended).filter((field) => !(field in intended));
  return { before, intended: pick(next.intended, fields) };
}

/** The same containment, carried on: its before-state stays, and what was intended so far may be seen until this is done. */
function nextChange({ hand, me }: Beginning, standing: StandingChange): StandingChange {
  const { doing, step } = hand;
  const { before } = standing;
  const ours = doing.intended(step.target, step.params, before, step.chosen ?? {}) as JsonObject;
  const intended = { ...standing.intended, ...ours };
  const moves = canonicalJson(intended) !== canonicalJson(standing.intended);
  const first = step.part === undefined ? step : standing.step;
  return {
    ...standing,
    step: first,
    intended,
    ...(moves ? { from: standing.intended } : {}),
    ...inTurn(hand),
    startedBy: { incident: me.incident, run: me.run },
  };
}

function firstChange({ clock }: Pick<Effects, 'clock'>, { hand, me, observed }: Beginning): StandingChange {
  const { action, step } = hand;
  return {
    action: action.name,
    before: observed,
    intended: action.intended(step.target, step.params, observed, step.chosen ?? {}) as JsonObject,
    step,
    startedAt: clock.now().toISOString(),
    ...inTurn(hand),
    startedBy: { incident: me.incident, run: me.run },
  };
}

async function beginUndo(
  effects: Pick<Effects, 'table'>,
  beginning: Beginning,
  record: TargetRecord,
): Promise<Begun | undefined> {
  const { hand, me, observed } = beginning;
  const standing = changeOf(record, hand);
  if (standing === undefined) return { kind: 'ended', state: 'done', why: 'Nothing of it stands any more.' };
  const others = record.interested.filter((incident) => incident !== me.incident);
  if (others.length > 0)
    return { kind: 'ended', state: 'held', why: `Incident ${others.join(', ')} needs it contained.` };
  const left = { ...stillThere(beginning, standing), ...leftBy(beginning, standing) };
  const third = thirdValue(observed, left);
  // Some restores pass through values of their own; once ours has begun, those that are on their way are no third value.
  const onItsWay =
    standing.undoingBy !== undefined && third !== undefined && (await readBack(beginning, standing)).state !== 'broken';
  if (third !== undefined && !onItsWay) {
    const why = `Somebody else has changed it. ${show(observed, left)}`;
    return { kind: 'ended', state: 'held', why, byOthers: standing };
  }
  return writeChange(effects, beginning, record, {
    ...standing,
    ...leftBy(beginning, standing),
    undoingBy: me.run,
  });
}

/** A release leaves values of its own: what is so already needs nobody to have changed it, and what is so later is not somebody else's. */
function leftBy({ hand }: Beginning, { before, from }: StandingChange): Pick<StandingChange, 'from'> {
  const { action, step } = hand;
  if (step.release !== true || action.release === undefined) return {};
  return { from: { ...from, ...(action.release.intended(step.target, before, step.chosen ?? {}) as JsonObject) } };
}

/** What verifying says now. What cannot be read proves nothing. Throws Throttled. */
async function readBack({ hand, context }: Beginning, { before }: StandingChange): Promise<Verified> {
  const { doing, step, stored } = hand;
  const verify = stored.direction === 'undo' ? backOf(hand).verify : doing.verify;
  const unread: Verified = { state: 'broken', seen: '', absence: false };
  try {
    return (await verify?.(step.target, step.params, before, context)) ?? unread;
  } catch (error) {
    failureOfStep(error, `Reading ${step.target.id} back`);
    return unread;
  }
}
