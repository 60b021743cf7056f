import { readHead } from '../incident/head.ts';
import { touchedTargets } from '../incident/targets.ts';
import type { Effects } from './effects.ts';
import { kick } from './start.ts';

/**
 * Asks for the runs of the other incidents that have to do with this one's targets: Decide and Verify, which may have opened them,
 * start nothing. One that is missed waits for the sweep.
 */
export async function wakeOthers(
  effects: Pick<Effects, 'table' | 'executions' | 'log'>,
  incident: string,
): Promise<void> {
  const records = await touchedTargets(effects.table, incident);
  const all = records.flatMap(({ owner, interested }) => [...interested, ...(owner === null ? [] : [owner.incident])]);
  for (const other of new Set(all)) {
    if (other === incident) continue;
    const head = await readHead(effects.table, other);
    if (head?.state === 'running') await kick(effects, head);
  }
}
