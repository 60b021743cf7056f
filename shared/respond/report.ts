import { untilWritten } from '../incident/contention.ts';
import { lastUndo } from '../incident/decisions.ts';
import { endRun, nextRound } from '../incident/ends.ts';
import { readHead } from '../incident/head.ts';
import type { Head, Outcome, PersonDecision, Receipt, StoredPlan } from '../incident/items.ts';
import { keepReplaced } from '../incident/outbox.ts';
import { actedBefore, planOfRun } from '../incident/plans.ts';
import { receiptsOf } from '../incident/receipts.ts';
import { targetsOf } from '../incident/targets.ts';
import { eachOnce, type Stop } from '../plan/stop.ts';
import { StaleRun } from '../platform/errors.ts';
import { composeMessage } from '../report/compose.ts';
import type { StandingStep } from '../report/howToUndo.ts';
import { outcomeOf, resultOf } from '../report/outcome.ts';
import { stopsOfRun } from '../report/stops.ts';
import type { KeptTurn } from '../report/turns.ts';
import { isClosedAfter } from './acted.ts';
import { noteTold } from './drill.ts';
import type { Effects } from './effects.ts';
import { noteWhatDidNotHold, type StoppedRule } from './ineffective.ts';
import { leaseAfter } from './leaseAfter.ts';
import { linked } from './link.ts';
import { fingerprint, messageOf } from './message.ts';
import { keptTurns, letGo, passTurns } from './passTurns.ts';
import { relatesTo } from './relates.ts';
import type { RunInput } from './run.ts';
import { sendOutbox } from './send.ts';
import { holdAsLong, leaveToOthers } from './settle.ts';
import { asTold, cutIn, startsOf, waitsForPlace } from './shortage.ts';
import { kick } from './start.ts';
import { waitsUntil } from './waitsUntil.ts';
import { wakeOthers } from './wake.ts';
import { pageAfter, replacedBy, type Told, timeFor } from './whoHasIt.ts';

export type ReportEffects = Pick<
  Effects,
  'table' | 'bodies' | 'executions' | 'publisher' | 'clock' | 'newId' | 'log' | 'stage' | 'consoleUrl'
>;

export interface ReportInput extends RunInput {
  readonly round: number;
}

export interface Reported extends ReportInput {
  /** Back to Decide. */
  readonly more: boolean;
  readonly outcome: Outcome | null;
  /** Until when a person is waited for, ISO; null where none is, or without an end. */
  readonly until: string | null;
}

const mostRounds = 5;

/** Protocol 6. A repeat finds what it wrote, and sends what is not known to be sent. Throws StaleRun. */
export async function report(effects: ReportEffects, input: ReportInput): Promise<Reported> {
  const { incident, run, round } = input;
  const { head, about, acted } = await untilWritten(async () => {
    const now = await readHead(effects.table, incident);
    if (now === undefined || now.run !== run) throw new StaleRun(`${incident} is not in the hands of run ${run}`);
    const stored = await planOfRun(effects.bodies, now, round);
    const before = await actedBefore(effects.bodies, now, round);
    // Written by an earlier attempt, which crashed before it had sent everything.
    if (now.state !== 'running' || now.round > round) return { head: now, about: stored, acted: before };
    if (stored === undefined) throw new StaleRun(`Round ${round} of run ${run} has no plan`);
    const written = await conclude(effects, now, stored, before);
    return written === undefined ? undefined : { head: written, about: stored, acted: before };
  });
  await sendOutbox(effects, head);
  await noteTold(effects, incident, about?.plan);
  const more = head.state === 'running' && head.run === run;
  // Before its own next run begins, which would find the turn its own and go on ahead of those who wait.
  if (!more && about !== undefined) await passTurns(effects, { incident, run }, roundsOf(about, acted));
  if (head.state === 'running' && !more) await kick(effects, head);
  const others = about?.direction === 'undo' || (about?.plan.proposed.length ?? 0) > 0;
  if (others) await wakeOthers(effects, incident);
  const until = more ? null : waitsUntil(head, run);
  return { incident, run, round, more, outcome: more ? null : head.outcome, until };
}

const roundsOf = (stored: StoredPlan, acted: StoredPlan | undefined): readonly StoredPlan[] =>
  acted === undefined ? [stored] : [acted, stored];

/** What this round came to. */
interface Conclusion {
  readonly head: Head;
  readonly stored: StoredPlan;
  /** See `actedBefore`. */
  readonly acted: StoredPlan | undefined;
  readonly receipts: readonly Receipt[];
  /** What an undo of the incident would put back. */
  readonly standing: readonly StandingStep[];
  /** Of an undo. */
  readonly decided: PersonDecision | undefined;
  readonly moved: boolean;
  readonly stale: boolean;
  /** Rules that are stopped because what they asked for did not hold, this time either. */
  readonly stopped: readonly StoppedRule[];
}

async function conclude(
  effects: ReportEffects,
  head: Head,
  stored: StoredPlan,
  acted: StoredPlan | undefined,
): Promise<Head | undefined> {
  const receipts = await receiptsOf(effects.table, head.incident, head.run, stored.round);
  const decided = stored.direction === 'undo' ? await lastUndo(effects.table, head.incident) : undefined;
  const moved = hasMoved(head, stored);
  const stale = anyIn(receipts, 'stale');
  const stopped = await noteWhatDidNotHold(effects, head, stored, receipts);
  const standing = await standingOf(effects, head.incident);
  const conclusion = { head, stored, acted, receipts, standing, decided, moved, stale, stopped };
  const again = moved || stale || waitsForPlace(stored.plan, receipts);
  // An undo is finished as it was asked for; whatever came meanwhile is the next run's.
  if (again && stored.direction === 'do' && stored.round < mostRounds) return goOn(effects, conclusion);
  return end(effects, conclusion);
}

/** What stands for this incident alone: what another needs is put back by no undo of this one. */
async function standingOf({ table }: Pick<Effects, 'table'>, incident: string): Promise<readonly StandingStep[]> {
  const records = (await targetsOf(table, incident)).filter(({ interested }) => interested.length === 1);
  return records.flatMap(({ changes }) => changes.map(({ step }) => step)).filter(({ undo }) => undo.possible);
}

/** Whether something happened that the plan has not read: it counted, or it was active after the containment. */
const hasMoved = (head: Head, stored: StoredPlan): boolean =>
  head.seq !== stored.seq ||
  (head.containedAt !== null && head.lastFindingAt > head.containedAt && head.lastFindingAt > stored.activity);

const anyIn = (receipts: readonly Receipt[], ...states: readonly Receipt['state'][]): boolean =>
  receipts.some(({ state }) => states.includes(state));

/** Something was done about it, though it may not have come to its end: what was begun may have put it back. */
const hasBegun = ({ stored, receipts }: Conclusion): boolean =>
  stored.plan.steps.some(
    (step) =>
      resultOf(step, receipts) === 'ok' ||
      receipts.some(({ key, startedAt }) => key === step.key && startedAt !== undefined),
  );

/**
 * An undo keeps its incident from being contained again for a while, and a release ends that: what is found after it is contained at once. Where
 * either was refused, the policy stands, and that is as it was; as it is after anything else.
 */
function heldAfter(conclusion: Conclusion, now: Date): string | null {
  const { head, stored } = conclusion;
  if (stored.direction !== 'undo') return head.heldUntil;
  if (stored.plan.decision !== 'ignore' && !hasBegun(conclusion)) return head.heldUntil;
  if (stored.plan.release !== undefined) return null;
  return new Date(now.getTime() + stored.settings.holdAfterUndoHours * 3_600_000).toISOString();
}

function telling(effects: ReportEffects, conclusion: Conclusion, keeps: readonly KeptTurn[] = []) {
  const { head, stored, receipts, standing, decided, stale, stopped } = conclusion;
  const { direction } = stored;
  // No rule may make it quieter that the account kept changing under our hands.
  const plan = stale ? { ...stored.plan, page: {} } : stored.plan;
  const nothingStood = direction === 'undo' && plan.decision === 'ignore';
  const now = effects.clock.now();
  const heldUntil = heldAfter(conclusion, now);
  const { incident, run, earlier } = head;
  const { breached } = stored;
  const { escalates = null, responsible } = stored.settings;
  const { stage } = effects;
  const compose = (told: readonly Receipt[], upAgain: boolean) => {
    const outcome = nothingStood
      ? plan.release === undefined
        ? 'undone'
        : 'released'
      : outcomeOf(plan, told, { direction });
    const of = { incident, run, direction, outcome, plan, receipts: told, breached };
    const lease = leaseAfter({ head, stored, receipts: told, outcome, now });
    const text = composeMessage({
      ...of,
      standing,
      lease: lease === undefined ? head.lease : lease,
      heldUntil,
      decided,
      upAgain,
      keeps,
      stopped,
      escalates,
      responsible,
      earlier,
      now,
      stage,
    });
    return {
      outcome,
      text,
      lease,
      state: fingerprint({
        outcome,
        tier: text.tier,
        plan,
        receipts: told,
        breached,
        stopped,
        asked: stored.decided?.at,
      }),
    };
  };
  const { outcome, text, lease, state } = compose(receipts, false);
  // What has come up since is a new state, and no reason to wake whoever was told of all the rest.
  const wasTold = (down: readonly string[]) => compose(asTold(receipts, down), false).state === head.told;
  const upAgain = state !== head.told && [head.downTold ?? [], startsOf(plan)].some(wasTold);
  const { tier, subject, body, settled } = upAgain ? compose(receipts, true).text : text;
  // That something is up again ends no alert: whatever else people were woken for is still so.
  const came = { class: plan.class, ...(upAgain ? {} : { outcome }) };
  const about: Told = { head, stored, receipts, decided, outcome, upAgain, now };
  const written =
    tier === 'none' || state === head.told
      ? undefined
      : linked(
          effects,
          {
            ...messageOf(head, state, { tier, subject, body, ...came, ...timeFor(about, tier) }, now),
            ...relatesTo(head, plan, { tier, settled }),
          },
          plan.asks?.hash ?? null,
        );
  const page = pageAfter(about, written);
  // It goes where the one before it had come to.
  const level = page?.id === written?.id ? (page?.level ?? 0) : 0;
  const message = written === undefined || level === 0 ? written : { ...written, level };
  const replaces = replacedBy(about, message);
  // The other incident tells while it has this one in hand: what people know of this one is still the last that it told.
  const told = outcome === 'joined' ? head.told : state;
  return { outcome, told, message, heldUntil, page, lease, replaces, now };
}

/**
 * Only a page that is due already goes out; a step that was stale is no news yet. Nor is what a person stopped who has said meanwhile that it
 * was a false alarm, or holds it: what comes next tells what became of it. What people know to lack a place is waited for in the next round.
 */
async function goOn(effects: ReportEffects, conclusion: Conclusion): Promise<Head | undefined> {
  const { head, stored, stale, receipts } = conclusion;
  const { message, told, page, replaces } = telling(effects, conclusion);
  const news = !stale || anyIn(receipts, 'failed', 'held');
  const held = receipts.some(({ stops = [] }) => stops.some(({ kind }) => kind === 'hold'));
  // A page is there only beside a message that is one.
  const due = page != null && message !== undefined && news && !held && head.direction !== 'undo';
  const known = due || (!stale && told === head.told);
  const downTold = known ? [...new Set([...(head.downTold ?? []), ...cutIn(receipts)])] : head.downTold;
  const acted = stored.plan.steps.some(({ facts }) => facts.changes) ? head.plan : head.acted;
  const written = await nextRound(effects.table, head, due ? { message, told, page, replaces } : undefined, {
    downTold,
    acted,
  });
  if (written !== undefined && due) await keepReplaced(effects.table, head.incident, replaces, message.id);
  return written;
}

/** What a run leaves held. That a person's undo still waits for a pause is not forgotten over a finding that comes in between. */
function stopsLeft({ stops }: Head, stored: StoredPlan, receipts: readonly Receipt[]): readonly Stop[] | null {
  const before = stored.direction === 'undo' ? [] : (stops ?? []).filter(({ undo }) => undo === true);
  const left = eachOnce([...before, ...stopsOfRun(stored.plan, receipts)]);
  return left.length === 0 ? null : left;
}

/** What people are told of at the end. */
async function ofWhatWasDone(effects: ReportEffects, conclusion: Conclusion): Promise<Conclusion> {
  const { head, stored, acted } = conclusion;
  if (acted === undefined) return conclusion;
  const receipts = await receiptsOf(effects.table, head.incident, head.run, acted.round);
  return isClosedAfter(stored, acted, receipts) ? { ...conclusion, stored: acted, receipts } : conclusion;
}

async function end(effects: ReportEffects, conclusion: Conclusion): Promise<Head | undefined> {
  const { head, stored, acted, moved, receipts } = conclusion;
  const undone = stored.direction === 'undo';
  if (undone) await letGo(effects, head.incident);
  const keeps = await keptTurns(effects, head.incident, roundsOf(stored, acted));
  const { outcome, told, message, heldUntil, page, lease, replaces, now } = telling(
    effects,
    await ofWhatWasDone(effects, conclusion),
    keeps,
  );
  if (undone) await leaveToOthers(effects, head.incident);
  if (undone && heldUntil !== null) await holdAsLong(effects, head, heldUntil);
  const written = await endRun(effects.table, head, {
    outcome,
    reportedSeq: stored.seq,
    told,
    message,
    page,
    lease,
    replaces,
    heldUntil,
    // What was refused, or did not come to its end, leaves standing what stands: activity after that is still news.
    containedAt: undone && (outcome === 'undone' || outcome === 'released') ? null : head.containedAt,
    waits: stored.plan.waits ?? null,
    stops: stopsLeft(head, stored, receipts),
    next: moved ? { run: effects.newId(), direction: undone ? 'do' : head.direction } : undefined,
    now,
  });
  if (written !== undefined) await keepReplaced(effects.table, head.incident, replaces, message?.id ?? head.run);
  return written;
}
