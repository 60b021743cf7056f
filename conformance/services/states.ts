import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  DescribeStateMachineCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  ListStateMachinesCommand,
  SendTaskFailureCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { createRole } from '../../sandbox/iam/roles.ts';
import { createStateMachine } from '../../sandbox/services/states/machines.ts';
import { type Script, type Step, step, withClient } from '../script.ts';
import { machines, runs } from './statesMachines.ts';

const machineArn = (name: string): string => `arn:aws:states:us-east-1:123456789012:stateMachine:${name}`;
const executionArn = (machine: string, name: string): string =>
  `arn:aws:states:us-east-1:123456789012:execution:${machine}:${name}`;
const roleArn = 'arn:aws:iam::123456789012:role/machine';

const start = (machine: string, name: string, input?: string) => () =>
  new StartExecutionCommand({ stateMachineArn: machineArn(machine), name, ...(input === undefined ? {} : { input }) });

const base: Omit<Script, 'steps'> = {
  service: 'states',
  // Its endpoints are called sync- for one operation alone; the prefix would not resolve on loopback.
  client: (connection) => new SFNClient({ ...connection, disableHostPrefix: true }),
  sandbox: (account) => {
    const trust = {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: 'states.amazonaws.com' }, Action: 'sts:AssumeRole' }],
    };
    createRole(account, { name: 'machine', arn: roleArn, trust, policies: [] });
    for (const [name, definition] of Object.entries(machines)) {
      createStateMachine(account, { name, arn: machineArn(name), definition, roleName: 'machine', type: 'STANDARD' });
    }
  },
  moto: (connection) =>
    withClient(new SFNClient(connection), async (client) => {
      for (const [name, definition] of Object.entries(machines)) {
        await client.send(new CreateStateMachineCommand({ name, roleArn, definition: JSON.stringify(definition) }));
      }
    }),
  fields: {
    creationDate: 'time',
    startDate: 'time',
    stopDate: 'time',
    timestamp: 'time',
    definition: 'json',
    input: 'json',
    output: 'json',
    nextToken: 'id',
    stateMachines: 'unordered',
    revisionId: 'id',
  },
};

const describe = (machine: string, name: string) => () =>
  new DescribeExecutionCommand({ executionArn: executionArn(machine, name) });
const ended: Pick<Step, 'until'> = { until: ({ status }) => status !== 'RUNNING' };

const reads = [
  step('lists machines', () => new ListStateMachinesCommand({})),
  step('describes a machine', () => new DescribeStateMachineCommand({ stateMachineArn: machineArn('choose') })),
  step(
    'refuses a machine that is not there',
    () => new DescribeStateMachineCommand({ stateMachineArn: machineArn('nowhere') }),
    { words: true },
  ),
  step('refuses an ARN that is none', () => new DescribeStateMachineCommand({ stateMachineArn: 'choose' })),
  step('lists no executions', () => new ListExecutionsCommand({ stateMachineArn: machineArn('choose') })),
  step(
    'refuses executions of a machine that is not there',
    () => new ListExecutionsCommand({ stateMachineArn: machineArn('nowhere') }),
  ),
  step('refuses an execution that is not there', describe('choose', 'nobody'), { words: true }),
  step(
    'refuses the history of what is not there',
    () => new GetExecutionHistoryCommand({ executionArn: executionArn('choose', 'nobody') }),
  ),
  step(
    'refuses to stop what is not there',
    () => new StopExecutionCommand({ executionArn: executionArn('choose', 'nobody') }),
  ),
  step('refuses to start a machine that is not there', start('nowhere', 'x', '{}'), { words: true }),
  step('refuses input that is no JSON', start('choose', 'broken', '{')),
  step(
    'refuses success by a token that is none',
    () => new SendTaskSuccessCommand({ taskToken: 'none', output: '{}' }),
  ),
  step('refuses a failure by a token that is none', () => new SendTaskFailureCommand({ taskToken: 'none' })),
  step('refuses a heartbeat by a token that is none', () => new SendTaskHeartbeatCommand({ taskToken: 'none' })),
];

const lists = [
  step('starts one to be listed', start('choose', 'listed', '{"n":50}')),
  step('ends the one to be listed', describe('choose', 'listed'), ended),
  step('lists executions', () => new ListExecutionsCommand({ stateMachineArn: machineArn('choose') })),
  step(
    'lists those that succeeded',
    () => new ListExecutionsCommand({ stateMachineArn: machineArn('choose'), statusFilter: 'SUCCEEDED' }),
  ),
  step(
    'lists those that failed',
    () => new ListExecutionsCommand({ stateMachineArn: machineArn('choose'), statusFilter: 'FAILED' }),
  ),
  step(
    'reads a history backwards',
    () =>
      new GetExecutionHistoryCommand({
        executionArn: executionArn('choose', 'listed'),
        reverseOrder: true,
        maxResults: 1,
      }),
  ),
  step('refuses a name that was used, with the same input', start('choose', 'listed', '{"n":50}')),
  step('refuses a name that was used', start('choose', 'listed', '{"n":51}'), { words: true }),
];

const stopped = [
  step('starts one that waits', start('wait', 'waiting', '{}')),
  step('starts it again with the same input, while it runs', start('wait', 'waiting', '{}')),
  step('refuses to start it with another input, while it runs', start('wait', 'waiting', '{"a":1}')),
  step('sees it running', describe('wait', 'waiting')),
  step(
    'stops it',
    () =>
      new StopExecutionCommand({ executionArn: executionArn('wait', 'waiting'), error: 'Enough', cause: 'by hand' }),
  ),
  step('sees it stopped', describe('wait', 'waiting'), ended),
];

/** One execution: started, awaited, and its history read. */
const played = runs.map(({ machine, name, input }) => [
  step(`starts ${name}`, start(machine, name, JSON.stringify(input))),
  step(`ends ${name}`, describe(machine, name), ended),
  step(`tells of ${name}`, () => new GetExecutionHistoryCommand({ executionArn: executionArn(machine, name) })),
]);

const refused = [
  [step('refuses a name with a space', start('choose', 'a b', '{}'))],
  [step('refuses a name of 81 letters', start('choose', 'a'.repeat(81), '{}'))],
  [step('refuses input above 256 KiB', start('choose', 'long', JSON.stringify('x'.repeat(262_143))))],
];

/** moto 5.2.1 fails with the second execution of an account: each has one of its own. */
export const states: readonly Script[] = [reads, lists, stopped, ...played, ...refused].map((steps) => ({
  ...base,
  steps,
}));
