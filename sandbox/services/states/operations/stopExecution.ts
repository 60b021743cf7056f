import type { StopExecutionInput, StopExecutionOutput } from '@aws-sdk/client-sfn';
import { operation } from '../../../account.ts';
import { abortExecution } from '../engine/execution.ts';
import { executionByArn } from '../store.ts';

/** Stopping an execution that has ended changes nothing and says when it ended. */
export const stopExecution = operation<StopExecutionInput, StopExecutionOutput>(
  ({ executionArn }) => [{ action: 'states:StopExecution', resource: executionArn ?? '' }],
  ({ executionArn, error, cause }, { account }) => {
    const execution = executionByArn(account, executionArn ?? '');
    abortExecution(account, execution, error, cause);
    return { stopDate: new Date(execution.stoppedAt ?? account.clock.now()) };
  },
);
