import type { Json, JsonObject } from '../../../shared/platform/json.ts';
import { AwsError } from '../../account.ts';

/** EventBridge's JSON paths: `$`, dotted names, array indices, `[*]`. Throws AwsError ValidationException on any other. */
export function checkPath(path: string): void {
  if (!/^\$(?:\.[A-Za-z0-9_/-]+|\[(?:\d+|\*)\])*$/.test(path)) {
    throw new AwsError('ValidationException', `Invalid JSON path: ${path}`);
  }
}

/** The value at a path; undefined where the event has none. */
export function valueAt(from: Json, path: string): Json | undefined {
  return walk(from, path.match(/[^.[\]$]+/g) ?? []);
}

function walk(value: Json | undefined, [step, ...rest]: readonly string[]): Json | undefined {
  if (step === undefined) return value;
  if (Array.isArray(value)) {
    const items: readonly Json[] = value;
    if (step !== '*') return walk(items[Number(step)], rest);
    return items.flatMap((item) => walk(item, rest) ?? []);
  }
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
  return walk((value as JsonObject)[step], rest);
}
