import type { Json } from '../../../../shared/platform/json.ts';
import { RuntimeFailure } from '../failure.ts';
import { isArray, isObject, pathOf, readPath, type Scope } from '../path/read.ts';
import { OPERATORS } from './operators.ts';
import { epochOf } from './timestamp.ts';

export interface ConditionProblem {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

const NESTING = ['And', 'Or', 'Not'] as const;

/**
 * Does a Choice rule (or a rule nested in one) hold?
 * @throws RuntimeFailure when a variable is not there and the operator is not IsPresent
 */
export function holds(rule: Json, scope: Scope): boolean {
  if (!isObject(rule)) return false;
  if (isArray(rule['And'])) return rule['And'].every((part) => holds(part, scope));
  if (isArray(rule['Or'])) return rule['Or'].some((part) => holds(part, scope));
  if (rule['Not'] !== undefined) return !holds(rule['Not'], scope);
  const variable = String(rule['Variable']);
  for (const [name, operand] of Object.entries(rule)) {
    const operator = OPERATORS.get(name);
    if (!operator) continue;
    const value = name === 'IsPresent' ? readPath(variable, scope) : required(variable, scope);
    return operator.test(value, operator.operand === 'path' ? required(String(operand), scope) : operand);
  }
  return false;
}

function required(path: string, scope: Scope): Json {
  const value = readPath(path, scope);
  if (value !== undefined) return value;
  throw new RuntimeFailure(`Invalid path '${path}': The choice state's condition path references an invalid value.`);
}

/** What is wrong with a rule: unknown members, not exactly one comparison, an operand of the wrong type. */
export function conditionProblems(
  rule: unknown,
  top: boolean,
  path: readonly (string | number)[] = [],
): ConditionProblem[] {
  if (typeof rule !== 'object' || rule === null || Array.isArray(rule)) return [{ path, message: 'must be an object' }];
  const members = Object.entries(rule as { [key: string]: unknown }).filter(
    ([name]) => name !== 'Comment' && !(top && name === 'Next'),
  );
  const tests = members.filter(([name]) => name !== 'Variable');
  const [first, ...more] = tests;
  if (!first || more.length > 0) return [{ path, message: 'must have exactly one comparison, And, Or or Not' }];
  const [name, operand] = first;
  const here = [...path, name];
  const nests = NESTING.some((word) => word === name);
  if (nests !== (members.length === tests.length)) return [{ path, message: 'Variable goes with a comparison only' }];
  if (name === 'Not') return conditionProblems(operand, false, here);
  if (nests) {
    if (!Array.isArray(operand) || operand.length === 0) return [{ path: here, message: 'must be a list of rules' }];
    return operand.flatMap((part, index) => conditionProblems(part, false, [...here, index]));
  }
  const variable = members.find(([member]) => member === 'Variable')?.[1];
  return [...pathProblems(variable, [...path, 'Variable']), ...operandProblems(name, operand, here)];
}

function operandProblems(name: string, operand: unknown, path: readonly (string | number)[]): ConditionProblem[] {
  const operator = OPERATORS.get(name);
  if (!operator) return [{ path, message: 'is not a comparison operator' }];
  if (operator.operand === 'path') return pathProblems(operand, path);
  const fits =
    operator.operand === 'timestamp' ? epochOf(operand as Json) !== undefined : typeof operand === operator.operand;
  return fits ? [] : [{ path, message: `must be a ${operator.operand}` }];
}

function pathProblems(value: unknown, path: readonly (string | number)[]): ConditionProblem[] {
  if (typeof value !== 'string') return [{ path, message: 'must be a path' }];
  try {
    pathOf(value);
    return [];
  } catch (error) {
    return [{ path, message: error instanceof Error ? error.message : String(error) }];
  }
}
