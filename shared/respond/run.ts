import type { Accusation } from '../actions/accusation.ts';
import { type Action, type Step, targetKey } from '../actions/contract.ts';
import { type Later, partOf } from '../actions/parts.ts';
import { readHead } from '../incident/head.ts';
import type { Head, StoredPlan } from '../incident/items.ts';
import { planOfRun } from '../incident/plans.ts';
import { readReceipt, type StepAddress } from '../incident/receipts.ts';
import { ActionFailed, StaleRun } from '../platform/errors.ts';
import type { Effects } from './effects.ts';

/** What the state machine hands from state to state: keys and ordinals only. */
export interface RunInput {
  readonly incident: string;
  readonly run: string;
}

/** The head of a run that is still the incident's. Throws StaleRun: another run has it, or none. */
export async function headOfRun(effects: Pick<Effects, 'table'>, { incident, run }: RunInput): Promise<Head> {
  const head = await readHead(effects.table, incident);
  if (head?.state !== 'running' || head.run !== run)
    throw new StaleRun(`${incident} is not in the hands of run ${run}`);
  return head;
}

/** A step of the plan that a run works on. */
export interface StepAtHand {
  readonly head: Head;
  readonly stored: StoredPlan;
  readonly step: Step;
  readonly action: Action;
  /** What this step of the action does: the action itself, or a later part of it. */
  readonly doing: Action | Later;
  readonly targetKey: string;
  /** What it is done against, at its turn. */
  readonly accusation: Accusation;
}

/** How a containment is lifted: put back, or let go because it is fixed. */
export function backOf({ action, step }: Pick<StepAtHand, 'action' | 'step'>): {
  readonly work: Action['undo'];
  readonly verify: Action['verifyUndone'];
} {
  if (step.release !== true) return { work: action.undo, verify: action.verifyUndone };
  return { work: action.release?.execute, verify: action.release?.verify };
}

/** Throws StaleRun when the run or the round is not the incident's any more. */
export async function stepAtHand(
  effects: Pick<Effects, 'table' | 'bodies' | 'catalogue'>,
  address: StepAddress,
): Promise<StepAtHand> {
  const head = await headOfRun(effects, address);
  const stored = await planOfRun(effects.bodies, head, address.round);
  if (stored === undefined) throw new StaleRun(`Round ${address.round} of run ${address.run} is over`);
  const step = stored.plan.steps[address.step];
  if (step === undefined) throw new ActionFailed(`The plan has no step ${address.step}`);
  const action = actionNamed(effects, step.action);
  const doing = knownPart(action, step);
  const accusation = await accusationNow(effects, address, stored, step);
  return { head, stored, step, action, doing, targetKey: targetKey(step.target), accusation };
}

/** Throws ActionFailed for a part that this version does not know. */
function knownPart(action: Action, { part }: Step): StepAtHand['doing'] {
  const doing = partOf(action, part);
  if (doing !== undefined) return doing;
  throw new ActionFailed(`There is no ${part?.name} of ${action.name} in this version`);
}

/**
 * At its turn, what the steps before were to take away is gone, or it is in the way; and what was still pulling when the plan was made
 * has pulled, until when their receipts say.
 */
async function accusationNow(
  { table }: Pick<Effects, 'table'>,
  address: StepAddress,
  { plan }: StoredPlan,
  { accusation, needs }: Step,
): Promise<Accusation> {
  const { pullingSince: _then, leaving: left, ...rest } = accusation;
  const pulls = [accusation.pulledUntil ?? []].flat();
  for (const [n, { key }] of plan.steps.entries()) {
    const before = needs.includes(key) ? await readReceipt(table, { ...address, step: n }) : undefined;
    if (before?.pulledUntil !== undefined) pulls.push(before.pulledUntil);
  }
  return { ...rest, leaving: [], left, pulledUntil: pulls.toSorted().at(-1) ?? null };
}

/** Throws ActionFailed for a name that this version does not know: a plan of another version. */
export function actionNamed(effects: Pick<Effects, 'catalogue'>, name: string): Action {
  const action = effects.catalogue.find((one) => one.name === name);
  if (action === undefined) throw new ActionFailed(`There is no action ${name} in this version`);
  return action;
}
