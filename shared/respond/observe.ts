import type { Accusation } from '../actions/accusation.ts';
import {
  type Action,
  type Leaving,
  type Planned,
  type ReadContext,
  type Target,
  targetKey,
} from '../actions/contract.ts';
import type { StandingChange, TargetRecord } from '../incident/items.ts';
import { changedTogether, meetingOf, readTarget } from '../incident/targets.ts';
import { type Answers, noAnswers, unlessPersonNeeded } from '../plan/approval.ts';
import { byOrder } from '../plan/order.ts';
import type { Proposal } from '../plan/propose.ts';
import { type Observation, seenLines, turnOf } from '../plan/steps.ts';
import { namesOf } from '../plan/targetNames.ts';
import { NotSettled } from '../platform/errors.ts';
import type { JsonObject } from '../platform/json.ts';
import type { Settings } from '../rules/rule.ts';
import { readContext } from './context.ts';
import type { Effects } from './effects.ts';
import { failureOfStep } from './failure.ts';
import { pick } from './restored.ts';
import type { RunInput } from './run.ts';
import type { StopsNow } from './stops.ts';
import { undoHeldTo, undoText } from './undone.ts';

type ObserveEffects = Pick<Effects, 'table' | 'sessions' | 'clock' | 'evidence'>;

/**
 * Observes what is proposed, in the order in which it would be done: what a workload step takes off an image is not in the way of
 * the image's own step.
 */
export async function observeInOrder(
  effects: ObserveEffects,
  me: RunInput,
  settings: Settings,
  proposals: readonly Proposal[],
  looking: Looking,
): Promise<readonly Observation[]> {
  const observed: Observation[] = [];
  let { accusation } = looking;
  for (const proposal of proposals.toSorted((a, b) => byOrder(a.action, b.action))) {
    const seen = await observeProposal(effects, me, settings, proposal, { ...looking, accusation });
    const one = await unlessStopped(await unlessAsked(effects, seen, settings, looking.answers), looking.stops);
    observed.push(one);
    // What comes after is planned as if what is asked about were approved: a person sees the whole of it.
    const step = one.asks?.would ?? one.planned;
    if (step.kind === 'step') accusation = without(accusation, step.leaves);
  }
  return observed;
}

/** An accusation once these tasks and services do not run the accused digests any more. */
function without(accusation: Accusation, leaves: Leaving | undefined): Accusation {
  if (leaves === undefined) return accusation;
  const { leaving, pulledUntil } = accusation;
  const pulling = [accusation, leaves].flatMap(({ pullingSince }) => pullingSince ?? []).toSorted();
  return {
    ...accusation,
    ...(pulling[0] === undefined ? {} : { pullingSince: pulling[0] }),
    leaving: [...new Set([...leaving, ...leaves.arns])].sort(),
    pulledUntil: [pulledUntil ?? '', leaves.pulledUntil ?? ''].toSorted().at(-1) || null,
  };
}

/** What an observation may rely on. */
export interface Looks {
  /** What AWS throttles now is not looked at again. */
  readonly lastTry: boolean;
  /** What is not there now was not there half a minute ago either. */
  readonly absenceAgreed: boolean;
}

interface Looking extends Looks {
  readonly accusation: Accusation;
  /** Absent: nothing stops anything. */
  readonly stops?: StopsNow;
  /** What people have answered. Absent: nobody has. */
  readonly answers?: AnswersNow;
}

export type AnswersNow = () => Promise<Answers>;

/** Answers are read only where there is something to answer. */
async function unlessAsked(
  { clock }: Pick<Effects, 'clock'>,
  seen: Observation,
  settings: Settings,
  answers: AnswersNow | undefined,
): Promise<Observation> {
  const one = unlessPersonNeeded(seen, settings, noAnswers(clock.now()));
  return one.asks === undefined || answers === undefined ? one : unlessPersonNeeded(seen, settings, await answers());
}

/**
 * What a pause, a freeze or a stopped rule is in the way of is held, before it frees anything for what comes after it. What stands there is
 * for Act to look at: it may be found as it should be, and then nothing is changed.
 */
async function unlessStopped(seen: Observation, stops: StopsNow | undefined): Promise<Observation> {
  const { proposal, planned, observed, stands } = seen;
  const { action, target, members = [], rules, mode } = proposal;
  if (stops === undefined || planned.kind !== 'step' || stands || !action.facts.changes || mode === 'observe')
    return seen;
  const others = members.filter((member) => targetKey(member) !== targetKey(target)).map(targetKey);
  const names = [...namesOf(target, turnOf(action, target, observed)), ...others];
  const stop = await stops({ names, rules });
  if (stop === undefined) return seen;
  const reason = `${target.id}: ${stop.why} It would: ${planned.sentence}`;
  return { ...seen, planned: { kind: 'hold', reason, seen: seenLines(observed) }, stops: [stop] };
}

/**
 * Observes the target of a proposal and asks its action what to do. What is gone is skipped; what cannot be read is held,
 * with the reason: acting fails closed. Throws Throttled, so that Decide is tried again; at the last try that is held, too. Throws
 * NotSettled for what is not there at the first look.
 * Where the action changes more than the target, what is to be done is done at the target on which all meet who would.
 */
async function observeProposal(
  effects: ObserveEffects,
  me: RunInput,
  settings: Settings,
  proposal: Proposal,
  looking: Looking,
): Promise<Observation> {
  const { action, target: accused } = proposal;
  const observeAt = (at: Proposal): Promise<Observation> =>
    observeThere(effects, me, settings, at, { accused, ...looking });
  const { meets } = action;
  if (meets === undefined) return observeAt(proposal);
  const met = await meetingOf(effects.table, targetKey(accused));
  const standing = changedTogether(met, targetKey(accused), action.name);
  if (standing !== undefined) {
    const there = await observeAt({ ...proposal, target: standing.step.target });
    return withMembers(there, meets(accused, there.observed ?? standing.before).members);
  }
  const alone = unlessUndone(await observeAt(proposal), met, effects.clock.now());
  if (alone.observed === null) return alone;
  const { at, members } = meets(accused, alone.observed);
  const stays = targetKey(at) === targetKey(accused) || alone.planned.kind !== 'step';
  return withMembers(stays ? alone : await observeAt({ ...proposal, target: at }), members);
}

const withMembers = (observation: Observation, members: readonly Target[]): Observation => ({
  ...observation,
  proposal: { ...observation.proposal, members },
});

async function observeThere(
  effects: ObserveEffects,
  { incident, run }: RunInput,
  settings: Settings,
  proposal: Proposal,
  { accused, accusation, lastTry, absenceAgreed }: Looking & { readonly accused: Target },
): Promise<Observation> {
  const { action, target, params } = proposal;
  const record = await readTarget(effects.table, targetKey(target));
  const standing = record?.changes.find((change) => change.action === action.name);
  const before = standing?.before;
  try {
    const given = await readContext(effects, { incident, run, action, target, settings, accusation, before });
    const chosen = standing?.step.chosen;
    // What stands was chosen then: what it has left behind is ours, and nobody else's.
    const context = chosen === undefined ? given : { ...given, chosen };
    const observed = await action.observe(target, params, context);
    const planned = plannedWith({ ...proposal, target: accused }, observed, settings, standing);
    const holds = await stillHolds({ ...proposal, target }, standing, planned, context);
    const known = {
      ...(holds === undefined ? {} : { holds }),
      ...(standing === undefined ? {} : { stands: true as const }),
      ...(standing?.step.undo.possible === true ? { kept: true as const } : {}),
    };
    const seen = { proposal, observed, planned, accusation, ...known };
    // What stands though a person had something there put back is for Act to look at.
    return standing === undefined ? unlessUndone(seen, record, effects.clock.now()) : seen;
  } catch (error) {
    const failure = failureOfStep(error, `Reading ${target.id}`, lastTry);
    // A containment that stands is read back even where its target is gone: the step completes, and says so.
    if (standing !== undefined) {
      return { proposal, observed: standing.before, planned: again(standing), accusation, stands: true };
    }
    if (failure.kind === 'failed') {
      return { proposal, observed: null, planned: { kind: 'hold', reason: failure.why, seen: [] }, accusation };
    }
    if (!absenceAgreed) throw new NotSettled(`${target.id} is not there; a second look 30 s later decides.`);
    // Of several that meet on a target, the one that was accused may still be there.
    const planned: Planned =
      targetKey(target) === targetKey(accused)
        ? { kind: 'skip', reason: `${target.id} is not there any more` }
        : { kind: 'hold', reason: `${target.id} went away while it was read`, seen: [] };
    return { proposal, observed: null, planned, accusation };
  }
}

/** What a person had put back is held for every incident that would change it again, not for that alone of which it was the undo. */
function unlessUndone(seen: Observation, record: TargetRecord | undefined, now: Date): Observation {
  const { proposal, planned, observed } = seen;
  const undone = proposal.action.facts.changes ? undoHeldTo(record, now) : undefined;
  if (undone === undefined || planned.kind !== 'step') return seen;
  const reason = `${proposal.target.id}: ${undoText(undone)}.`;
  return { ...seen, planned: { kind: 'hold', reason, seen: seenLines(observed), until: undone.until } };
}

/** Whether what was verified is so still. Asked only where somebody is at work: a vulnerability is there as before. */
async function stillHolds(
  { action, target, params }: Proposal,
  standing: StandingChange | undefined,
  planned: Planned,
  context: ReadContext,
): Promise<boolean | undefined> {
  if (standing?.verifiedAt === undefined || planned.kind !== 'step' || context.accusation.cause === null)
    return undefined;
  const { chosen } = planned;
  const read = chosen === undefined ? context : { ...context, chosen };
  return (await action.verify(target, params, standing.before, read)).state === 'holds';
}

const again = ({ step: { sentence, undo, chosen, afterwards, remains, reopens } }: StandingChange): Planned => ({
  kind: 'step',
  sentence,
  undo,
  ...(chosen === undefined ? {} : { chosen }),
  ...(afterwards === undefined ? {} : { afterwards }),
  ...(remains === undefined ? {} : { remains }),
  ...(reopens === undefined ? {} : { reopens }),
});

/**
 * A containment that stands shows its target as done already, which would take the step out of the plan and leave nobody to
 * read it back. So it is planned as if nothing had been changed; what an action would not do again stays as it was planned
 * then. Started only, it may be held: an action may have reason to by now.
 */
function plannedWith(
  { action, target, params }: Proposal,
  observed: JsonObject,
  settings: Settings,
  standing: StandingChange | undefined,
): Planned {
  if (standing === undefined) return action.plan(target, params, observed, settings);
  const lasts = standing.step.undo.possible;
  const planned = action.plan(target, params, lasts ? asBefore(action, observed, standing) : observed, settings);
  const stands = standing.verifiedAt !== undefined && planned.kind !== 'step';
  // What is to be contained again is looked at as if it were new: it may be in use by now.
  if (planned.kind === 'hold' && action.deliveredAgain?.(standing.before, observed) !== undefined) return planned;
  if (planned.kind === 'hold' && action.asksMore?.(observed) === true) return planned;
  // What left nothing standing needs nobody to read it back: a reason to ask a person is one.
  if (planned.kind === 'hold' && !lasts) return planned;
  return stands || planned.kind === 'skip' ? again(standing) : planned;
}

const asBefore = (action: Action, observed: JsonObject, { before }: StandingChange): JsonObject => ({
  ...observed,
  ...pick(before, action.restores),
});
