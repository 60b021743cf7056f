import { isCanary } from '../finding/canary.ts';
import { holdDead, openRetry } from '../incident/ends.ts';
import { readHead } from '../incident/head.ts';
import type { Head } from '../incident/items.ts';
import { executionInput, executionName, isRetry } from '../incident/keys.ts';
import { composeHeld } from '../report/compose.ts';
import type { Effects } from './effects.ts';
import { linked } from './link.ts';
import { messageOf } from './message.ts';

export type StartEffects = Pick<Effects, 'table' | 'executions' | 'clock' | 'newId' | 'log' | 'stage' | 'consoleUrl'>;

/** So many runs in a row may die without a report and without a new finding; the last of them holds the incident. */
const deadRunsHeld = 2;

/**
 * Protocol 2: sees to it that the incident's run is under way. Called after every finding, a duplicate too, by the sweep
 * and when an execution has ended: repeats find the execution running, or over. What holding an incident has to say lies in its
 * outbox then; the sweep and runEnded send it.
 */
export async function start(effects: StartEffects, incident: string): Promise<void> {
  const head = await readHead(effects.table, incident);
  if (head?.state !== 'running' || (await kick(effects, head)) === 'started') return;
  const died = await stillThere(effects, head);
  if (died === undefined) return;
  const next = await afterDeath(effects, died);
  if (next?.state === 'running') await kick(effects, next);
}

/**
 * Asks for the execution of a head's run and leaves it at that: whoever finds that it is over is `start`, called by the
 * next delivery, by runEnded or by the sweep.
 */
export async function kick(
  effects: Pick<Effects, 'executions' | 'log'>,
  { incident, run }: Head,
): Promise<'started' | 'exists'> {
  const answer = await effects.executions.start(executionName(incident, run), executionInput(incident, run));
  effects.log('Run asked for', { incident, run, answer });
  return answer;
}

/** The head again, if it still waits for the run that is over: then that run died. */
async function stillThere(effects: StartEffects, head: Head): Promise<Head | undefined> {
  const again = await readHead(effects.table, head.incident);
  return again?.state === 'running' && again.run === head.run ? again : undefined;
}

async function afterDeath(effects: StartEffects, head: Head): Promise<Head | undefined> {
  const { table, clock } = effects;
  const ended = await effects.executions.describe(executionName(head.incident, head.run));
  if (ended?.status === 'RUNNING') return undefined;
  // The state machine ends a retry as "Paged" too, without having paged for it.
  const machinePaged = head.machinePaged || (ended?.error === 'Paged' && !isRetry(head.run));
  const now = clock.now();
  effects.log('Run died', {
    incident: head.incident,
    run: head.run,
    status: ended?.status,
    deadRuns: head.deadRuns + 1,
  });
  // The next canary is another try, and that this one did not come through is the alarm's to tell.
  if (isCanary(head.incident)) return holdDead(table, head, undefined, now);
  if (head.deadRuns + 1 < deadRunsHeld) return openRetry(table, head, effects.newId(), machinePaged, now);
  const held = composeHeld({
    incident: head.incident,
    reason: 'Two runs in a row ended without a report, so Firebreak stopped trying; a new finding starts it again.',
    now,
    stage: effects.stage,
    tier: machinePaged ? 'notice' : 'page',
    escalates: head.plan?.settings.escalates ?? null,
  });
  const message = messageOf(head, 'held-dead-runs', { ...held, outcome: 'held' }, now);
  return holdDead(table, head, linked(effects, message, null), now);
}
