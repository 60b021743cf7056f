import type { Json } from '../../../../shared/platform/json.ts';
import type { Guarded, State } from '../definition/types.ts';
import { StateFailure } from '../failure.ts';
import { outputOf, payloadText, resultApplied, templateApplied } from './dataFlow.ts';
import type { Fiber } from './fiber.ts';
import { catcherFor, Retries } from './retry.ts';
import { sleep } from './timer.ts';
import type { Onward, Visit } from './visit.ts';

/**
 * Attempts a Task, Map or Parallel until it succeeds, its retries are used up, or a catcher takes over. What makes
 * the output of the result belongs to the attempt.
 */
export function* guarded<S extends State & Guarded>(visit: Visit<S>, attempt: () => Fiber<Json>): Fiber<Onward> {
  const { state, account, execution } = visit;
  const retries = new Retries(state.Retry);
  for (;;) {
    try {
      const result = templateApplied(visit, state.ResultSelector, yield* attempt());
      const output = outputOf(visit, resultApplied(visit.input, state.ResultPath, result));
      payloadText(visit, output, visit.name);
      return { output, next: state.Next };
    } catch (error) {
      if (!(error instanceof StateFailure)) throw error;
      const delayMs = retries.nextDelay(error, account.random);
      if (delayMs === undefined) return caught(visit, error);
      visit.retryCount += 1;
      execution.figures.retries += 1;
      yield* sleep(account, delayMs);
    }
  }
}

function caught(visit: Visit<State & Guarded>, failure: StateFailure): Onward {
  const catcher = catcherFor(failure, visit.state.Catch);
  if (!catcher) throw failure;
  return { output: resultApplied(visit.input, catcher.ResultPath, failure.errorOutput()), next: catcher.Next };
}
