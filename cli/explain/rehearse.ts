import type { Finding } from '../../shared/finding/finding.ts';
import { incidentKey } from '../../shared/finding/incidentKey.ts';
import { memoryBodies } from '../../shared/incident/bodies.ts';
import { readHead } from '../../shared/incident/head.ts';
import { memoryTable } from '../../shared/incident/memoryTable.ts';
import { planOfRun } from '../../shared/incident/plans.ts';
import { readRecord } from '../../shared/incident/records.ts';
import { releaseTurn, turnsOf } from '../../shared/incident/turns.ts';
import type { Plan } from '../../shared/plan/plan.ts';
import { sha256Hex } from '../../shared/platform/hash.ts';
import { decide } from '../../shared/respond/decide.ts';
import type { Effects } from '../../shared/respond/effects.ts';
import { retriesOfThrottled } from '../../shared/respond/failure.ts';
import { intake } from '../../shared/respond/intake.ts';
import type { Reading } from './reading.ts';

export interface Rehearsed {
  readonly incident: string;
  readonly run: string;
  readonly plan: Plan;
}

export interface Rehearsing extends Pick<Effects, 'ruleSets' | 'clock' | 'stage'> {
  readonly reading: Reading;
}

/** Shown where a message names its run. */
const run = 'not-started';

/**
 * One event through production's own intake and Decide, on a table in memory where nothing else has happened, stopped before anything
 * is executed. Answers with the plan of each incident that its findings belong to; with the reason where intake ignores them.
 */
export async function rehearse(
  { ruleSets, clock, stage, reading }: Rehearsing,
  event: { readonly id: string; readonly body: string },
  findings: readonly Finding[],
): Promise<readonly Rehearsed[] | string> {
  const failures: unknown[] = [];
  const effects = {
    table: memoryTable(),
    bodies: memoryBodies(sha256Hex),
    executions: { start: async () => 'started' as const, describe: async () => undefined },
    deadLetters: { send: async () => undefined },
    evidence: () => ({ get: async () => null, put: () => Promise.reject(new Error('explain stores nothing')) }),
    ruleSets,
    clock,
    stage,
    newId: () => run,
    log: (_message: string, { error }: { readonly [name: string]: unknown }) => {
      if (error !== undefined) failures.push(error);
    },
    catalogue: reading.catalogue,
    sessions: reading.sessions,
  };
  const failed = await intake(effects, [{ messageId: 'event', body: event.body }]);
  if (failed.length > 0) throw failures[0];
  const record = await readRecord(effects.table, event.id);
  if (record?.result === 'ignored') return record.reason;
  const rehearsed: Rehearsed[] = [];
  for (const incident of new Set(findings.map(incidentKey))) {
    await decide(effects, { incident, run, retries: retriesOfThrottled });
    const head = await readHead(effects.table, incident);
    const stored = head === undefined ? undefined : await planOfRun(effects.bodies, head, head.round);
    if (stored === undefined) throw new Error(`Nothing was decided about ${incident}`);
    rehearsed.push({ incident, run, plan: stored.plan });
    // What it would hold up gets its turn afterwards, and then does what is to be shown.
    for (const turn of await turnsOf(effects.table, incident))
      await releaseTurn(effects.table, turn, { incident, run });
  }
  return rehearsed;
}
