import { clientConfig } from '../../../shared/platform/sdk/config.ts';
import { askedFor } from '../asked.ts';
import { broken, type Check, ok } from '../check.ts';
import { bringBack } from '../stack.ts';

/** The state machine that every incident runs through (Step Functions API, DescribeStateMachine). */
export const machine: Check = {
  name: 'state-machine',
  look: async ({ stage }) => {
    const { config, stateMachineArn } = stage;
    const { DescribeStateMachineCommand, SFNClient } = await import('@aws-sdk/client-sfn');
    const client = new SFNClient(clientConfig(config));
    const found = await askedFor('states:DescribeStateMachine', ['StateMachineDoesNotExist'], () =>
      client.send(new DescribeStateMachineCommand({ stateMachineArn })),
    );
    if (found?.status === 'ACTIVE') return ok(`${found.name} is active.`);
    return broken(
      `The state machine ${stateMachineArn} is ${found === undefined ? 'gone' : found.status}.`,
      bringBack(stage),
    );
  },
};
