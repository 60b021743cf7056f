import type { Json } from '../../../../shared/platform/json.ts';
import { resourceOf } from '../definition/resources.ts';
import type { TaskState } from '../definition/types.ts';
import { inputOf, payloadText, readField, templateApplied } from '../engine/dataFlow.ts';
import type { Fiber } from '../engine/fiber.ts';
import { guarded } from '../engine/guard.ts';
import type { Onward, Visit } from '../engine/visit.ts';
import { heartbeatFailure, RuntimeFailure, StateFailure, timeoutFailure } from '../failure.ts';
import { callTask } from './taskCall.ts';
import { taskEvents } from './taskEvents.ts';
import { closeToken, newToken } from './taskToken.ts';

export function visitTask(visit: Visit<TaskState>): Fiber<Onward> {
  return guarded(visit, () => attempt(visit));
}

/** One attempt: a fresh token, the arguments made anew, one call, one end. */
function* attempt(visit: Visit<TaskState>): Fiber<Json> {
  const { account, execution, state } = visit;
  const resource = resourceOf(state.Resource);
  if (resource.waitsForToken) visit.token = newToken(account);
  try {
    const input = inputOf(visit);
    const args = templateApplied(visit, state.Parameters, input);
    const argsText = payloadText(visit, args, visit.name);
    const limits = {
      timeoutSeconds: seconds(visit, state.TimeoutSeconds, state.TimeoutSecondsPath, input),
      heartbeatSeconds: seconds(visit, state.HeartbeatSeconds, state.HeartbeatSecondsPath, input),
    };
    const events = taskEvents(visit, resource);
    events.scheduled(argsText, limits);
    if (resource.callsFunction) {
      if (visit.retryCount === 0) execution.figures.lambdaCalls += 1;
      else execution.figures.lambdaRetries += 1;
    }
    const end = yield* callTask(visit, resource, args, limits, events);
    if (end.kind === 'result')
      return succeeded(visit, end.value, events, resource.event?.resourceType ?? state.Resource);
    const failure =
      end.kind === 'failed' ? end.failure : end.kind === 'timeout' ? timeoutFailure() : heartbeatFailure();
    if (end.kind === 'failed') events.failed(failure);
    else events.timedOut(failure);
    throw failure;
  } finally {
    if (visit.token !== undefined) closeToken(account, visit.token);
  }
}

function succeeded(visit: Visit, value: Json, events: ReturnType<typeof taskEvents>, what: string): Json {
  try {
    events.succeeded(payloadText(visit, value, what));
  } catch (error) {
    if (error instanceof StateFailure && error.error === 'States.DataLimitExceeded') events.failed(error);
    throw error;
  }
  return value;
}

function seconds(visit: Visit, fixed: number | undefined, path: string | undefined, input: Json): number | undefined {
  if (path === undefined) return fixed;
  const value = readField(visit, path, input);
  if (typeof value === 'number' && Number.isInteger(value) && value > 0) return value;
  throw new RuntimeFailure(`The path '${path}' of a time-out must reference a positive integer`);
}
