import { waitOf } from '../actions/parts.ts';
import { isCanary } from '../finding/canary.ts';
import type { Finding } from '../finding/finding.ts';
import { answersOf, lastUndo } from '../incident/decisions.ts';
import { noteDrill } from '../incident/drills.ts';
import { earlierFindings, findingsOf } from '../incident/findings.ts';
import { stopOfHold } from '../incident/holds.ts';
import type { Head, PersonDecision, PlanRef, StoredFinding } from '../incident/items.ts';
import type { PlanSettings } from '../incident/planSettings.ts';
import { planOfRun, storePlan } from '../incident/plans.ts';
import { versionsOfRules } from '../incident/rulesets.ts';
import { noAnswers } from '../plan/approval.ts';
import { assemble } from '../plan/assemble.ts';
import { canaryPlan } from '../plan/canary.ts';
import { accusationOf, causesOf, firstCause, rolesOf } from '../plan/cause.ts';
import { emptyPlan } from '../plan/emptyPlan.ts';
import { escalationOf } from '../plan/escalation.ts';
import { heeded } from '../plan/heeded.ts';
import { leaseDaysOf } from '../plan/lease.ts';
import { decideFinding } from '../plan/match.ts';
import type { Decision, Plan } from '../plan/plan.ts';
import { propose } from '../plan/propose.ts';
import type { Observation } from '../plan/steps.ts';
import { askedIn } from '../plan/stop.ts';
import { responsibleFor } from '../plan/team.ts';
import { InvalidRules, StaleRun, Throttled } from '../platform/errors.ts';
import { once } from '../platform/once.ts';
import { durationSeconds } from '../rules/duration.ts';
import { defaultStorm, type Settings } from '../rules/rule.ts';
import { settings as settingsSchema } from '../rules/schema.ts';
import { observing } from '../rules/storedSet.ts';
import { readsApartMs } from './absence.ts';
import { ownersIn, readAccused, readSuspects } from './accused.ts';
import { withPods } from './accusedHosts.ts';
import { withKeys } from './accusedKeys.ts';
import { withRoles } from './accusedRoles.ts';
import { withServices } from './accusedServices.ts';
import { atWorkUntil, breachedContainment, louder } from './breached.ts';
import { asReal, drillOf, ofDrill } from './drill.ts';
import type { Effects, PublishedRules } from './effects.ts';
import { isLastTry } from './failure.ts';
import { noteExemptions } from './noteExemptions.ts';
import { type AnswersNow, type Looks, observeInOrder } from './observe.ts';
import { withOwnerBefore } from './ownerBefore.ts';
import { takeTargets } from './ownership.ts';
import { planRelease } from './planRelease.ts';
import { planUndo } from './planUndo.ts';
import { actionNamed, headOfRun, type RunInput } from './run.ts';
import { stopsNow } from './stops.ts';
import { adoptTurns } from './takeTurns.ts';

export type DecideEffects = Pick<
  Effects,
  'table' | 'bodies' | 'ruleSets' | 'sessions' | 'evidence' | 'catalogue' | 'clock' | 'newId' | 'log'
>;

export interface DecideInput extends RunInput {
  /** How often the state machine has called it again since it entered the state. */
  readonly retries: number;
}

/** What the state machine carries on: ordinals only, so that 120 steps stay below 8 KiB. */
export interface Decided extends RunInput {
  readonly round: number;
  readonly decision: Decision;
  /** Whether there is a step to take: evidence is stored of what is held or observed, too. */
  readonly acts: boolean;
  readonly steps: readonly { readonly n: number; readonly atMostSeconds: number }[];
}

/**
 * Protocol 4. A repeat in the same round finds its plan and changes nothing. Throws StaleRun, Throttled while AWS or the table asks for
 * fewer calls (at the last try, what cannot be observed for that reason is held), and NotSettled where a target is not there at the
 * first look.
 */
export async function decide(effects: DecideEffects, { incident, run, retries }: DecideInput): Promise<Decided> {
  const head = await headOfRun(effects, { incident, run });
  const { round } = head;
  const looks = looksOf(effects, head, retries);
  const plan = (await planOfRun(effects.bodies, head, round))?.plan ?? (await makePlan(effects, head, looks));
  return {
    incident,
    run,
    round,
    decision: plan.decision,
    acts: plan.steps.length > 0,
    steps: plan.steps.map(({ action, part, params }, n) => ({
      n,
      atMostSeconds: waitOf(actionNamed(effects, action), part, params),
    })),
  };
}

/** An absence that was read once may be a list that lags: it counts when this is another try, so long after the run began, or the last one. */
function looksOf({ clock }: Pick<Effects, 'clock'>, { runAt }: Head, retries: number): Looks {
  const lastTry = isLastTry(retries);
  const again = retries > 0 && clock.now().getTime() - Date.parse(runAt) >= readsApartMs;
  return { lastTry, absenceAgreed: again || lastTry };
}

async function makePlan(effects: DecideEffects, head: Head, looks: Looks): Promise<Plan> {
  const { incident, run, round, seq, direction } = head;
  const rules = await usableRules(effects);
  const decided = direction === 'undo' ? await lastUndo(effects.table, incident) : undefined;
  const {
    plan: wanted,
    holds,
    atWork,
  } = direction === 'undo'
    ? {
        plan: await withOwnerBefore(effects, head, await planBack(effects, head, rules, looks, decided)),
        holds: true,
        atWork: null,
      }
    : await planDo(effects, head, rules, looks);
  if (direction === 'undo') await adoptTurns(effects, { incident, run });
  const breached = breachedContainment(head, atWork, holds);
  const plan = await takeTargets(effects, { incident, run }, louder(wanted, head.raisedClass, breached));
  await noteExemptions(effects, head, plan);
  const ref = await storePlan(effects.table, effects.bodies, incident, plan, {
    run,
    round,
    seq,
    direction,
    ruleset: rulesetOf(rules, plan),
    activity: head.lastFindingAt,
    at: effects.clock.now().toISOString(),
    breached,
    ...(decided === undefined ? {} : { decided: { by: decided.by, at: decided.at } }),
    settings: settingsOf(rules, plan),
  });
  if (ref === undefined) throw new StaleRun(`Run ${run} lost ${incident} while it decided`);
  effects.log('Decided', { incident, run, round, plan: ref.hash, decision: plan.decision });
  return plan;
}

/** What a person wants lifted: put back, or let go because it is fixed. */
function planBack(
  effects: DecideEffects,
  { incident, run }: Head,
  rules: Rules,
  { lastTry }: Looks,
  decided: PersonDecision | undefined,
): Promise<Plan> {
  if (decided?.kind !== 'release') return planUndo(effects, { incident, run, lastTry });
  const settings = settingsOf(rules, { ...emptyPlan, decision: 'contain', reason: '' });
  return planRelease(effects, { incident, run, to: decided.to ?? null, at: decided.at, settings, lastTry });
}

function settingsOf(rules: Rules, plan: Plan): PlanSettings {
  const settings = rules.usable ? rules.set.settings : settingsSchema.parse({});
  const { quietPullDays, holdAfterUndoHours, freezes, breaker } = settings;
  const asked = rules.usable ? rules.set.rules.filter(({ name }) => plan.rules.includes(name)) : [];
  const escalates = escalationOf(asked, settings);
  const leaseDays = leaseDaysOf(asked, settings);
  const { teams, workingHours, digest, ownAddresses, inUse, images: { registries } = {} } = settings;
  const isAnybodys = teams === undefined && workingHours === undefined && digest === undefined;
  return {
    quietPullDays,
    holdAfterUndoHours,
    ...(ownAddresses === undefined ? {} : { ownAddresses }),
    ...(inUse === undefined ? {} : { inUse }),
    ...(registries === undefined ? {} : { images: { registries } }),
    ...(freezes === undefined ? {} : { freezes }),
    ...(breaker === undefined ? {} : { breaker }),
    ...(escalates === undefined ? {} : { escalates }),
    ...stormOf(settings.storm),
    ...(leaseDays === undefined ? {} : { leaseDays }),
    ...(isAnybodys ? {} : { responsible: responsibleFor(plan, settings) }),
  };
}

/** The schema lets in no other duration. */
const stormOf = (storm: Settings['storm'] = defaultStorm): Pick<PlanSettings, 'storm'> =>
  storm === 'off' ? {} : { storm: { incidents: storm.incidents, withinSeconds: durationSeconds(storm.within) ?? 0 } };

type Rules = ({ readonly usable: true } & PublishedRules) | { readonly usable: false; readonly reason: string };

async function usableRules({ ruleSets }: Pick<Effects, 'ruleSets'>): Promise<Rules> {
  try {
    return { usable: true, ...(await ruleSets.current()) };
  } catch (error) {
    if (error instanceof Throttled) throw error;
    const reason = error instanceof InvalidRules ? error.message : 'The rule set cannot be read.';
    return { usable: false, reason };
  }
}

const rulesetOf = (rules: Rules, { rules: asked }: Plan): PlanRef['ruleset'] =>
  rules.usable
    ? { hash: rules.hash, number: rules.number, versions: versionsOfRules(rules.versions, asked) }
    : { hash: '', number: 0 };

interface Looked {
  readonly plan: Plan;
  /** Whether all that was contained before is so still, as far as that could be read. */
  readonly holds: boolean;
  /** See `atWorkUntil`. */
  readonly atWork: string | null;
}

async function planDo(effects: DecideEffects, head: Head, rules: Rules, looks: Looks): Promise<Looked> {
  const { incident, run, closedSeq, reportedSeq, heldUntil } = head;
  const findings = await findingsOf(effects.table, incident, closedSeq);
  const lookedAt = (plan: Plan, holds: boolean, said = plan.findings): Looked => ({
    plan,
    holds,
    atWork: atWorkUntil(head, findings, said),
  });
  if (isCanary(incident)) return { plan: decideCanary(rules), holds: true, atWork: null };
  if (!rules.usable) return lookedAt(planWithoutRules(findings, rules.reason), true);
  const drill = await drillOf(effects, findings);
  // A dry run is the same path, stopped before anything is changed.
  const set = drill === undefined ? rules.set : observing(rules.set);
  const now = effects.clock.now();
  const matched = findings.map(({ finding }) =>
    decideFinding(drill === undefined ? finding : asReal(finding), set, now),
  );
  const around = await readAccused(effects, matched, looks.lastTry);
  const inside = await withPods(effects, matched, set, around, head, looks.lastTry);
  const holders = await withRoles(effects, matched, set, inside, looks.lastTry);
  const deployed = await withServices(effects, matched, set, holders, looks.lastTry);
  const { accused, unread, unsure } = await withKeys(effects, matched, set, deployed, looks.lastTry);
  const earlier = await earlierFindings(effects.table, incident, closedSeq);
  const { causeWindowMinutes } = set.settings;
  const said = heeded(matched, set, effects.catalogue);
  const causes = causesOf({ matched: said, accused, earlier, causeWindowMinutes });
  const suspects = await readSuspects(effects, head, accused);
  const accusation = accusationOf({ matched: said, accused }, causes, suspects);
  const reported = new Set(findings.flatMap(({ id, seq }) => (seq !== undefined && seq <= reportedSeq ? [id] : [])));
  const isNews = ({ id }: Finding): boolean => !reported.has(id);
  const { proposals, notDone } = propose(matched, set, effects.catalogue, now, accused, isNews);
  const stops = stopsNow(effects, set.settings, looks.lastTry, stopOfHold(head, now));
  const answers = answersNow(effects, head, now);
  const looking = { accusation, stops, answers, ...looks };
  const observed = await observeInOrder(effects, { incident, run }, set.settings, proposals, looking);
  const held = heldUntil !== null && heldUntil > now.toISOString();
  const heldReason = held
    ? `It was undone by a person: nothing is changed for this incident until ${heldUntil}.`
    : null;
  const roles = rolesOf({ matched, accused });
  const cause = firstCause([...causes.values()]);
  const known = {
    set,
    notDone: [...unread, ...notDone],
    unsure: [...inside.unsure, ...unsure],
    heldReason,
    heldUntil: held ? heldUntil : null,
    cause,
    roles,
    owners: ownersIn(accused),
    answers: observed.some(({ asks }) => asks !== undefined) ? await answers() : noAnswers(now),
  };
  const blamed = accusation.cause === 'image' && accusation.digests.length > 0 ? { blamed: accusation.digests } : {};
  // Whoever is called about what was found since is not told by a notice that it is over.
  const quiet = held && head.page === null && !findings.some(({ finding }) => isNews(finding));
  const still = quiet ? { nothingNew: true as const } : {};
  const pods = inside.pods.length === 0 ? {} : { pods: inside.pods };
  const plan = { ...assemble({ matched, proposals: observed, ...known }), ...blamed, ...still, ...pods };
  if (drill === undefined) return lookedAt(plan, !observed.some(isLoose), said);
  await noteDrill(effects.table, drill, 'decidedAt', now, incident);
  return lookedAt(ofDrill(plan, drill), true);
}

/** The same for any rules. Throws InvalidRules without them: it does not come through then, and its absence pages once. */
function decideCanary(rules: Rules): Plan {
  if (!rules.usable) throw new InvalidRules(rules.reason);
  return canaryPlan;
}

/** What people have answered to what this incident asked, read once. */
function answersNow({ table }: Pick<Effects, 'table'>, head: Head, at: Date): AnswersNow {
  const stop = askedIn(head.stops);
  const asked = stop === undefined ? null : { hash: stop.of, steps: stop.steps ?? [], until: stop.until };
  return once(async () => ({ ...noAnswers(at), ...(await answersOf(table, head)), asked }));
}

/** To be contained, and not contained now: what stood there does not hold, or nothing stood there. */
const isLoose = ({ proposal, planned, holds }: Observation): boolean =>
  proposal.action.facts.contains && planned.kind === 'step' && holds !== true;

/** Acting fails closed, paging fails open: without rules nothing is changed, and on-call is told. */
const planWithoutRules = (findings: readonly StoredFinding[], reason: string): Plan => ({
  ...emptyPlan,
  decision: 'hold',
  reason: `No rules, so nothing was changed: ${reason}`,
  findings: findings.map(({ finding }) => ({ finding, decision: 'observe', reason, rule: null })),
});
