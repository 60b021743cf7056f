import type { DescribeExecutionInput, DescribeExecutionOutput } from '@aws-sdk/client-sfn';
import { operation } from '../../../account.ts';
import { type Execution, executionByArn } from '../store.ts';

export const describeExecution = operation<DescribeExecutionInput, DescribeExecutionOutput>(
  ({ executionArn }) => [{ action: 'states:DescribeExecution', resource: executionArn ?? '' }],
  ({ executionArn, includedData }, { account }) =>
    describe(executionByArn(account, executionArn ?? ''), includedData !== 'METADATA_ONLY'),
);

function describe(execution: Execution, included: boolean): DescribeExecutionOutput {
  const { arn, name, machine, status, startedAt, stoppedAt, inputText, outputText, error, cause } = execution;
  const ended = status !== 'RUNNING' && status !== 'SUCCEEDED';
  return {
    executionArn: arn,
    stateMachineArn: machine.arn,
    name,
    status,
    startDate: new Date(startedAt),
    stopDate: stoppedAt === undefined ? undefined : new Date(stoppedAt),
    ...(included ? { input: inputText, output: outputText, error, cause } : {}),
    inputDetails: { included },
    ...(outputText === undefined ? {} : { outputDetails: { included } }),
    redriveCount: 0,
    redriveStatus: ended ? 'REDRIVABLE' : 'NOT_REDRIVABLE',
    ...(ended ? {} : { redriveStatusReason: `Execution is ${status} and cannot be redriven` }),
  };
}
