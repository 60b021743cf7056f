import type { Step } from '../actions/contract.ts';
import type { StandingChange } from '../incident/items.ts';
import { readContext } from './context.ts';
import type { Effects } from './effects.ts';
import { failureOfStep } from './failure.ts';

export type StaysEffects = Pick<Effects, 'catalogue' | 'sessions' | 'evidence' | 'clock'>;

/**
 * Of what stands, what its action cannot put back yet, by the key of its step, each with the reason. What cannot be read is planned all the
 * same: the undo itself refuses, or finds it gone. Throws Throttled, unless it is the last try.
 */
export async function staysYet(
  effects: StaysEffects,
  { incident, run, lastTry }: { readonly incident: string; readonly run: string; readonly lastTry: boolean },
  changes: readonly StandingChange[],
): Promise<ReadonlyMap<Step['key'], string>> {
  const stays = new Map<string, string>();
  for (const { step, before } of changes) {
    const action = effects.catalogue.find(({ name }) => name === step.action);
    if (action?.staysYet === undefined || !step.undo.possible) continue;
    const { target, accusation, chosen } = step;
    // What an action cannot put back yet depends on nothing that settings say.
    const settings = { quietPullDays: 0 };
    try {
      const context = await readContext(effects, {
        incident,
        run,
        action,
        target,
        settings,
        accusation,
        chosen,
        before,
      });
      const why = await action.staysYet(target, before, context);
      if (why !== null) stays.set(step.key, why);
    } catch (error) {
      failureOfStep(error, `Reading ${target.id}`, lastTry);
    }
  }
  return stays;
}
