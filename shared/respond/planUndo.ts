import type { Step } from '../actions/contract.ts';
import type { TargetRecord } from '../incident/items.ts';
import { targetsOf } from '../incident/targets.ts';
import { orderSteps } from '../plan/order.ts';
import { ownerAmong } from '../plan/owner.ts';
import type { Plan } from '../plan/plan.ts';
import { reversePlan } from '../plan/reverse.ts';
import type { Effects } from './effects.ts';
import type { RunInput } from './run.ts';
import { type StaysEffects, staysYet } from './staysYet.ts';

const stepsOf = (records: readonly TargetRecord[]): readonly Step[] =>
  records.flatMap(({ changes }) => changes.map(({ step }) => step));

/** What of an incident's targets another one needs as it is, and what would miss that if it were put back. Pure. */
export function neededByOthers(records: readonly TargetRecord[], incident: string) {
  const changed = records.filter(({ changes }) => changes.length > 0);
  const others = ({ interested }: TargetRecord): readonly string[] => interested.filter((other) => other !== incident);
  const ours = changed.filter((record) => others(record).length === 0);
  const kept = changed.filter((record) => others(record).length > 0);
  const staying = new Set(stepsOf(kept).map(({ key }) => key));
  const missing = new Set(orderSteps(stepsOf(changed)).flatMap(({ key, needs }) => (staying.has(key) ? needs : [])));
  const blocked = stepsOf(ours).filter(({ key }) => missing.has(key));
  return { others, ours, kept, missing, blocked };
}

/**
 * Plans the reverse of what stands for an incident. What another incident still needs stays, and is said; and so does what would come
 * back only to miss it: a service cannot start an image that stays archived.
 */
export async function planUndo(
  effects: Pick<Effects, 'table'> & StaysEffects,
  { incident, run, lastTry }: RunInput & { readonly lastTry: boolean },
): Promise<Plan> {
  const { others, ours, kept, missing, blocked } = neededByOthers(await targetsOf(effects.table, incident), incident);
  const yet = await staysYet(
    effects,
    { incident, run, lastTry },
    ours.flatMap(({ changes }) => changes),
  );
  const neededBy = [...new Set(kept.flatMap(others))];
  const reversed = reversePlan(
    stepsOf(ours).filter(({ key }) => !missing.has(key) && !yet.has(key)),
    effects.catalogue,
    ownerAmong(ours.flatMap(({ changes }) => changes.map(({ before }) => before))),
  );
  const plan = neededBy.length === 0 ? reversed : { ...reversed, neededBy };
  const notDone = [
    ...kept.map((record) => `${record.target} stays contained: incident ${others(record).join(', ')} needs it.`),
    ...[...yet.values()].map((why) => `Not yet: ${why}.`),
    ...blocked.map(
      ({ action, target }) => `${action} on ${target.id} stays: what it would go back to stays contained.`,
    ),
  ];
  if (notDone.length === 0) return plan;
  const [first] = [...yet.values()].map((why) => `Not yet: ${why}.`);
  if (plan.steps.length === 0 && (first !== undefined || plan.notDone.length === 0)) {
    const why = first ?? 'Other incidents need what stands.';
    return {
      ...plan,
      ...(ours.length === 0 ? { left: true as const } : {}),
      decision: 'hold',
      reason: `Nothing was put back. ${why}`,
      // Whoever asked waits for the answer, and nothing is wrong.
      ...(first === undefined ? {} : { page: { held: 'notice' as const } }),
      notDone: [...plan.notDone, ...notDone].filter((one) => one !== why),
    };
  }
  return { ...plan, notDone: [...plan.notDone, ...notDone] };
}
