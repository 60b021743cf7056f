import { putDecision } from '../incident/decisions.ts';
import { readHead } from '../incident/head.ts';
import { raise } from '../incident/raise.ts';
import { keepsTurn, stands, targetsOf } from '../incident/targets.ts';
import { acknowledgedBy } from './acknowledge.ts';
import type { Effects } from './effects.ts';
import { type StartEffects, start } from './start.ts';

export interface UndoRequest {
  readonly incident: string;
  /** Who decided. */
  readonly by: string;
  readonly reason: string;
  /** See `PersonDecision`. */
  readonly caller?: string;
}

export type UndoAnswer =
  | { readonly kind: 'opened'; readonly run: string }
  /** An undo is under way. */
  | { readonly kind: 'under-way'; readonly run: string }
  | { readonly kind: 'nothing'; readonly reason: string };

/**
 * Protocol 8: it was a false alarm. The decision is put first, so that the run at hand stops before its next changing call; then
 * a run with direction undo is opened, or the run at hand is turned round. A repeat after a crash does what is missing.
 */
export async function undo(
  effects: StartEffects & Pick<Effects, 'table'>,
  { incident, by, reason, caller }: UndoRequest,
): Promise<UndoAnswer> {
  const { table, clock, newId } = effects;
  const head = await readHead(table, incident);
  if (head === undefined) return { kind: 'nothing', reason: `There is no incident ${incident}.` };
  if (head.state === 'running' && head.direction === 'undo') {
    await start(effects, incident);
    return { kind: 'under-way', run: head.run };
  }
  const records = await targetsOf(table, incident);
  if (head.state !== 'running' && !records.some((record) => stands(record) || keepsTurn(record))) {
    const [why] = records.flatMap(({ changes }) =>
      changes.flatMap(({ step: { undo } }) => (undo.possible ? [] : undo.why)),
    );
    const because = why === undefined ? '' : ` What was done cannot be put back: ${why}`;
    return { kind: 'nothing', reason: `Nothing that was changed for ${incident} stands.${because}` };
  }
  const at = clock.now();
  const plan = head.plan?.hash ?? null;
  const who = { by, reason, at: at.toISOString(), ...(caller === undefined ? {} : { caller }) };
  await putDecision(table, incident, { kind: 'undo', run: head.run, plan, ...who });
  await acknowledgedBy(effects, incident, { by, reason, at: at.toISOString() });
  const raised = await raise(table, incident, { run: newId(), now: at, direction: 'undo' });
  await start(effects, incident);
  return { kind: 'opened', run: raised.run };
}
