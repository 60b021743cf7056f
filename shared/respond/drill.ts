import type { Finding } from '../finding/finding.ts';
import { type Drill, noteDrill, readDrill } from '../incident/drills.ts';
import type { StoredFinding } from '../incident/items.ts';
import type { Plan } from '../plan/plan.ts';
import type { Effects } from './effects.ts';

/**
 * The drill that an incident is of: it has nothing but sample findings, and somebody has asked for them just now. A sample that comes otherwise
 * is ignored, as ever; and one real finding among them makes the incident a real one.
 */
export async function drillOf(
  { table, clock }: Pick<Effects, 'table' | 'clock'>,
  findings: readonly Pick<StoredFinding, 'finding'>[],
): Promise<Drill | undefined> {
  if (findings.length === 0 || !findings.every(({ finding }) => finding.sample)) return undefined;
  const drill = await readDrill(table);
  return drill !== undefined && drill.until > clock.now().toISOString() ? drill : undefined;
}

/** The finding as if it were one: rules are asked about it. */
export const asReal = (finding: Finding): Finding => ({ ...finding, sample: false });

export const ofDrill = (plan: Plan, { id, by }: Drill): Plan => ({ ...plan, drill: { id, by } });

/** Report has told of it. */
export async function noteTold(
  { table, clock }: Pick<Effects, 'table' | 'clock'>,
  incident: string,
  plan: Pick<Plan, 'drill'> | undefined,
): Promise<void> {
  if (plan?.drill !== undefined) await noteDrill(table, plan.drill, 'toldAt', clock.now(), incident);
}
