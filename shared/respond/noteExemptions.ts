import { noteUse } from '../incident/exemptionUses.ts';
import type { Head } from '../incident/items.ts';
import type { Plan } from '../plan/plan.ts';
import type { Effects } from './effects.ts';

/**
 * Notes which exemptions took something out of a plan, before the plan is stored: a crash in between is followed by the same decision, which
 * notes the same. An exemption that nobody uses should go, and only this says which.
 */
export async function noteExemptions(
  { table, clock }: Pick<Effects, 'table' | 'clock'>,
  { incident, openedAt, direction }: Pick<Head, 'incident' | 'openedAt' | 'direction'>,
  { findings }: Pick<Plan, 'findings'>,
): Promise<void> {
  if (direction === 'undo') return;
  const used = findings.flatMap(({ finding, exempted = [] }) =>
    exempted.map((one) => ({ ...one, finding: finding.id })),
  );
  const lastAt = clock.now().toISOString();
  for (const [name, uses] of Map.groupBy(used, (one) => one.name)) {
    const takes = [...new Set(uses.map((one) => one.takes))].sort();
    const count = new Set(uses.map((one) => one.finding)).size;
    await noteUse(table, name, { incident, openedAt, takes, findings: count, lastAt });
  }
}
