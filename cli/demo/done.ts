import { type IncidentRecord, readIncident } from '../../shared/incident/incidentRecord.ts';
import { openHeads } from '../../shared/incident/openHeads.ts';
import type { Theatre } from './theatre.ts';

/** What became of a scenario's steps, as the incidents that are open at its end have it. */
export interface Done {
  /** Steps that contained or fixed something. */
  readonly contained: number;
  /** Those of them that were read back as holding. */
  readonly verified: number;
  /** Steps that were put back, and read back as they were before. */
  readonly undone: number;
}

function of({ plans }: IncidentRecord): Done {
  const steps = plans.flatMap(({ direction, steps: all }) =>
    all.flatMap(({ facts, receipt }) =>
      // What AWS goes on with by itself stays "waiting" when it has been read back, too.
      facts.contains && (receipt?.state === 'done' || receipt?.state === 'waiting')
        ? [{ isUndo: direction === 'undo', holds: receipt.verified?.state === 'holds' }]
        : [],
    ),
  );
  return {
    contained: steps.filter(({ isUndo }) => !isUndo).length,
    verified: steps.filter(({ isUndo, holds }) => !isUndo && holds).length,
    undone: steps.filter(({ isUndo, holds }) => isUndo && holds).length,
  };
}

export async function doneOf({ stage: { effects } }: Theatre): Promise<Done> {
  const all: Done[] = [];
  for (const { incident } of await openHeads(effects.table)) {
    const record = await readIncident(effects, incident);
    if (record !== undefined) all.push(of(record));
  }
  const sum = (one: (done: Done) => number): number => all.reduce((total, done) => total + one(done), 0);
  return {
    contained: sum(({ contained }) => contained),
    verified: sum(({ verified }) => verified),
    undone: sum(({ undone }) => undone),
  };
}
