import type { Action, Executed, Planned, Target, Verified } from '../../shared/actions/contract.ts';
import type { JsonObject } from '../../shared/platform/json.ts';
import type { TestContext } from './actContext.ts';
import { paramsFor } from './actionCase.ts';
import { plannedParts } from './intended.ts';

/** The calls of the contract in which an action talks to AWS. */
export type Phase = 'observe' | 'execute' | 'verify' | 'undo' | 'verifyUndone';

/** Those that may only read. */
export const readingPhases: readonly Phase[] = ['observe', 'verify', 'verifyUndone'];

/** Where an action is tried: a target on which it has something to do, and everything that it may read besides. */
export interface Place {
  readonly target: Target;
  readonly context: TestContext;
  /** What comes now belongs to this phase. */
  enter(phase: Phase): void;
  /** Lets pass what AWS takes for what it was asked to do. */
  settle(): Promise<void>;
}

export interface SentPlace extends Place, AsyncDisposable {
  /** Every call that was sent in these phases, as IAM names it. */
  sent(phases: readonly Phase[]): readonly string[];
}

/** What an action said, from the first look to the undo read back. */
export interface Life {
  readonly before: JsonObject;
  readonly planned: Planned;
  readonly executed: Executed;
  readonly verified: Verified;
  /** Of an action in two steps, what the second said; null when there is none to take. */
  /** Of the later steps that it plans, in their order. */
  /** What is observed once the first step is done. */
  readonly begun: JsonObject;
  readonly later: readonly { readonly executed: Executed; readonly verified: Verified }[];
  /** What it observes once it is done. */
  readonly after: JsonObject;
  /** Null when it has no undo. */
  readonly undone: { readonly verified: Verified | undefined; readonly observed: JsonObject } | null;
}

/** Takes an action through all of its life. */
export async function liveThrough(action: Action, place: Place): Promise<Life> {
  const { target } = place;
  const params = paramsFor(action, target);
  let { context } = place;
  const observe = (before?: JsonObject): Promise<JsonObject> => {
    place.enter('observe');
    return action.observe(target, params, before === undefined ? context : { ...context, before });
  };
  const before = await observe();
  const planned = action.plan(target, params, before, context.settings);
  if (planned.kind === 'step' && planned.chosen !== undefined) context = { ...context, chosen: planned.chosen };
  const live = async ({ execute, verify }: Pick<Action, 'execute' | 'verify'>) => {
    place.enter('execute');
    const begunAt = context.clock.now().toISOString();
    const executed = await execute(target, params, before, context);
    await place.settle();
    place.enter('verify');
    return { executed, verified: await verify(target, params, before, { ...context, begunAt }) };
  };
  const { executed, verified } = await live(action);
  const begun = await observe(before);
  const later: Life['later'][number][] = [];
  for (const part of plannedParts(action, planned)) later.push(await live(part));
  const life = { before, planned, executed, verified, begun, later, after: await observe(before) };
  if (action.undo === undefined) return { ...life, undone: null };
  place.enter('verifyUndone');
  // Half a day at the most, in the steps of `settle`.
  for (let waits = 0; waits < 40 && (await action.staysYet?.(target, before, context)) != null; waits += 1) {
    await place.settle();
  }
  place.enter('undo');
  await action.undo(target, params, before, context);
  await place.settle();
  place.enter('verifyUndone');
  const readBack = await action.verifyUndone?.(target, params, before, context);
  return { ...life, undone: { verified: readBack, observed: await observe(before) } };
}
