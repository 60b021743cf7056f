import type { Action, Planned, Target } from '../../shared/actions/contract.ts';
import type { JsonObject } from '../../shared/platform/json.ts';

/** What an action means the restored fields to be once all of it is done: its second part goes on with what the first has changed. */
export function intendedBy(action: Action, target: Target, before: JsonObject, planned: Planned): JsonObject {
  const params = action.params.parse({});
  const { chosen = {}, afterwards } = planned.kind === 'step' ? planned : {};
  const first = action.intended(target, params, before, chosen) as JsonObject;
  const second = afterwards === undefined ? undefined : action.second?.intended(target, params, before, chosen);
  return { ...first, ...(second as JsonObject | undefined) };
}
