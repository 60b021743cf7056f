import { sha256Hex } from '../platform/hash.ts';
import { canonicalJson } from '../platform/json.ts';
import type { Answers } from './approval.ts';
import { orderSteps } from './order.ts';
import type { Asks } from './plan.ts';
import { type Observation, type Question, stepsOf } from './steps.ts';
import type { Stop } from './stop.ts';

const questionsOf = (proposals: readonly Observation[]): readonly Question[] =>
  proposals.flatMap(({ asks }) => asks ?? []);

/** When the time of all is over, ISO; null where one of them waits without an end. */
function until(questions: readonly Question[], now: string): string | null {
  const seconds = questions.map(({ timeoutSeconds }) => timeoutSeconds);
  const known = seconds.filter((some) => some !== null);
  if (known.length < seconds.length) return null;
  return new Date(Date.parse(now) + Math.max(...known) * 1000).toISOString();
}

/** What becomes of most of it without an answer: whoever reads it must know of the most that may happen. */
const mostOf = (questions: readonly Question[]): Question['onTimeout'] =>
  (['proceed', 'minimum'] as const).find((one) => questions.some(({ onTimeout }) => onTimeout === one)) ?? 'hold';

/** All that a plan asks, as one question with one answer; the same again keeps its time. Undefined: it asks nothing. */
export function asksOf(proposals: readonly Observation[], { now, since, asked }: Answers): Asks | undefined {
  const questions = questionsOf(proposals);
  if (questions.length === 0) return undefined;
  const steps = questions.map(({ step }) => step).toSorted();
  const two = questions.some(({ twoPeople }) => twoPeople === true) ? ({ twoPeople: true } as const) : {};
  const hash = sha256Hex(canonicalJson([since, steps, ...Object.keys(two)])).slice(0, 12);
  const end = asked?.hash === hash ? asked.until : until(questions, now);
  return {
    hash,
    steps,
    until: end,
    onTimeout: mostOf(questions),
    ...two,
    ...(end !== null && end <= now ? { late: true } : {}),
    would: questions.map(({ would }) => would.sentence),
    least: questions.flatMap(({ least }) => (least === null ? [] : [least.sentence])),
  };
}

/** For whoever lets go what is held: it waits for an answer, or for the end of its time. */
export const stopOfAsks = ({ hash, steps, until: end, late, twoPeople }: Asks, why: string): Stop => ({
  kind: 'approval',
  of: hash,
  until: end,
  why,
  steps,
  ...(late === undefined ? {} : { late }),
  ...(twoPeople === undefined ? {} : { twoPeople }),
});

/** Which of the proposals wait, because they need one gone first that a person is asked about. */
export function waitingFor(proposals: readonly Observation[]): (one: Observation) => boolean {
  const asking = proposals.filter(({ asks }) => asks !== undefined);
  if (asking.length === 0) return () => false;
  const waiting = new Set(asking.flatMap(stepsOf).map(({ key }) => key));
  // In their order, so that what a step needs has been looked at before it.
  for (const { key, needs } of orderSteps(proposals.flatMap(stepsOf))) {
    if (needs.some((one) => waiting.has(one))) waiting.add(key);
  }
  return (one) => one.asks === undefined && stepsOf(one).some(({ key }) => waiting.has(key));
}
