import { type Step, targetKey } from '../actions/contract.ts';
import type { Finding } from '../finding/finding.ts';
import { isRole } from '../finding/role.ts';
import type { Rule, RuleSet } from '../rules/rule.ts';
import { type Answers, unlessPersonNeeded } from './approval.ts';
import { asksOf, stopOfAsks, waitingFor } from './asks.ts';
import { type CauseFound, classOf } from './cause.ts';
import { emptiedForSomething } from './emptiedHost.ts';
import { apartFromThreats, onlyFixes } from './fixes.ts';
import { losesOf } from './loses.ts';
import { orderSteps } from './order.ts';
import { ownerOf } from './owner.ts';
import { mergePage } from './pageMap.ts';
import { type Answer, type Asks, type Decision, type FindingClass, isMeant, type Matched, type Plan } from './plan.ts';
import { quietLines, quietOf } from './quiet.ts';
import { mostSevereFirst } from './rank.ts';
import { type Observation, seenLines, stepsOf } from './steps.ts';
import { eachOnce, type Stop } from './stop.ts';

export interface AssembleInput {
  readonly matched: readonly Matched[];
  readonly proposals: readonly Observation[];
  readonly set: RuleSet;
  /** From `propose`, and targets that another incident owns. */
  readonly notDone: readonly string[];
  /** What is to be fixed and could not be found out: in whole or in part. Absent: nothing. */
  readonly unsure?: readonly string[];
  /** Why the whole incident is held (a person, an undo, runs that died); null when it is not. */
  readonly heldReason: string | null;
  /** Until when, where that is a person's undo, ISO. */
  readonly heldUntil?: string | null;
  /** Null where nobody is at work. */
  readonly cause: CauseFound | null;
  /** Roles whose credentials the accused workload had. */
  readonly roles: readonly string[];
  readonly answers: Answers;
  /** Whose the accused workloads are, as tags around them say (`ownerText`). */
  readonly owners?: readonly string[];
}

interface Verdict {
  readonly decision: Decision;
  readonly reason: string;
  readonly heldUntil?: string;
  /** There is nothing to do any more, so that there is nothing to take evidence of either. */
  readonly over?: boolean;
  /** Held by nothing but what ends without a finding. */
  readonly passes?: true;
  /** Held by nothing but a person's no. */
  readonly rejected?: Answer;
}

const contains = ({ proposal }: Observation): boolean => proposal.action.facts.contains;
const changes = ({ proposal }: Observation): boolean => proposal.action.facts.changes;
const enforced = ({ proposal }: Observation): boolean => proposal.mode === 'enforce';
/** A rule enforces it, and another one, which asks for the same, observes: the stricter mode of two rules counts for one step. */
const withheld = ({ proposal: { mode, rules, observing } }: Observation): boolean =>
  mode !== 'enforce' && rules.some((name) => !observing.includes(name));
const active = ({ planned }: Observation): boolean => planned.kind !== 'skip';
/** Takes a workload away: it goes ahead though something beside it (its image) waits for a person. */
const frees = ({ proposal, planned }: Observation): boolean =>
  proposal.action.facts.phase === 'workload' && planned.kind === 'step';
const reasonOf = ({ planned }: Observation): string => (planned.kind === 'step' ? planned.sentence : planned.reason);

/** Which rules observe, and which would act but for them. */
function observedBecause(open: readonly Observation[]): string {
  const observing = [...new Set(open.flatMap((one) => one.proposal.observing))];
  const kept = [...new Set(open.flatMap((one) => one.proposal.rules))].filter((name) => !observing.includes(name));
  const several = observing.length > 1;
  const who = `${several ? 'Rules' : 'Rule'} ${observing.join(', ')} ${several ? 'observe' : 'observes'}`;
  const notActing = (many: boolean): string => (many ? 'do not act. They would' : 'does not act. It would');
  if (kept.length === 0) return `${who} and ${notActing(several)}`;
  const others = `the enforcing ${kept.length > 1 ? 'rules' : 'rule'} ${kept.join(', ')}`;
  return `${who}, and because of ${several ? 'them' : 'it'} ${others} ${notActing(kept.length > 1)}`;
}

const isUnnamed = ({ resource }: Finding): boolean => resource.kind === 'image' && resource.digest === null;

/** Nothing to observe: no rule took a finding, or what the rules ask for cannot be done. */
function withoutProposals({ matched, notDone }: AssembleInput, rules: readonly Rule[]): Verdict {
  const [first] = matched;
  if (rules.length === 0) {
    // A finding that only says that nothing is known is told; among others that are ignored it is the news.
    const shown = matched.find(({ decision }) => decision === 'observe') ?? first;
    return { decision: shown?.decision === 'observe' ? 'observe' : 'ignore', reason: shown?.reason ?? 'No finding.' };
  }
  const unnamed = matched.find(({ rule, finding }) => rule !== null && isUnnamed(finding));
  if (unnamed !== undefined) {
    // A rule that wants it contained, and nothing to lay hands on: somebody must find out what it is.
    const wanted = rules.some(({ name, mode }) => name === unnamed.rule && mode === 'enforce');
    const reason = `The event named no digest of ${unnamed.finding.resource.id}, and a tag is no identity: nothing can be done to it.`;
    return { decision: wanted ? 'hold' : 'observe', reason };
  }
  return { decision: 'observe', reason: notDone[0] ?? `Rule ${rules[0]?.name ?? ''} asks for no action.` };
}

/**
 * In this order: nothing left to do; only observing rules; held as a whole; held by an action, unless an attacker can be put
 * out meanwhile; a rule that observes what another enforces. An observing rule never holds: it would page about what nobody asked for; and what it alone
 * asks for keeps no other step from being done.
 */
function decide(input: AssembleInput, rules: readonly Rule[]): Verdict {
  const { proposals, heldReason, heldUntil, matched, unsure = [] } = input;
  const main = proposals.some(contains) ? proposals.filter(contains) : proposals;
  const open = main.filter(active);
  const [doubt] = unsure;
  // There may be something to do that nobody has seen.
  if (doubt !== undefined && !open.some(contains)) return { decision: 'hold', reason: doubt };
  if (proposals.length === 0) return withoutProposals(input, rules);
  const [firstOpen] = open;
  if (firstOpen === undefined) {
    return { decision: 'observe', reason: `Nothing to do: ${main.map(reasonOf).join('; ')}`, over: true };
  }
  const observing: Verdict = { decision: 'observe', reason: `${observedBecause(open)}: ${reasonOf(firstOpen)}` };
  const acting = open.filter(enforced);
  if (acting.length === 0) return observing;
  if (heldReason !== null) return { decision: 'hold', reason: heldReason, ...untilOf(heldUntil) };
  const wide = tooWide(acting);
  if (wide !== undefined) return { decision: 'hold', reason: wide };
  const held = heldOf(acting);
  if (held !== undefined && !acting.some(frees)) return held;
  if (!main.some(changes)) return { decision: 'observe', reason: ofRule(matched, firstOpen) };
  if (open.some(withheld)) return observing;
  return { decision: 'contain', reason: ofRule(matched, firstOpen) };
}

function ofRule(matched: readonly Matched[], { proposal }: Observation): string {
  const rule = proposal.rules[0] ?? '';
  return `Rule ${rule}: ${matched.find((one) => one.rule === rule)?.finding.title ?? ''}`;
}

const untilOf = (heldUntil: string | null | undefined): { readonly heldUntil?: string } =>
  typeof heldUntil === 'string' ? { heldUntil } : {};

/**
 * A rule that would change more targets at once than it may changes none: that many were never meant, and which of them to leave out is a
 * person's decision.
 */
function tooWide(acting: readonly Observation[]): string | undefined {
  const changing = acting.filter((one) => one.planned.kind === 'step' && changes(one));
  for (const { rule, limits } of changing.flatMap(({ proposal }) => proposal.limited ?? [])) {
    const { maxTargets } = limits;
    const its = changing.filter(({ proposal }) => rule !== null && proposal.rules.includes(rule));
    const { size } = new Set(its.map(({ proposal }) => targetKey(proposal.target)));
    if (maxTargets !== undefined && size > maxTargets) {
      return `Rule ${rule} may change ${maxTargets} target${maxTargets === 1 ? '' : 's'} at once (limits.maxTargets), and would change ${size}: nothing is changed until a person has looked.`;
    }
  }
  return undefined;
}

/** What a person is asked comes first, then what one must do, then what ends by itself, and last what one has decided. */
function heldOf(acting: readonly Observation[]): Verdict | undefined {
  const holds = acting.flatMap((one) => (one.planned.kind === 'hold' ? [{ ...one, planned: one.planned }] : []));
  const asked = holds.find(({ asks }) => asks !== undefined);
  if (asked !== undefined) return { decision: 'approve', reason: asked.planned.reason };
  const open = holds.filter(({ planned, rejected }) => planned.until === undefined && rejected === undefined);
  const held = open.find(({ stops }) => stops === undefined) ?? open[0] ?? holds[0];
  if (held === undefined) return undefined;
  const { planned, stops, rejected } = held;
  const passes = stops === undefined ? {} : { passes: true as const };
  const said = rejected === undefined ? {} : { rejected };
  return { decision: 'hold', reason: planned.reason, ...untilOf(planned.until), ...passes, ...said };
}

/** What holds some of what is to be enforced, and ends without a finding. */
function stopsOf(
  proposals: readonly Observation[],
  asks: Asks | undefined,
  reason: string,
): { readonly stops?: readonly Stop[] } {
  const asked = asks === undefined ? [] : [stopOfAsks(asks, reason)];
  const stops = eachOnce([...asked, ...proposals.filter(enforced).flatMap((one) => one.stops ?? [])]);
  return stops.length === 0 ? {} : { stops };
}

/** What a hold shows, else what an action observed under `seen`: lines of text, each once. */
const seenBy = (proposals: readonly Observation[]): readonly string[] => [
  ...new Set(
    proposals.flatMap(({ planned, observed }) => (planned.kind === 'hold' ? planned.seen : seenLines(observed))),
  ),
];

/** What of the proposals is not in the steps: skipped, or something beside the containment that wants a person. */
const leftOut = (proposals: readonly Observation[], decision: Decision): readonly string[] =>
  proposals.flatMap(({ proposal, planned }) => {
    if (planned.kind === 'step' || (planned.kind === 'skip' && planned.expected === true)) return [];
    const isReason = decision === 'hold' || decision === 'approve';
    if (planned.kind === 'hold' && isReason && proposal.action.facts.contains) return [];
    return [`${proposal.action.name}: ${planned.reason}`];
  });

/** What the rules want contained and an action holds for a person, while the rest of the plan acts. Not what a person has decided. */
const wantedBy = (proposals: readonly Observation[]): readonly string[] => [
  ...new Set(
    proposals.flatMap((one) =>
      one.planned.kind === 'hold' &&
      one.planned.until === undefined &&
      one.stops === undefined &&
      one.rejected === undefined &&
      (contains(one) || one.asks !== undefined) &&
      enforced(one)
        ? [one.planned.reason]
        : [],
    ),
  ),
];

/** Who approved what is done, each once. */
function approvedBy(running: readonly Observation[]): Pick<Plan, 'approved'> {
  const all = running.flatMap(({ approved }) => approved ?? []);
  const each = [...new Map(all.map((one) => [`${one.at}\n${one.by}\n${one.how}`, one])).values()];
  return each.length === 0 ? {} : { approved: each };
}

/** Whether a step deals with what was taken of a role, for good. */
const cutsOff = ({ facts, target, reopens }: Step, role: string): boolean =>
  reopens !== true && facts.phase === 'role' && target.kind === 'role' && isRole(role, target);

/** Somebody at work who is put out, or should be, is no matter for the digest, however mild each finding is by itself. */
const classAtWork = (kind: FindingClass, decision: Decision, cause: CauseFound | null): FindingClass =>
  kind === 'C' && cause !== null && isMeant(decision) ? 'B' : kind;

/** The plan of an incident's findings. Pure: equal input gives an equal plan, with an equal hash. */
export function assemble(given: AssembleInput): Plan {
  const matched = mostSevereFirst(given.matched);
  const apart = apartFromThreats(given.proposals, matched);
  const proposals = emptiedForSomething(apart.proposals).map((one) =>
    unlessPersonNeeded(one, given.set.settings, given.answers),
  );
  const input = { ...given, matched, proposals, notDone: [...given.notDone, ...apart.notDone] };
  const names = [...new Set(matched.flatMap(({ rule }) => (rule === null ? [] : [rule])))];
  const rules = names.flatMap((name) => input.set.rules.filter((rule) => rule.name === name));
  const { decision, reason, heldUntil, over = false, passes, rejected } = decide(input, rules);
  const enforcing = proposals.filter(enforced);
  const { unsure = [] } = given;
  const asks = decision === 'approve' || decision === 'contain' ? asksOf(enforcing, given.answers) : undefined;
  const waits = waitingFor(enforcing);
  // Evidence is stored of what is held and observed, too: an attacker does not wait for whoever decides.
  const runs = (one: Observation): boolean =>
    enforced(one) && one.planned.kind === 'step' && (decision === 'contain' || !(changes(one) || over)) && !waits(one);
  const ordered = (some: readonly Observation[]) => orderSteps(some.flatMap(stepsOf));
  const running = proposals.filter(runs);
  const steps = ordered(running);
  const [first] = rules;
  const quiet = quietOf(matched);
  const kind = classAtWork(classOf(matched), decision, given.cause);
  const isFix = onlyFixes(proposals);
  const openRoles = given.roles.filter((role) => !steps.some((step) => cutsOff(step, role)));
  return {
    decision,
    reason,
    ...untilOf(heldUntil),
    cause: given.cause?.cause ?? (rules.length === 0 ? null : 'unknown'),
    causeWhy: given.cause?.why ?? null,
    rule: first === undefined ? null : { name: first.name, mode: first.mode },
    rules: names,
    findings: matched,
    steps,
    proposed: ordered(proposals.filter((one) => !runs(one))),
    notDone: [
      ...new Set([
        ...input.notDone,
        ...(decision === 'contain' ? [] : unsure.filter((text) => text !== reason)),
        ...leftOut(proposals, decision),
        ...proposals
          .filter(waits)
          .map(({ proposal }) => `${proposal.action.name}: it waits for what a person is asked.`),
        ...quietLines(matched),
      ]),
    ],
    seen: seenBy(proposals),
    class: kind,
    openRoles,
    wanted: decision === 'contain' ? [...wantedBy(proposals), ...unsure] : [],
    ...losesOf(proposals),
    ...stopsOf(proposals, asks, reason),
    ...(passes === undefined ? {} : { passes }),
    ...(asks === undefined ? {} : { asks }),
    ...approvedBy(running),
    ...(rejected === undefined ? {} : { rejected }),
    ...(isFix ? { fix: true as const } : {}),
    page: mergePage(rules, { kind, openRoles: openRoles.length > 0, isFix }),
    ...(quiet === undefined ? {} : { quiet }),
    owner: ownerOf(proposals, given.owners ?? []),
  };
}
