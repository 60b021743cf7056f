import type { Account } from '../../account.ts';
import { type FunctionFigures, lambdaState } from './state.ts';

export interface LambdaFigures extends Readonly<FunctionFigures> {
  readonly functions: Readonly<Record<string, Readonly<FunctionFigures>>>;
}

/** How often functions were invoked, started cold, failed and throttled, in all and by name. */
export function lambdaFigures(account: Account): LambdaFigures {
  const total = { invocations: 0, coldStarts: 0, failures: 0, throttles: 0 };
  const functions: Record<string, FunctionFigures> = {};
  for (const { settings, figures } of lambdaState(account).functions.values()) {
    functions[settings.name] = { ...figures };
    total.invocations += figures.invocations;
    total.coldStarts += figures.coldStarts;
    total.failures += figures.failures;
    total.throttles += figures.throttles;
  }
  return { ...total, functions };
}
