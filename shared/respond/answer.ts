import { answerTo, putAnswer } from '../incident/decisions.ts';
import { readHead } from '../incident/head.ts';
import type { PersonAnswer } from '../incident/items.ts';
import { raise } from '../incident/raise.ts';
import { askedIn } from '../plan/stop.ts';
import { acknowledgedBy } from './acknowledge.ts';
import type { Effects } from './effects.ts';
import { type OfTwo, ofTwo } from './ofTwo.ts';
import { type StartEffects, start } from './start.ts';

export interface AnswerRequest extends Pick<PersonAnswer, 'kind' | 'only' | 'by' | 'reason' | 'caller'> {
  readonly incident: string;
  /** The hash of what was asked, as whoever answers has seen it. */
  readonly plan: string;
}

export type AnswerGiven =
  /** `known`: the same was answered before, by whoever is named. */
  | { readonly kind: 'given' | 'known'; readonly run: string; readonly answer: PersonAnswer }
  /** Two people must approve it: the first has, and it waits for another. `mine`: it is this very person's. */
  | { readonly kind: 'first'; readonly answer: PersonAnswer; readonly mine: boolean }
  /** Somebody has answered otherwise. */
  | { readonly kind: 'answered'; readonly answer: PersonAnswer }
  /** Something else is asked by now, or nothing. */
  | { readonly kind: 'changed'; readonly plan: string }
  | { readonly kind: 'nothing'; readonly reason: string };

/**
 * A person's answer to what an incident asks: recorded once, bound to what was asked, and then a run decides again. The record decides: a crash
 * after it costs minutes, until the sweep finds it, and a second answer finds the first. A repeat does what is missing.
 */
export async function answer(
  effects: StartEffects & Pick<Effects, 'table'>,
  { incident, plan, kind, only, by, reason, caller }: AnswerRequest,
): Promise<AnswerGiven> {
  const { table, clock, newId } = effects;
  const head = await readHead(table, incident);
  if (head === undefined) return { kind: 'nothing', reason: `There is no incident ${incident}.` };
  const asked = askedIn(head.stops);
  const before = await answerTo(table, incident, plan);
  if (before === undefined && asked?.of !== plan) {
    if (asked !== undefined) return { kind: 'changed', plan: asked.of };
    const since = head.state === 'closed' ? ' It was closed, because it had been quiet: a new finding asks again.' : '';
    return { kind: 'nothing', reason: `Incident ${incident} asks nothing now.${since}` };
  }
  const at = clock.now();
  const steps = asked?.steps ?? before?.steps ?? [];
  const said = {
    kind,
    ...(only === undefined ? {} : { only }),
    steps,
    by,
    reason,
    ...(caller === undefined ? {} : { caller }),
  };
  const mine: PersonAnswer = { ...said, run: head.run, plan, at: at.toISOString() };
  const two = before === undefined && kind === 'approve' && asked?.twoPeople === true;
  const agreed: OfTwo = two ? await ofTwo(effects, incident, mine) : { kind: 'both', answer: mine };
  if (agreed.kind !== 'both') return agreed;
  const recorded = before ?? (await putAnswer(table, incident, agreed.answer));
  if (recorded.kind !== kind || recorded.only !== only) return { kind: 'answered', answer: recorded };
  await acknowledgedBy(effects, incident, recorded);
  const same = recorded.by === agreed.answer.by && recorded.at === at.toISOString();
  // Decided already: what it led to is another run, or has been.
  if (asked?.of !== plan) return { kind: 'known', run: head.run, answer: recorded };
  const { run } = await raise(table, incident, { run: newId(), now: at });
  await start(effects, incident);
  return { kind: same ? 'given' : 'known', run, answer: recorded };
}
