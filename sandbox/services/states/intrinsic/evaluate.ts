import type { Json } from '../../../../shared/platform/json.ts';
import type { Random } from '../../../kernel/random.ts';
import { RuntimeFailure } from '../failure.ts';
import { readPath, type Scope } from '../path/read.ts';
import { Arguments, type Intrinsic } from './arguments.ts';
import { arrayFunctions } from './array.ts';
import { jsonFunctions } from './json.ts';
import { type Expression, ExpressionSyntaxError, parseIntrinsic } from './parse.ts';
import { textFunctions } from './text.ts';

const FUNCTIONS: ReadonlyMap<string, Intrinsic> = new Map(
  Object.entries({ ...arrayFunctions, ...textFunctions, ...jsonFunctions }),
);
const parsed = new Map<string, Expression>();

/**
 * Parses a call and checks that every function in it exists.
 * @throws ExpressionSyntaxError, PathSyntaxError
 */
export function intrinsicOf(text: string): Expression {
  const known = parsed.get(text);
  if (known) return known;
  const expression = parseIntrinsic(text);
  requireKnown(expression);
  parsed.set(text, expression);
  return expression;
}

function requireKnown(expression: Expression): void {
  if (expression.kind !== 'call') return;
  if (!FUNCTIONS.has(expression.name)) throw new ExpressionSyntaxError(`there is no function ${expression.name}`);
  for (const arg of expression.args) requireKnown(arg);
}

/** @throws StateFailure States.IntrinsicFailure; RuntimeFailure when a path of an argument is not there */
export function evaluateIntrinsic(text: string, scope: Scope, random: Random): Json {
  const evaluate = (expression: Expression): Json => {
    if (expression.kind === 'literal') return expression.value;
    if (expression.kind === 'path') {
      const value = readPath(expression.path, scope);
      if (value !== undefined) return value;
      const why = `The JsonPath argument for the field '${expression.path}' could not be found in the input`;
      throw new RuntimeFailure(
        `The function '${text}' had the following error: ${why} '${JSON.stringify(scope.input)}'`,
      );
    }
    return call(expression);
  };
  const call = (expression: Expression & { kind: 'call' }): Json => {
    const values = expression.args.map((arg, index) =>
      index === 0 && expression.name === 'States.Format' && arg.kind === 'literal' ? arg.raw : evaluate(arg),
    );
    const run = FUNCTIONS.get(expression.name);
    if (!run) throw new ExpressionSyntaxError(`there is no function ${expression.name}`);
    return run(new Arguments(expression.name, values), random);
  };
  return evaluate(intrinsicOf(text));
}
