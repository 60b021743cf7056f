import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { machineRuns, machineTokens } from '../../shared/platform/runs.ts';
import {
  DescribeExecutionCommand,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
} from '../../shared/platform/sdk/sfn.ts';
import { awsError, notMocked } from './awsAnswers.ts';

const sfn = mockClient(SFNClient);
const stateMachineArn = 'arn:aws:states:us-east-1:123456789012:stateMachine:firebreak-dev';
const runs = machineRuns({ region: 'us-east-1', stateMachineArn });
const tokens = machineTokens({ region: 'us-east-1' });

beforeEach(() => {
  sfn.reset();
  sfn.onAnyCommand().rejects(notMocked);
});

describe('starting a run', () => {
  it('starts an execution of that name, with the very input', async () => {
    sfn.on(StartExecutionCommand).resolves({ executionArn: 'x', startDate: new Date(0) });
    expect(await runs.start('name', '{"run":"r"}')).toBe('started');
    expect(sfn.commandCalls(StartExecutionCommand)[0]?.args[0].input).toEqual({
      stateMachineArn,
      name: 'name',
      input: '{"run":"r"}',
    });
  });

  it('says when an execution of that name is over', async () => {
    sfn.on(StartExecutionCommand).rejects(awsError('ExecutionAlreadyExists'));
    expect(await runs.start('name', '{}')).toBe('exists');
  });

  it.each([
    ['ThrottlingException', 'Throttled'],
    ['StateMachineDoesNotExist', 'StateMachineDoesNotExist'],
    ['ExecutionLimitExceeded', 'ExecutionLimitExceeded'],
  ])('that AWS answers with %s has not started', async (name, thrown) => {
    sfn.on(StartExecutionCommand).rejects(awsError(name));
    await expect(runs.start('name', '{}')).rejects.toMatchObject({ name: thrown });
  });
});

describe('asking for a run', () => {
  it('asks for the execution of that name', async () => {
    sfn.on(DescribeExecutionCommand).resolves({ status: 'RUNNING' });
    expect(await runs.describe('name')).toEqual({ status: 'RUNNING' });
    expect(sfn.commandCalls(DescribeExecutionCommand)[0]?.args[0].input).toEqual({
      executionArn: 'arn:aws:states:us-east-1:123456789012:execution:firebreak-dev:name',
    });
  });

  it('says with which error it ended', async () => {
    sfn.on(DescribeExecutionCommand).resolves({ status: 'FAILED', error: 'Paged' });
    expect(await runs.describe('name')).toEqual({ status: 'FAILED', error: 'Paged' });
  });

  it('answers nothing for what Step Functions does not know, and only for that', async () => {
    sfn.on(DescribeExecutionCommand).rejects(awsError('ExecutionDoesNotExist'));
    expect(await runs.describe('name')).toBeUndefined();
    sfn.on(DescribeExecutionCommand).rejects(awsError('AccessDeniedException'));
    await expect(runs.describe('name')).rejects.toMatchObject({ name: 'AccessDeniedException' });
    sfn.on(DescribeExecutionCommand).rejects(awsError('ThrottlingException'));
    await expect(runs.describe('name')).rejects.toMatchObject({ name: 'Throttled' });
  });
});

describe('a task token', () => {
  it('is answered with the output', async () => {
    sfn.on(SendTaskSuccessCommand).resolves({});
    await tokens.succeed('token', '{"a":1}');
    expect(sfn.commandCalls(SendTaskSuccessCommand)[0]?.args[0].input).toEqual({
      taskToken: 'token',
      output: '{"a":1}',
    });
  });

  it.each(['TaskTimedOut', 'TaskDoesNotExist'])('that nobody waits for any more (%s) wakes nobody', async (name) => {
    sfn.on(SendTaskSuccessCommand).rejects(awsError(name));
    await expect(tokens.succeed('token', '{}')).resolves.toBeUndefined();
  });

  it.each([
    ['InvalidToken', 'InvalidToken'],
    ['InvalidOutput', 'InvalidOutput'],
    ['AccessDeniedException', 'AccessDeniedException'],
    ['ThrottlingException', 'Throttled'],
  ])('that AWS refuses with %s is no silence', async (name, thrown) => {
    sfn.on(SendTaskSuccessCommand).rejects(awsError(name));
    await expect(tokens.succeed('token', '{}')).rejects.toMatchObject({ name: thrown });
  });
});
