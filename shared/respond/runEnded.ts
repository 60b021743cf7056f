import { headsIn } from '../incident/head.ts';
import type { Effects } from './effects.ts';
import type { StartEffects } from './start.ts';
import { lookAfter } from './sweep.ts';

const isObject = (value: unknown): value is { readonly [name: string]: unknown } =>
  typeof value === 'object' && value !== null;

/** The incident in the input of the execution; Step Functions leaves a large input out of the event. */
function incidentIn(detail: unknown): string | undefined {
  if (!isObject(detail) || typeof detail['input'] !== 'string') return undefined;
  try {
    const input: unknown = JSON.parse(detail['input']);
    return isObject(input) && typeof input['incident'] === 'string' ? input['incident'] : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Protocol 2 for the incident of an execution that has ended, from the `detail` of a `Step Functions Execution Status
 * Change`. The event only wakes: what is the case is read. Without an input every running incident is looked after.
 */
export async function runEnded(effects: StartEffects & Pick<Effects, 'publisher'>, detail: unknown): Promise<void> {
  const incident = incidentIn(detail);
  const incidents = incident === undefined ? await headsIn(effects.table, 'running') : [incident];
  for (const one of incidents) await lookAfter(effects, one);
}
