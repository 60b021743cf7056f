import type { DescribeStateMachineInput, DescribeStateMachineOutput } from '@aws-sdk/client-sfn';
import { operation } from '../../../account.ts';
import { roleArnOf } from '../machines.ts';
import { machineByArn } from '../store.ts';

export const describeStateMachine = operation<DescribeStateMachineInput, DescribeStateMachineOutput>(
  ({ stateMachineArn }) => [{ action: 'states:DescribeStateMachine', resource: stateMachineArn ?? '' }],
  ({ stateMachineArn }, { account }) => {
    const machine = machineByArn(account, stateMachineArn ?? '');
    return {
      stateMachineArn: machine.arn,
      name: machine.name,
      status: 'ACTIVE',
      definition: machine.definitionText,
      roleArn: roleArnOf(account, machine),
      type: 'STANDARD',
      creationDate: new Date(machine.createdAt),
      loggingConfiguration: machine.loggingConfig ?? { level: 'OFF', includeExecutionData: false },
      tracingConfiguration: { enabled: false },
      encryptionConfiguration: { type: 'AWS_OWNED_KEY' },
    };
  },
);
