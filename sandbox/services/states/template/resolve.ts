import type { Json } from '../../../../shared/platform/json.ts';
import type { Random } from '../../../kernel/random.ts';
import { RuntimeFailure } from '../failure.ts';
import { evaluateIntrinsic } from '../intrinsic/evaluate.ts';
import { isArray, isObject, readPath, type Scope } from '../path/read.ts';

/**
 * Fills in a payload template (Parameters, ResultSelector, ItemSelector): members whose name ends in `.$` are replaced
 * by what their path or intrinsic function gives; all others are kept.
 * @throws RuntimeFailure when a path is not there, StateFailure States.IntrinsicFailure
 */
export function resolveTemplate(template: Json, scope: Scope, random: Random): Json {
  if (isArray(template)) return template.map((item) => resolveTemplate(item, scope, random));
  if (!isObject(template)) return template;
  return Object.fromEntries(
    Object.entries(template).map(([name, value]) =>
      name.endsWith('.$') && typeof value === 'string'
        ? [name.slice(0, -2), expressionValue(name, value, scope, random)]
        : [name, resolveTemplate(value, scope, random)],
    ),
  );
}

function expressionValue(field: string, expression: string, scope: Scope, random: Random): Json {
  if (!expression.startsWith('$')) return evaluateIntrinsic(expression, scope, random);
  const value = readPath(expression, scope);
  if (value !== undefined) return value;
  const input = JSON.stringify(scope.input);
  throw new RuntimeFailure(
    `The JSONPath '${expression}' specified for the field '${field}' could not be found in the input '${input}'`,
  );
}
