import type { Account } from '../../account.ts';
import { type Fault, faultFor } from '../../faults/faults.ts';
import { kernelOf } from '../../kernel/kernel.ts';
import type { Completion, Failure } from '../../kernel/worker.ts';
import { recordMetric } from '../cloudwatch/metrics.ts';
import { ACCOUNT_CONCURRENCY, reservedBy, throttled } from './concurrency.ts';
import { logGroupName, takeEnvironment } from './environment.ts';
import { writeLog } from './log.ts';
import { type Environment, type FunctionSettings, functionNamed, type LambdaFunction, lambdaState } from './state.ts';

export type InvocationResult = { readonly ok: true; readonly payload: unknown } | Failure;

/**
 * Invokes a function and waits for its answer, in virtual time. A failure of the function is a result, not an exception.
 * Throws AwsError ResourceNotFoundException, TooManyRequestsException (429).
 */
export async function invokeFunction(
  account: Account,
  nameOrArn: string,
  payload: unknown,
  requestId: string = account.random.uuid(),
): Promise<InvocationResult> {
  const fn = functionNamed(account, nameOrArn);
  const { settings, figures } = fn;
  claim(account, fn);
  const { clock, pool } = kernelOf(account);
  const startedAt = clock.now();
  const environment = takeEnvironment(account, fn);
  figures.invocations += 1;
  const fault = faultOfRun(account, settings);
  const invoked = pool.invoke(environment.worker, {
    requestId,
    payload: JSON.stringify(payload) ?? 'null',
    timeoutMs: settings.timeoutSeconds * 1000,
    context: {
      awsRequestId: requestId,
      functionName: settings.name,
      functionVersion: '$LATEST',
      invokedFunctionArn: settings.arn,
      memoryLimitInMB: String(settings.memoryMb),
      logGroupName: logGroupName(settings),
      logStreamName: environment.logStream,
    },
  });
  if (fault === 'crash-before') environment.worker.end(killed(requestId));
  const ran = await clock.park(invoked);
  const { outcome, lines, ended } = fault === 'crash-after' ? killedAtEnd(environment, ran, requestId) : ran;
  fn.running -= 1;
  if (!ended) fn.warm.push(environment);
  if (!outcome.ok) {
    figures.failures += 1;
    recordMetric(account, 'AWS/Lambda', 'Errors', { FunctionName: settings.name }, 1);
  }
  writeLog(account, settings, environment, { requestId, startedAt, outcome, lines });
  return outcome.ok ? { ok: true, payload: JSON.parse(outcome.payload) } : outcome;
}

/** A fault that hits the function itself, before its first call or after its last. */
function faultOfRun(account: Account, { arn }: FunctionSettings): Fault | undefined {
  const run = { service: 'lambda', operation: 'Run', functionName: undefined, target: arn, nth: 0, invocation: 0 };
  return faultFor(account, run);
}

const killed = (requestId: string): Failure => ({
  ok: false,
  errorType: 'Runtime.ExitError',
  errorMessage: `RequestId: ${requestId} Error: Runtime exited with error: signal: killed`,
  trace: [],
});

function killedAtEnd(environment: Environment, ran: Completion, requestId: string): Completion {
  const outcome = killed(requestId);
  environment.worker.end(outcome);
  return { ...ran, outcome, ended: true };
}

/** Takes a place in the function's and the account's concurrency. */
function claim(account: Account, fn: LambdaFunction): void {
  const reserved = reservedBy(account, fn.settings.name);
  let running = 0;
  for (const each of lambdaState(account).functions.values()) running += each.running;
  const full = fn.running >= (reserved ?? ACCOUNT_CONCURRENCY) || running >= ACCOUNT_CONCURRENCY;
  if (full) {
    fn.figures.throttles += 1;
    throw throttled();
  }
  fn.running += 1;
}

/** The body that a caller of the API sees for a failure: `trace` only where the runtime has one. */
export function failureBody({ errorType, errorMessage, trace }: Failure): Record<string, unknown> {
  return { errorType, errorMessage, ...(trace.length === 0 ? {} : { trace }) };
}
