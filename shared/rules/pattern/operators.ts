import { anythingBut, endsWith, startsWith } from './anythingBut.ts';
import { cidr } from './cidr.ts';
import type { Condition, ValueCondition } from './condition.ts';
import { PatternError } from './error.ts';
import { exactly } from './exact.ts';
import { equalsIgnoreCase, prefixIgnoreCase, suffixIgnoreCase } from './ignoreCase.ts';
import { numeric } from './numeric.ts';
import { wildcard } from './wildcard.ts';
import { isObject, onlyEntry, textAt } from './written.ts';

/** A text, or `{ equals-ignore-case: text }`. */
function textOrIgnoreCase(
  written: unknown,
  path: string,
  asWritten: (text: string) => ValueCondition,
  inAnyCase: (text: string) => ValueCondition,
): ValueCondition {
  if (!isObject(written)) return asWritten(textAt(written, path));
  const inner = onlyEntry(written, path, ['equals-ignore-case']);
  return inAnyCase(textAt(inner.value, inner.path));
}

function exists(written: unknown, path: string): Condition {
  if (written === false) return { kind: 'absent' };
  if (written !== true) throw new PatternError(path, 'must be true or false');
  return { kind: 'value', accepts: () => true, is: 'is there', not: 'is not there', means: { by: 'exists' } };
}

const OPERATORS: Readonly<Record<string, (written: unknown, path: string) => Condition>> = {
  prefix: (written, path) => textOrIgnoreCase(written, path, startsWith, prefixIgnoreCase),
  suffix: (written, path) => textOrIgnoreCase(written, path, endsWith, suffixIgnoreCase),
  'equals-ignore-case': (written, path) => equalsIgnoreCase(textAt(written, path)),
  wildcard: (written, path) => wildcard(textAt(written, path), path),
  'anything-but': anythingBut,
  numeric,
  cidr: (written, path) => cidr(textAt(written, path), path),
  exists,
};

/** What cannot be a field's name within `$or`, because AWS keeps it for operators, present and future. */
export const RESERVED_IN_OR: ReadonlySet<string> = new Set([
  ...Object.keys(OPERATORS),
  ...['exactly', '=', '<', '<=', '>', '>=', 'regex', 'not-wildcard', 'not-equals-ignore-case'],
  ...['date-after', 'date-on-or-after', 'date-before', 'date-on-or-before', 'in-date-range'],
  ...['ip-address-in-range', 'ip-address-not-in-range'],
]);

/** One member of a field's array: a value, or an object with one operator. */
export function conditionAt(written: unknown, path: string): Condition {
  if (isObject(written)) {
    const { key, value, path: inner } = onlyEntry(written, path, Object.keys(OPERATORS));
    const operator = OPERATORS[key];
    if (operator === undefined) throw new PatternError(inner, `"${key}" is not an operator`);
    return operator(value, inner);
  }
  if (written === null || typeof written === 'string' || typeof written === 'boolean' || typeof written === 'number') {
    return exactly(written);
  }
  throw new PatternError(path, 'must be a string, number, true, false, null, or an object with one operator');
}
