import { type IncidentRecord, readIncident } from '../../shared/incident/incidentRecord.ts';
import { openHeads } from '../../shared/incident/openHeads.ts';
import type { Theatre } from './theatre.ts';

/** What became of a scenario's steps of one action, as the incidents that are open at its end have it. */
export interface Done {
  readonly action: string;
  /** Steps that were done. */
  readonly done: number;
  /** Those of them that contain or fix, and do not only keep evidence or prepare for it. */
  readonly contained: number;
  /** Those of them that were read back as holding. */
  readonly verified: number;
  /** Steps that were put back, and read back as they were before. */
  readonly undone: number;
}

const none = { done: 0, contained: 0, verified: 0, undone: 0 };

/** The counts of one record, added to those that there are. */
function count(all: Map<string, Done>, { plans }: Pick<IncidentRecord, 'plans'>): void {
  for (const { direction, steps } of plans)
    for (const { action, facts, receipt } of steps) {
      // What AWS goes on with by itself stays "waiting" when it has been read back, too.
      if (receipt?.state !== 'done' && receipt?.state !== 'waiting') continue;
      const { done, contained, verified, undone } = all.get(action) ?? none;
      const holds = receipt.verified?.state === 'holds' ? 1 : 0;
      const counts =
        direction === 'undo'
          ? { done, contained, verified, undone: undone + holds }
          : { done: done + 1, contained: contained + (facts.contains ? 1 : 0), verified: verified + holds, undone };
      all.set(action, { action, ...counts });
    }
}

/** Of each action of the scenario, in the order in which they first acted. */
export async function doneOf({ stage: { effects } }: Theatre): Promise<readonly Done[]> {
  const all = new Map<string, Done>();
  for (const { incident } of await openHeads(effects.table)) {
    const record = await readIncident(effects, incident);
    if (record !== undefined) count(all, record);
  }
  return [...all.values()];
}
