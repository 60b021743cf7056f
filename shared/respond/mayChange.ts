import { type ReadContext, type Step, targetKey } from '../actions/contract.ts';
import { nextHour, takeBudgets } from '../incident/budgets.ts';
import { readHead } from '../incident/head.ts';
import { stopOfHold } from '../incident/holds.ts';
import { leavesTooLittle } from '../plan/budget.ts';
import type { Stop } from '../plan/stop.ts';
import { namesOf } from '../plan/targetNames.ts';
import type { JsonObject } from '../platform/json.ts';
import type { Effects } from './effects.ts';
import type { StepAtHand } from './run.ts';
import { closed, pausedNow, stopOfBreaker, stopOfFreeze } from './stops.ts';

type MayEffects = Pick<Effects, 'table' | 'clock' | 'log'>;

/** Why a step must not change anything now; without `stops`, a person must decide. */
export interface Refusal {
  readonly why: string;
  readonly stops?: readonly Stop[];
}

/** `begin`: nothing of it has been changed yet. `go on`: it has, and is only to be brought to its end. Undefined: it may. */
export type MayChange = (what: 'begin' | 'go on') => Promise<Refusal | undefined>;

/** What a pause may name that stops a step: its target, what that belongs to, and all that is changed with it. */
const namesOfStep = ({ target, turn, members = [] }: Step): readonly string[] => [
  ...namesOf(target, turn),
  ...members.filter((key) => key !== targetKey(target)),
];

type Doing = Pick<StepAtHand, 'head' | 'step' | 'stored'>;

/** Right before each changing call: whether a person holds the incident, or has paused what the step changes. */
export const stopOfStep = async (effects: MayEffects, hand: Doing, lastTry: boolean): Promise<Stop | undefined> =>
  (await heldNow(effects, hand, lastTry)) ??
  pausedNow(effects, namesOfStep(hand.step), { lastTry, undo: hand.stored.direction === 'undo' });

/** Read again: it may have come since the step began. An undo is a person's, too, and is finished. */
async function heldNow(effects: MayEffects, { head, stored }: Doing, lastTry: boolean): Promise<Stop | undefined> {
  if (stored.direction === 'undo') return undefined;
  const read = await closed(effects, 'a hold', lastTry, () => readHead(effects.table, head.incident));
  if (read === undefined || 'why' in read) return read;
  return stopOfHold(read, effects.clock.now());
}

const refusal = ({ sentence }: Step, stop: Stop): Refusal => ({
  why: `${stop.why} It would: ${sentence}`,
  stops: [stop],
});

/**
 * What is asked before "started" is written. A hold and a pause stop at once. A freeze, a stopped rule or a spent budget keep a containment from being
 * begun; one that is begun is brought to its end, because half of it may be worse than all or nothing. An undo is a person's, and is
 * stopped by a pause of its target alone. Budgets come last: whatever else speaks against it, nothing is spent.
 */
export function mayChange(
  effects: MayEffects,
  hand: StepAtHand,
  at: { readonly observed: JsonObject; readonly context: ReadContext; readonly lastTry: boolean },
): MayChange {
  const { step, stored } = hand;
  return async (what) => {
    const paused = await stopOfStep(effects, hand, at.lastTry);
    if (paused !== undefined) return refusal(step, paused);
    if (what === 'go on' || step.part !== undefined) return undefined;
    const stop =
      stopOfFreeze(stored.settings.freezes ?? [], step.by ?? [], effects.clock.now()) ??
      (await closed(effects, 'the breaker of a rule', at.lastTry, () =>
        stopOfBreaker(effects, step.by ?? [], stored.settings),
      ));
    if (stop !== undefined) return refusal(step, stop);
    const little = tooLittleNow(hand, at.observed);
    if (little !== undefined) return { why: little };
    const spent = await spend(effects, hand, at.lastTry);
    return spent === undefined ? undefined : refusal(step, spent);
  };
}

/** What would be left is asked again of what is there now. */
function tooLittleNow({ action, step, stored }: StepAtHand, observed: JsonObject): string | undefined {
  if (step.leastHealthyPercent === undefined) return undefined;
  const planned = action.plan(step.target, step.params, observed, stored.settings);
  if (planned.kind !== 'step') return undefined;
  const little = leavesTooLittle(planned.leavesHealthy, step.leastHealthyPercent);
  return little === undefined ? undefined : `${step.target.id}: ${little} now. It would: ${step.sentence}`;
}

async function spend(effects: MayEffects, { head, step }: StepAtHand, lastTry: boolean): Promise<Stop | undefined> {
  const now = effects.clock.now();
  const { key, budgets = [] } = step;
  const begins = { step: key, incident: head.incident, run: head.run };
  const spent = await closed(effects, 'a limit', lastTry, () => takeBudgets(effects.table, begins, budgets, now));
  if ('why' in spent) return spent;
  if (spent.length === 0) return undefined;
  const until = nextHour(now);
  const why = `The limit is reached (${spent.map(({ says }) => says).join('; ')}); it has room again at ${until}.`;
  return { kind: 'budget', of: spent.map(({ scope }) => scope).join(' '), until, why, budgets: spent };
}
