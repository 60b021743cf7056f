import { putDecision, withdraw } from '../incident/decisions.ts';
import { readHead } from '../incident/head.ts';
import type { PersonDecision } from '../incident/items.ts';
import { raise } from '../incident/raise.ts';
import { stands, targetsOf } from '../incident/targets.ts';
import { acknowledgedBy } from './acknowledge.ts';
import type { Effects } from './effects.ts';
import { type StartEffects, start } from './start.ts';
import type { UndoAnswer } from './undo.ts';

export interface ReleaseRequest extends Pick<PersonDecision, 'by' | 'reason' | 'caller'> {
  readonly incident: string;
  /** The version that is to run; null: what runs now stays. */
  readonly to: string | null;
}

/** As ECS names them: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html */
export const isVersion = (text: string): boolean =>
  /^(?:(?:arn:aws[a-z-]*:ecs:[a-z0-9-]+:\d{12}:task-definition\/)?[A-Za-z0-9_-]{1,255}:[1-9]\d{0,9}|sha256:[0-9a-f]{64})$/.test(
    text,
  );

/**
 * Protocol 8: it is fixed. What stands is let go by a run of its own, which reads what was named before it changes anything. Unlike an undo it turns no run
 * round: what is still being contained is not fixed yet.
 */
export async function release(
  effects: StartEffects & Pick<Effects, 'table'>,
  { incident, to, by, reason, caller }: ReleaseRequest,
): Promise<UndoAnswer> {
  const { table, clock, newId } = effects;
  const no = (why: string): UndoAnswer => ({ kind: 'nothing', reason: why });
  const head = await readHead(table, incident);
  if (head === undefined) return no(`There is no incident ${incident}.`);
  if (head.state === 'running' && head.direction === 'undo') {
    await start(effects, incident);
    return { kind: 'under-way', run: head.run };
  }
  if (head.state === 'running')
    return no(`Run ${head.run} of ${incident} is under way: ask again when it has told what it came to.`);
  if (!(await targetsOf(table, incident)).some(stands))
    return no(`Nothing that was changed for ${incident} stands, so that there is nothing to release.`);
  const at = clock.now();
  const who = { by, reason, at: at.toISOString(), ...(caller === undefined ? {} : { caller }) };
  const decision: PersonDecision = { kind: 'release', run: head.run, plan: head.plan?.hash ?? null, ...who };
  await putDecision(table, incident, to === null ? decision : { ...decision, to });
  await acknowledgedBy(effects, incident, { by, reason, at: at.toISOString() });
  const run = newId();
  const raised = await raise(table, incident, { run, now: at, direction: 'undo', after: head.run });
  if (raised.run !== run) {
    await withdraw(table, incident, decision);
    return no(
      `Something came in for ${incident} just now, and run ${raised.run} looks at it: ask again when it has told what it came to.`,
    );
  }
  await start(effects, incident);
  return { kind: 'opened', run };
}
