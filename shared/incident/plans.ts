import { isCanary } from '../finding/canary.ts';
import type { Plan } from '../plan/plan.ts';
import { canonicalJson, type Json } from '../platform/json.ts';
import type { Bodies } from './bodies.ts';
import type { Head, PlanRef, StoredPlan } from './items.ts';
import { keys } from './keys.ts';
import type { Table } from './table.ts';

/**
 * Stores a plan: the body by its hash, an item for the history, and last the head's pointer, conditional on the run and its
 * round. False: another run has the incident. A crash in between leaves a body or an item that nothing points at.
 */
export async function storePlan(
  table: Table,
  bodies: Bodies,
  incident: string,
  plan: Plan,
  about: Omit<PlanRef, 'hash'>,
): Promise<PlanRef | undefined> {
  const hash = await bodies.put(canonicalJson(plan));
  const ref: PlanRef = { ...about, hash };
  const { run, round } = about;
  await table.putIfAbsent({
    // Of the canary one for all runs: it comes for ever, and nothing of it may pile up.
    ...keys.plan(incident, isCanary(incident) ? 'canary' : run, round, hash),
    ...(ref as unknown as { [name: string]: Json }),
  });
  const expect = { state: 'running', run, round };
  const pointed = await table.update(keys.head(incident), expect, { set: { plan: ref as unknown as Json } });
  return pointed === undefined ? undefined : ref;
}

/** The plan that the head's run works on in this round; undefined before its Decide has stored one. */
export async function planOfRun(
  bodies: Pick<Bodies, 'get'>,
  head: Head,
  round: number,
): Promise<StoredPlan | undefined> {
  const ref = head.plan;
  if (ref === null || ref.run !== head.run || ref.round !== round) return undefined;
  return load(bodies, ref);
}

/** The plan of the latest earlier round of the head's run that was to change something; undefined when none was. */
export async function actedBefore(
  bodies: Pick<Bodies, 'get'>,
  head: Head,
  round: number,
): Promise<StoredPlan | undefined> {
  const ref = head.acted;
  if (ref === null || ref.run !== head.run || ref.round >= round) return undefined;
  return load(bodies, ref);
}

const load = async (bodies: Pick<Bodies, 'get'>, ref: PlanRef): Promise<StoredPlan> => ({
  ...ref,
  plan: JSON.parse(await bodies.get(ref.hash)) as Plan,
});
