import type { PassState } from '../definition/types.ts';
import { inputOf, outputOf, resultApplied, templateApplied } from '../engine/dataFlow.ts';
import type { Fiber } from '../engine/fiber.ts';
import type { Onward, Visit } from '../engine/visit.ts';

// biome-ignore lint/correctness/useYield: every state is a fiber; this one never waits.
export function* visitPass(visit: Visit<PassState>): Fiber<Onward> {
  const { state, input } = visit;
  const effective = templateApplied(visit, state.Parameters, inputOf(visit));
  const result = state.Result === undefined ? effective : state.Result;
  return { output: outputOf(visit, resultApplied(input, state.ResultPath, result)), next: state.Next };
}
