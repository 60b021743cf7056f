import type { Json, JsonObject } from '../platform/json.ts';

/** A call of AWS's API that changes what an action has changed, as CloudTrail knows it. */
export interface ChangingCall {
  /** `UpdateService`. */
  readonly eventName: string;
  /** `ecs.amazonaws.com`: other services have calls of the same name. */
  readonly eventSource: string;
  /** Where CloudTrail shows it, of a global service; absent: in the Region of the target. */
  readonly region?: string;
  /**
   * Whether it was made on the target, by what CloudTrail shows of what was asked and answered. Which resource a call was about, it does not say for
   * every service, and people name one by name, ARN or tag. Pure.
   */
  readonly isOn: (asked: JsonObject, answered: JsonObject) => boolean;
}

/** What lies at a path of members; undefined where nothing does. */
function at(json: JsonObject, path: readonly string[]): Json | undefined {
  let found: Json | undefined = json;
  for (const name of path) {
    if (typeof found !== 'object' || found === null || Array.isArray(found) || !Object.hasOwn(found, name))
      return undefined;
    found = (found as JsonObject)[name];
  }
  return found;
}

/** The text at a path of members; undefined where there is none. */
export function textAt(json: JsonObject, ...path: readonly string[]): string | undefined {
  const found = at(json, path);
  return typeof found === 'string' ? found : undefined;
}

/** The texts of a list at a path of members; none where there is no list. */
export function textsAt(json: JsonObject, ...path: readonly string[]): readonly string[] {
  const found = at(json, path);
  return Array.isArray(found) ? found.filter((one) => typeof one === 'string') : [];
}

/** The name at the end of an ARN; a name as it is. */
export const lastName = (text: string | undefined): string | undefined => text?.slice(text.lastIndexOf('/') + 1);
