import type { StartExecutionInput, StartExecutionOutput } from '@aws-sdk/client-sfn';
import { operation } from '../../../account.ts';
import { startExecution as start } from '../start.ts';

export const startExecution = operation<StartExecutionInput, StartExecutionOutput>(
  ({ stateMachineArn }) => [{ action: 'states:StartExecution', resource: stateMachineArn ?? '' }],
  ({ stateMachineArn, input, name }, { account }) => {
    const { arn, startedAt } = start(account, stateMachineArn ?? '', input, name);
    return { executionArn: arn, startDate: new Date(startedAt) };
  },
);
