import type { Json, JsonObject } from '../../../../shared/platform/json.ts';
import { RuntimeFailure, StateFailure } from '../failure.ts';
import { MAX_PAYLOAD_BYTES, utf8Bytes } from '../limits.ts';
import { readPath } from '../path/read.ts';
import { writePath } from '../path/write.ts';
import { resolveTemplate } from '../template/resolve.ts';
import type { Recorder } from './history.ts';
import { scopeOf, type Visit } from './visit.ts';

/** A value read by a field of the state that must be there. @throws RuntimeFailure */
export function readField(visit: Visit, path: string, input: Json): Json {
  const value = readPath(path, scopeOf(visit, input));
  if (value !== undefined) return value;
  throw new RuntimeFailure(
    `Invalid path '${path}' : No results for path: ${path}, in the input '${JSON.stringify(input)}'`,
  );
}

function pathApplied(visit: Visit, path: string | null | undefined, value: Json): Json {
  if (path === undefined || path === '$') return value;
  return path === null ? {} : readField(visit, path, value);
}

/** The input after InputPath. */
export const inputOf = (visit: Visit): Json =>
  pathApplied(visit, 'InputPath' in visit.state ? visit.state.InputPath : undefined, visit.input);

export const templateApplied = (visit: Visit, template: JsonObject | undefined, input: Json): Json =>
  template === undefined ? input : resolveTemplate(template, scopeOf(visit, input), visit.account.random);

/** ResultPath: null keeps the input as it was, `$` (the default) replaces it. */
export function resultApplied(input: Json, path: string | null | undefined, result: Json): Json {
  if (path === null) return input;
  return path === undefined ? result : writePath(path, input, result);
}

export const outputOf = (visit: Visit, value: Json): Json =>
  pathApplied(visit, 'OutputPath' in visit.state ? visit.state.OutputPath : undefined, value);

/**
 * The JSON text of a value that passes between states.
 * @throws StateFailure States.DataLimitExceeded
 */
export function payloadText({ execution }: Recorder, value: Json, what: string): string {
  const text = JSON.stringify(value);
  const bytes = utf8Bytes(text);
  const { figures } = execution;
  figures.maxPayloadBytes = Math.max(figures.maxPayloadBytes, bytes);
  if (bytes <= MAX_PAYLOAD_BYTES) return text;
  throw new StateFailure(
    'States.DataLimitExceeded',
    `The state/task '${what}' returned a result with a size exceeding the maximum number of bytes service limit.`,
  );
}
