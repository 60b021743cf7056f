import {
  CancelCommandCommand,
  DescribeInstanceInformationCommand,
  DescribeInstancePatchStatesCommand,
  GetCommandInvocationCommand,
  ListCommandInvocationsCommand,
  ListCommandsCommand,
  SendCommandCommand,
} from '@aws-sdk/client-ssm';
import { step } from '../script.ts';

const nobody = 'i-0123456789abcdef0';
const nothing = '01234567-89ab-4def-8123-456789abcdef';

/** Of Systems Manager's commands, what is said where there is no node: moto's always succeed. */
export const commands = [
  step('describes no nodes', () => new DescribeInstanceInformationCommand({})),
  step('describes no patch states', () => new DescribeInstancePatchStatesCommand({ InstanceIds: [nobody] })),
  step('lists no commands', () => new ListCommandsCommand({})),
  step('lists no invocations', () => new ListCommandInvocationsCommand({})),
  step(
    'refuses the invocation of a command that is not there',
    () => new GetCommandInvocationCommand({ CommandId: nothing, InstanceId: nobody }),
  ),
  step('refuses to cancel a command that is not there', () => new CancelCommandCommand({ CommandId: nothing })),
  step(
    'refuses a node that is not there',
    () =>
      new SendCommandCommand({
        DocumentName: 'AWS-RunShellScript',
        InstanceIds: [nobody],
        Parameters: { commands: ['id'] },
      }),
  ),
];
