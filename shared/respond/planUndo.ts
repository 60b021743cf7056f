import type { TargetRecord } from '../incident/items.ts';
import { targetsOf } from '../incident/targets.ts';
import { ownerAmong } from '../plan/owner.ts';
import type { Plan } from '../plan/plan.ts';
import { reversePlan } from '../plan/reverse.ts';
import type { Effects } from './effects.ts';

/** Plans the reverse of what stands for an incident. What another incident still needs stays, and is said. */
export async function planUndo(effects: Pick<Effects, 'table' | 'catalogue'>, incident: string): Promise<Plan> {
  const changed = (await targetsOf(effects.table, incident)).filter(({ changes }) => changes.length > 0);
  const others = ({ interested }: TargetRecord): readonly string[] => interested.filter((other) => other !== incident);
  const ours = changed.filter((record) => others(record).length === 0);
  const plan = reversePlan(
    ours.flatMap(({ changes }) => changes.map(({ step }) => step)),
    effects.catalogue,
    ownerAmong(ours.flatMap(({ changes }) => changes.map(({ before }) => before))),
  );
  const kept = changed
    .filter((record) => others(record).length > 0)
    .map((record) => `${record.target} stays contained: incident ${others(record).join(', ')} needs it.`);
  if (kept.length === 0) return plan;
  const reason =
    plan.steps.length === 0 && plan.notDone.length === 0 ? 'Other incidents need what stands.' : plan.reason;
  return { ...plan, reason, notDone: [...plan.notDone, ...kept] };
}
