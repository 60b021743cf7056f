import type { Json, JsonObject } from '../../../shared/platform/json.ts';
import { compilePattern } from '../../../shared/rules/pattern/compile.ts';
import { PatternError } from '../../../shared/rules/pattern/error.ts';
import { matches } from '../../../shared/rules/pattern/match.ts';
import { invalidParameter } from './limits.ts';
import type { MessageAttributes } from './state.ts';

/** A subscription takes at most so many names in its policy (SNS, "Filter policy constraints"). */
const mostNames = 5;

/**
 * A subscription's filter policy over the attributes of a message (the scope `MessageAttributes`, which is the default), in the language of
 * event patterns. What has no such attribute does not match, unless the policy says so (`exists: false`).
 * @throws AwsError InvalidParameter
 */
export function checkFilterPolicy(policy: JsonObject): void {
  if (Object.keys(policy).length > mostNames)
    throw invalidParameter('FilterPolicy: Filter policy can not have more than 5 keys');
  if (Object.keys(policy).length === 0) return;
  try {
    compilePattern(policy);
  } catch (error) {
    if (error instanceof PatternError) throw invalidParameter(`FilterPolicy: ${error.message}`);
    throw error;
  }
}

/** Whether a message passes a policy; none lets everything through. */
export function passes(policy: JsonObject | undefined, attributes: MessageAttributes): boolean {
  if (policy === undefined || Object.keys(policy).length === 0) return true;
  const values = Object.entries(attributes).flatMap(([name, { DataType, StringValue }]): [string, Json][] =>
    StringValue === undefined ? [] : [[name, attributeValue(DataType, StringValue)]],
  );
  return matches(compilePattern(policy), Object.fromEntries(values));
}

function attributeValue(type: string, text: string): Json {
  if (type.startsWith('Number')) return Number(text);
  return type.startsWith('String.Array') ? (JSON.parse(text) as Json) : text;
}
