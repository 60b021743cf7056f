import type { Action, Planned, Target } from '../../shared/actions/contract.ts';
import type { JsonObject } from '../../shared/platform/json.ts';
import { paramsFor } from './actionCase.ts';

/** The later parts that the plan needs. */
export const plannedParts = ({ parts = [] }: Action, planned: Planned) =>
  parts.filter(({ name }) => planned.kind === 'step' && planned.afterwards?.[name] !== undefined);

/** What an action means the restored fields to be once all of it is done: its later parts go on with what the first has changed. */
export function intendedBy(action: Action, target: Target, before: JsonObject, planned: Planned): JsonObject {
  const params = paramsFor(action, target);
  const { chosen = {} } = planned.kind === 'step' ? planned : {};
  const steps = [action, ...plannedParts(action, planned)];
  return Object.assign({}, ...steps.map((one) => one.intended(target, params, before, chosen) as JsonObject));
}
