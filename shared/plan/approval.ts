import { targetKey } from '../actions/contract.ts';
import { sha256Hex } from '../platform/hash.ts';
import { canonicalJson } from '../platform/json.ts';
import { durationSeconds } from '../rules/duration.ts';
import type { Approval, OnTimeout, Settings } from '../rules/rule.ts';
import { leastHealthyOf, leavesTooLittle } from './budget.ts';
import type { Answer, Asked } from './plan.ts';
import { protectedHow } from './protection.ts';
import { decisiveOf, type Observation, type PlannedStep, type Question, seenLines } from './steps.ts';

/** What people have answered so far, as Decide finds it. */
export interface Answers {
  /** ISO. */
  readonly now: string;
  /** Answers from before then (ISO) do not count: the incident was opened, or undone. */
  readonly since: string;
  /** In any order. */
  readonly given: readonly Answer[];
  /** What was asked last; null where nothing was. */
  readonly asked: Asked | null;
}

/** Nobody was asked yet. */
export const noAnswers = (now: Date): Answers => ({ now: now.toISOString(), since: '', given: [], asked: null });

/** Why a person is asked, and by which rules' terms. */
interface Reason {
  readonly why: string;
  readonly terms: readonly Approval[];
  /** Only what spares healthy tasks may be done instead. */
  readonly sparing: boolean;
  readonly isProtected?: true;
}

const needsTwo = ({ isProtected }: Reason, { twoPeople = [] }: Settings): boolean =>
  twoPeople.includes('always') || (isProtected === true && twoPeople.includes('protected'));

/** What is protected, what a rule wants approved, and what would leave less healthy than a rule allows: all of that is a person's to say. */
function reasonOf(observation: Observation, planned: PlannedStep, settings: Settings): Reason | undefined {
  const { proposal } = observation;
  const { action, target, asking = [] } = proposal;
  if (!action.facts.changes || observation.kept === true) return undefined;
  const always = asking.filter(({ approval }) => approval.when.includes('always'));
  const how = planned.sparing === true ? null : protectedHow(observation, settings);
  if (how !== null) {
    const about = asking.filter(({ approval }) => approval.when.includes('protected'));
    const terms = [...always, ...about].map(({ approval }) => approval);
    return { why: `${target.id} ${how}, so a person must decide.`, terms, sparing: true, isProtected: true };
  }
  const little = leavesTooLittle(planned.leavesHealthy, leastHealthyOf(proposal.limited ?? []));
  if (little !== undefined) {
    const terms = always.map(({ approval }) => approval);
    return { why: `${target.id}: ${little}, so a person must decide.`, terms: [...terms, endless], sparing: true };
  }
  const [first] = always;
  if (first === undefined) return undefined;
  const terms = always.map(({ approval }) => approval);
  return { why: `Rule ${first.rule} wants a person's approval of this.`, terms, sparing: false };
}

const endless: Approval = { when: ['always'] };

type Terms = Pick<Question, 'timeoutSeconds' | 'onTimeout'>;

const onTimeouts: readonly OnTimeout[] = ['hold', 'minimum', 'proceed'];

/** Of several rules the one that waits longest, and does least without an answer. */
function strictest(terms: readonly Approval[]): Terms {
  const times = terms.map(({ timeout }) => (timeout === undefined ? undefined : durationSeconds(timeout)));
  const known = times.filter((seconds) => seconds !== undefined);
  const timeoutSeconds = known.length === 0 || known.length < times.length ? null : Math.max(...known);
  const onTimeout = onTimeouts.find((one) => terms.some((term) => (term.onTimeout ?? 'hold') === one)) ?? 'hold';
  return { timeoutSeconds, onTimeout };
}

/**
 * What is asked, as people see it: what is done to what, with which choice, in which state that decides about it, and what becomes of it
 * without an answer. Not: what the action declares as volatile, such as how many tasks run.
 */
function hashOf({ proposal, observed }: Observation, { chosen }: PlannedStep, terms: Terms): string {
  const { action, target, params, members = [] } = proposal;
  const decisive = decisiveOf(action, observed);
  const asked = [
    action.name,
    targetKey(target),
    params,
    decisive,
    chosen ?? null,
    members.map(targetKey),
    { ...terms },
  ];
  return sha256Hex(canonicalJson(asked)).slice(0, 16);
}

/** The proposal with the parameters under which its action does the least; undefined where that is no step, or would not spare what must be. */
function leastOf(observation: Observation, settings: Settings, sparing: boolean): Observation | undefined {
  const { proposal, observed } = observation;
  const { action, target } = proposal;
  if (action.minimum === undefined || observed === null) return undefined;
  const params = action.minimum(proposal.params);
  const planned = action.plan(target, params, observed, settings);
  if (planned.kind !== 'step' || (sparing && planned.sparing !== true)) return undefined;
  return { ...observation, proposal: { ...proposal, params }, planned };
}

const wouldDo = ({ sentence }: PlannedStep): string => `It would: ${sentence}`;

const answerText = ({ by, at, reason }: Answer): string => `${by}, ${at}: ${reason}`;

/** Somebody has answered: what was approved goes on, or the least of it; what was not is held, and nobody is asked again. */
function answered(
  observation: Observation,
  would: PlannedStep,
  least: Observation | undefined,
  answer: Answer,
): Observation {
  const approved = { how: 'person' as const, ...answer };
  if (answer.kind === 'approve' && answer.only === undefined) return { ...observation, approved };
  if (answer.kind === 'approve' && least !== undefined) return { ...least, approved };
  const said =
    answer.kind === 'reject' ? 'A person has said no' : 'The least of it was approved, and there is none now';
  const reason = `${said} (${answerText(answer)}). ${wouldDo(would)}`;
  const planned = { kind: 'hold' as const, reason, seen: seenLines(observation.observed) };
  return answer.kind === 'reject' ? { ...observation, planned, rejected: answer } : { ...observation, planned };
}

/** Nobody has answered in time. */
function late(
  observation: Observation,
  question: Question,
  least: Observation | undefined,
  until: string,
): Observation | undefined {
  const { onTimeout } = question;
  const reason = `nobody had answered by then, and the rule says onTimeout: ${onTimeout}`;
  const approved = {
    how: 'time-out' as const,
    kind: 'approve' as const,
    steps: [question.step],
    by: 'the rule',
    at: until,
    reason,
  };
  if (onTimeout === 'proceed') return { ...observation, approved };
  return onTimeout === 'minimum' && least !== undefined
    ? { ...least, approved: { ...approved, only: 'minimum' } }
    : undefined;
}

/**
 * A proposal as it may be done now: what a person must decide about is asked, unless somebody has answered, or nobody did in time and the rule
 * says what becomes of it then. What only reads, what there is nothing to do about, and what stood before stays as it is. Pure; what has
 * been through it stays so.
 */
export function unlessPersonNeeded(observation: Observation, settings: Settings, answers: Answers): Observation {
  const { planned, asks, approved, observed } = observation;
  if (planned.kind !== 'step' || asks !== undefined || approved !== undefined) return observation;
  const reason = reasonOf(observation, planned, settings);
  if (reason === undefined) return observation;
  const two = needsTwo(reason, settings);
  // What one person alone may not approve is not approved by nobody.
  const terms: Terms = two ? { ...strictest(reason.terms), onTimeout: 'hold' } : strictest(reason.terms);
  const step = hashOf(observation, planned, terms);
  const least = leastOf(observation, settings, reason.sparing);
  const given = answers.given.filter(({ steps }) => steps.includes(step));
  // A no is never overruled by a yes to the same that came in beside it.
  const answer = given.find(({ kind }) => kind === 'reject') ?? given[0];
  if (answer !== undefined) return answered(observation, planned, least, answer);
  const question = {
    step,
    would: planned,
    least: least?.planned.kind === 'step' ? least.planned : null,
    ...terms,
    ...(two ? ({ twoPeople: true } as const) : {}),
  };
  const { asked, now } = answers;
  const until = asked?.steps.includes(step) === true ? asked.until : null;
  const over = until !== null && until <= now ? late(observation, question, least, until) : undefined;
  if (over !== undefined) return over;
  const held = { kind: 'hold' as const, reason: `${reason.why} ${wouldDo(planned)}`, seen: seenLines(observed) };
  return { ...observation, planned: held, asks: question };
}
