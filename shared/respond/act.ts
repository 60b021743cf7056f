import type { Executed } from '../actions/contract.ts';
import type { Receipt } from '../incident/items.ts';
import { readReceipt, type StepAddress, writeReceipt } from '../incident/receipts.ts';
import { readTarget } from '../incident/targets.ts';
import { putToken } from '../incident/tokens.ts';
import { ActionFailed, StalePlan, Throttled } from '../platform/errors.ts';
import type { JsonObject } from '../platform/json.ts';
import { actContext, readContext } from './context.ts';
import type { Effects } from './effects.ts';
import { failureOfStep, isLastTry } from './failure.ts';
import { journalOf } from './journal.ts';
import { mayChange, stopOfStep } from './mayChange.ts';
import { stoppedByPerson, unmetNeed } from './needs.ts';
import { backOf, type StepAtHand, stepAtHand } from './run.ts';
import { begin } from './standing.ts';
import { Stopped } from './stopped.ts';
import { whoChanged } from './whoChanged.ts';

export type ActEffects = Pick<
  Effects,
  'table' | 'bodies' | 'sessions' | 'evidence' | 'tokens' | 'catalogue' | 'clock' | 'log'
>;

export interface ActInput extends StepAddress {
  /** Answered at once unless AWS goes on by itself. It only wakes: Verify reads the truth. */
  readonly token: string;
  /** How often the state machine has called it again since it entered the state. */
  readonly retries: number;
}

type Ended = Pick<
  Receipt,
  'state' | 'did' | 'failed' | 'before' | 'correlation' | 'against' | 'changedBy' | 'again' | 'stops'
>;

/**
 * Protocol 5, one step. Its receipt is written first and then answered: by the token when the state machine is to go on to
 * Verify, by an error when it is not. A repeat answers from the receipt. Throws StaleRun, StalePlan, Throttled, and
 * ActionFailed for what failed or was stopped.
 */
export async function act(effects: ActEffects, input: ActInput): Promise<void> {
  const hand = await stepAtHand(effects, input);
  const known = await readReceipt(effects.table, input);
  if (known !== undefined && known.state !== 'started') return answer(effects, input, known);
  const ended = await perform(effects, input, hand, known).catch((error: unknown) => givenUp(error, input));
  const endedAt = effects.clock.now().toISOString();
  await writeReceipt(effects.table, input, { step: input.step, key: hand.step.key, endedAt, ...ended });
  effects.log('Step ended', { incident: input.incident, run: input.run, step: hand.step.key, state: ended.state });
  return answer(effects, input, ended);
}

/** Throttled to the last try: the step has failed, so that Report says why, and is not left as one that nobody knows about. */
function givenUp(error: unknown, { retries }: ActInput): Ended {
  if (error instanceof Throttled && isLastTry(retries)) return { state: 'failed', failed: error.message };
  throw error;
}

async function answer(effects: ActEffects, input: ActInput, { state, failed, correlation }: Ended): Promise<void> {
  switch (state) {
    case 'stale':
      throw new StalePlan(failed ?? 'The plan is stale.');
    case 'failed':
    case 'held':
      throw new ActionFailed(failed ?? 'The step did not happen.');
    case 'waiting': {
      const { incident, run, round, step, token } = input;
      const at = effects.clock.now().toISOString();
      if (correlation !== undefined)
        await putToken(effects.table, { correlation, token, incident, run, round, step, at });
      return;
    }
    default:
      await effects.tokens.succeed(input.token, JSON.stringify({ n: input.step, outcome: state }));
  }
}

async function perform(
  effects: ActEffects,
  input: ActInput,
  hand: StepAtHand,
  known: Receipt | undefined,
): Promise<Ended> {
  const { action, step, stored, doing, accusation } = hand;
  const unmet = await unmetNeed(effects, input, hand);
  if (unmet !== undefined) return { state: 'skipped', failed: unmet };
  const stopped = await stoppedByPerson(effects, hand);
  if (stopped !== undefined) return { state: 'held', failed: stopped };

  const { incident, run, round } = input;
  const record = await readTarget(effects.table, hand.targetKey);
  const standing = record?.changes.find((change) => change.action === action.name)?.before;
  const asked = { target: step.target, accusation, chosen: step.chosen };
  const about = { incident, run, round, action, ...asked, settings: stored.settings };
  const reading = await attempt(`Reading ${step.target.id}`, async () => {
    const context = await readContext(effects, { ...about, before: standing });
    return { context, observed: await action.observe(step.target, step.params, context) };
  });
  if (!reading.ok) return allGone(reading.ended, hand, standing);
  const { observed, context } = reading.value;

  const may = mayChange(effects, hand, { observed, context, lastTry: isLastTry(input.retries) });
  const begun = doing.facts.changes
    ? await begin(effects, { me: { incident, run }, hand, observed, context, mayChange: may })
    : ({ kind: 'started', before: known?.before ?? observed } as const);
  if (begun.kind === 'ended') {
    const { kind: _ended, state, why, byOthers, ...came } = begun;
    if (state === 'done') return { state, did: why, before: standing ?? observed, ...came };
    const changedBy = byOthers === undefined ? undefined : await whoChanged(effects, hand, byOthers);
    return { state, failed: why, ...came, ...(changedBy === undefined ? {} : { changedBy }) };
  }
  const startedAt = known?.startedAt ?? effects.clock.now().toISOString();
  const { before } = begun;
  const again = begun.kind === 'started' && begun.again !== undefined ? { again: begun.again } : {};
  const receipt = { step: input.step, key: step.key, state: 'started', startedAt, before, ...again } as const;
  await writeReceipt(effects.table, input, receipt);
  return { ...(await call(effects, input, hand, before, known)), ...again };
}

/**
 * Of several that meet on a target, the one that was accused may still be there when the target is not: decided again. Where they were
 * changed together, nothing is left of any of them.
 */
function allGone(ended: Ended, { step }: StepAtHand, before: JsonObject | undefined): Ended {
  if (ended.state !== 'gone') return ended;
  if (before !== undefined) return { ...ended, before };
  if (step.members === undefined) return ended;
  return { state: 'stale', failed: `${step.target.id} is not there any more; what is changed with it may be.` };
}

/** The changing call, on credentials for this action on this target alone. */
async function call(
  effects: ActEffects,
  input: ActInput,
  hand: StepAtHand,
  before: JsonObject,
  known: Receipt | undefined,
): Promise<Ended> {
  const { action, doing, step, stored, accusation } = hand;
  const { incident, run, round } = input;
  const work = stored.direction === 'undo' ? backOf(hand).work : doing.execute;
  if (work === undefined) return { state: 'failed', failed: 'This version of Firebreak has no undo for it.' };
  const findings = stored.plan.findings.map(({ finding }) => finding);
  const lastTry = isLastTry(input.retries);
  const journal = journalOf(effects, input, known?.journal ?? {}, () => goOnly(effects, hand, lastTry));
  const shares = stored.plan.steps.filter(({ facts }) => facts.phase === step.facts.phase).length;
  const { target, key, chosen } = step;
  const asked = { target, accusation, chosen, before, key };
  const about = { incident, run, round, action, settings: stored.settings, ...asked };
  const called = await attempt<Executed>(`${action.summary}: ${step.target.id}`, async () =>
    work(step.target, step.params, before, await actContext(effects, { ...about, findings, journal, shares, lastTry })),
  );
  if (!called.ok) return called.ended;
  const { kind, did } = called.value;
  return kind === 'done' ? { state: 'done', did } : { state: 'waiting', did, correlation: called.value.correlation };
}

/** Before each call of a step that makes several: a hold or a pause stops in the middle, too. What changes nothing goes on. */
async function goOnly(effects: ActEffects, hand: StepAtHand, lastTry: boolean): Promise<void> {
  const stop = hand.doing.facts.changes ? await stopOfStep(effects, hand, lastTry) : undefined;
  if (stop !== undefined) throw new Stopped([stop]);
}

type Attempt<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly ended: Ended };

async function attempt<T>(doing: string, run: () => Promise<T>): Promise<Attempt<T>> {
  try {
    return { ok: true, value: await run() };
  } catch (error) {
    if (error instanceof Stopped) {
      return { ok: false, ended: { state: 'held', failed: error.message, stops: error.stops } };
    }
    const failure = failureOfStep(error, doing);
    return {
      ok: false,
      ended:
        failure.kind === 'gone'
          ? { state: 'gone', did: 'The target is not there any more.' }
          : { state: 'failed', failed: failure.why },
    };
  }
}
