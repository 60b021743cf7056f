import { holds } from '../choice/condition.ts';
import type { ChoiceState } from '../definition/types.ts';
import { inputOf, outputOf } from '../engine/dataFlow.ts';
import type { Fiber } from '../engine/fiber.ts';
import { type Onward, scopeOf, type Visit } from '../engine/visit.ts';
import { StateFailure } from '../failure.ts';

export function* visitChoice(visit: Visit<ChoiceState>): Fiber<Onward> {
  const input = inputOf(visit);
  const scope = scopeOf(visit, input);
  const next = visit.state.Choices.find((rule) => holds(rule, scope))?.Next ?? visit.state.Default;
  if (next === undefined) {
    throw new StateFailure(
      'States.NoChoiceMatched',
      `An error occurred while executing the state '${visit.name}' (entered at the event id #${visit.enteredEventId}). Failed to find a matching choice and no default is set`,
    );
  }
  return { output: outputOf(visit, input), next };
}
