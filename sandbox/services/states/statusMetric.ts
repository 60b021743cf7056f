import type { Account } from '../../account.ts';
import { recordMetric } from '../cloudwatch/metrics.ts';
import type { Execution, ExecutionStatus } from './store.ts';

const METRICS: { readonly [status in ExecutionStatus]: string } = {
  RUNNING: 'ExecutionsStarted',
  SUCCEEDED: 'ExecutionsSucceeded',
  FAILED: 'ExecutionsFailed',
  TIMED_OUT: 'ExecutionsTimedOut',
  ABORTED: 'ExecutionsAborted',
};

/** Counts the status that an execution has just got, in AWS/States. Unlike the event, this is never lost. */
export function countStatus(account: Account, { machine, status }: Execution): void {
  recordMetric(account, 'AWS/States', METRICS[status], { StateMachineArn: machine.arn }, 1);
}
