import type { Account } from '../../../account.ts';
import { StateFailure } from '../failure.ts';
import { countStatus } from '../statusMetric.ts';
import { type Execution, type ExecutionStatus, statesOf } from '../store.ts';
import { type Outcome, runFiber } from './fiber.ts';
import { type Recorder, record, recordEnd, whole } from './history.ts';
import { runLine } from './line.ts';
import { startTimer } from './timer.ts';
import type { Line } from './visit.ts';

/** Starts an execution: its first state is entered in a turn of its own, after whoever started it has gone on. */
export function beginExecution(account: Account, execution: Execution): void {
  const recorder: Recorder = { account, execution };
  const { machine, inputText: input, input: value } = execution;
  const roleArn = `arn:aws:iam::${account.id}:role/${machine.roleName}`;
  record(recorder, { previous: 0 }, 'ExecutionStarted', {
    executionStartedEventDetails: { input, inputDetails: whole, roleArn },
  });
  announce(account, execution);

  const { TimeoutSeconds } = machine.definition;
  const cancels = [
    startTimer(account, 0, () => {
      // AWS numbers the first state's event as following no other.
      const line: Line = { previous: 0 };
      const fiber = runFiber(runLine(recorder, line, machine.definition, value), (outcome) =>
        settle(recorder, line, outcome),
      );
      if (execution.status === 'RUNNING') execution.fiber = fiber;
    }),
    ...(TimeoutSeconds === undefined ? [] : [startTimer(account, TimeoutSeconds * 1000, () => timeOut(recorder))]),
  ];
  execution.cancelTimers = () => {
    for (const cancel of cancels) cancel();
  };
}

function settle(recorder: Recorder, line: Line, outcome: Outcome<unknown>): void {
  const { account, execution } = recorder;
  if (outcome.ok) {
    const output = JSON.stringify(outcome.value);
    recordEnd(recorder, line, 'ExecutionSucceeded', {
      executionSucceededEventDetails: { output, outputDetails: whole },
    });
    execution.outputText = output;
    close(recorder, 'SUCCEEDED');
  } else if (outcome.error instanceof StateFailure) {
    const { error, detail } = outcome.error;
    recordEnd(recorder, line, 'ExecutionFailed', { executionFailedEventDetails: details(error, detail) });
    close(recorder, 'FAILED', error, detail);
  } else {
    // A fault of the sandbox must not pass for a failed execution: the clock tells whoever drives it.
    startTimer(account, 0, () => {
      throw outcome.error;
    });
  }
}

function timeOut(recorder: Recorder): void {
  const { execution } = recorder;
  execution.fiber?.cancel();
  recordEnd(recorder, lastLine(execution), 'ExecutionTimedOut', { executionTimedOutEventDetails: {} });
  close(recorder, 'TIMED_OUT');
}

/** StopExecution. An execution that has ended stays as it ended. */
export function abortExecution(account: Account, execution: Execution, error?: string, cause?: string): void {
  if (execution.status !== 'RUNNING') return;
  const recorder = { account, execution };
  execution.fiber?.cancel();
  recordEnd(recorder, lastLine(execution), 'ExecutionAborted', {
    executionAbortedEventDetails: details(error, cause),
  });
  close(recorder, 'ABORTED', error, cause);
}

function close({ account, execution }: Recorder, status: ExecutionStatus, error?: string, cause?: string): void {
  execution.cancelTimers?.();
  delete execution.cancelTimers;
  delete execution.fiber;
  execution.status = status;
  execution.stoppedAt = account.clock.now();
  execution.error = error;
  execution.cause = cause;
  announce(account, execution);
}

function announce(account: Account, execution: Execution): void {
  countStatus(account, execution);
  const { announce: tell, loseStatusEvents } = statesOf(account);
  if (!loseStatusEvents) tell(account, execution);
}

const lastLine = ({ history }: Execution): Line => ({ previous: history.at(-1)?.id ?? 0 });
const details = (error: string | undefined, cause: string | undefined): { error?: string; cause?: string } => ({
  ...(error === undefined ? {} : { error }),
  ...(cause === undefined ? {} : { cause }),
});
