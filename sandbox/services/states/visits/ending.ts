import type { FailState, SucceedState } from '../definition/types.ts';
import { inputOf, outputOf, readField } from '../engine/dataFlow.ts';
import type { Fiber } from '../engine/fiber.ts';
import { type Onward, scopeOf, type Visit } from '../engine/visit.ts';
import { RuntimeFailure, StateFailure } from '../failure.ts';
import { evaluateIntrinsic } from '../intrinsic/evaluate.ts';

// biome-ignore lint/correctness/useYield: every state is a fiber; this one never waits.
export function* visitSucceed(visit: Visit<SucceedState>): Fiber<Onward> {
  return { output: outputOf(visit, inputOf(visit)), next: undefined };
}

// biome-ignore lint/correctness/useYield: every state is a fiber; this one never waits.
export function* visitFail(visit: Visit<FailState>): Fiber<Onward> {
  const { Error: error, ErrorPath, Cause: cause, CausePath } = visit.state;
  throw new StateFailure(
    ErrorPath === undefined ? error : text(visit, ErrorPath),
    CausePath === undefined ? cause : text(visit, CausePath),
  );
}

function text(visit: Visit<FailState>, expression: string): string {
  const value = expression.startsWith('$')
    ? readField(visit, expression, visit.input)
    : evaluateIntrinsic(expression, scopeOf(visit, visit.input), visit.account.random);
  if (typeof value === 'string') return value;
  throw new RuntimeFailure(`The path '${expression}' of a Fail state must give a string`);
}
