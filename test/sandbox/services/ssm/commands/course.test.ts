import { describe, expect, test } from 'vitest';
import { HOST, listen, OTHER, stageOf, THIRD } from '../stage.ts';

const statuses = (all: readonly { readonly StatusDetails?: string | undefined }[]) =>
  all.map(({ StatusDetails }) => StatusDetails);

describe('the course of a command', () => {
  test('right after it was sent nothing is known of it, then it is pending, under way, done', async () => {
    const stage = stageOf({ [HOST]: { behaviours: [{ answers: true, seconds: 10, stdout: 'up 3 days\n' }] } });
    const command = await stage.send();
    await expect(stage.invocation(command)).rejects.toMatchObject({ code: 'InvocationDoesNotExist' });
    expect(await stage.invocations(command)).toEqual([]);
    expect(await stage.command(command)).toMatchObject({ Status: 'Pending' });
    await stage.seconds(3);
    expect(await stage.invocation(command)).toMatchObject({
      PluginName: 'aws:runShellScript',
      Status: 'InProgress',
      ResponseCode: -1,
      StandardOutputContent: '',
      ExecutionEndDateTime: '',
    });
    expect(await stage.command(command)).toMatchObject({ Status: 'InProgress', CompletedCount: 0 });
    await stage.seconds(10);
    expect(await stage.invocation(command)).toMatchObject({
      Status: 'Success',
      StatusDetails: 'Success',
      ResponseCode: 0,
      ExecutionElapsedTime: 'PT10S',
      StandardOutputContent: 'up 3 days\n',
    });
    expect(await stage.command(command)).toMatchObject({ Status: 'Success', CompletedCount: 1, ErrorCount: 0 });
    // Nothing is left that would happen later.
    expect(stage.clock.queued()).toEqual([]);
  });

  test('a script that fails says so with its exit code and what it wrote', async () => {
    const failing = { answers: true, script: 'upt', exitCode: 3, stderr: 'no such thing' };
    const stage = stageOf({ [HOST]: { behaviours: [failing] } });
    const command = await stage.send();
    const other = await stage.send({ Parameters: { commands: ['w'] } });
    await stage.seconds(20);
    expect(await stage.invocation(command)).toMatchObject({
      Status: 'Failed',
      ResponseCode: 3,
      StandardErrorContent: 'no such thing',
    });
    expect(await stage.command(command)).toMatchObject({ Status: 'Failed', ErrorCount: 1 });
    expect(await stage.command(other)).toMatchObject({ Status: 'Success' });
  });

  test('a script that takes longer than it may is timed out in execution', async () => {
    const stage = stageOf({ [HOST]: { behaviours: [{ answers: true, seconds: 3600 }] } });
    const command = await stage.send({ Parameters: { commands: ['sleep'], executionTimeout: ['60'] } });
    await stage.seconds(59);
    expect(await stage.invocation(command)).toMatchObject({ Status: 'InProgress' });
    await stage.seconds(10);
    expect(await stage.invocation(command)).toMatchObject({ Status: 'TimedOut', StatusDetails: 'ExecutionTimedOut' });
    expect(await stage.command(command)).toMatchObject({ Status: 'TimedOut', ErrorCount: 1 });
  });

  test('a node that is not heard of again is timed out in delivery, when both time-outs are over', async () => {
    const stage = stageOf({ [HOST]: { behaviours: [{ answers: false }] } });
    const command = await stage.send({ TimeoutSeconds: 30, Parameters: { commands: ['w'], executionTimeout: ['70'] } });
    await stage.seconds(99);
    expect(await stage.invocation(command)).toMatchObject({ Status: 'InProgress' });
    await stage.seconds(2);
    expect(await stage.invocation(command)).toMatchObject({ Status: 'TimedOut', StatusDetails: 'DeliveryTimedOut' });
    expect(await stage.command(command)).toMatchObject({
      Status: 'TimedOut',
      StatusDetails: 'DeliveryTimedOut',
      DeliveryTimedOutCount: 1,
      ErrorCount: 0,
    });
  });

  test('a node that goes offline before it has the command is tried again', async () => {
    const stage = stageOf();
    const command = await stage.send();
    stage.node().ping = 'ConnectionLost';
    await stage.seconds(5);
    expect(await stage.invocation(command)).toMatchObject({ Status: 'Delayed' });
    stage.node().ping = 'Online';
    await stage.seconds(90);
    expect(await stage.invocation(command)).toMatchObject({ Status: 'Success' });
  });

  test('a node that goes offline while it runs the command leaves it under way until it expires', async () => {
    const stage = stageOf({ [HOST]: { behaviours: [{ answers: true, seconds: 10 }] } });
    const command = await stage.send();
    await stage.seconds(5);
    stage.node().ping = 'ConnectionLost';
    await stage.seconds(600);
    expect(await stage.invocation(command)).toMatchObject({ Status: 'InProgress' });
    await stage.seconds(7200);
    expect(await stage.invocation(command)).toMatchObject({ StatusDetails: 'DeliveryTimedOut' });
  });
});

describe('many nodes', () => {
  const fails = { behaviours: [{ answers: true, seconds: 10, exitCode: 1 }] };
  const works = { behaviours: [{ answers: true, seconds: 10 }] };
  const InstanceIds = [HOST, OTHER, THIRD];

  test('no more than MaxConcurrency run it at once', async () => {
    const stage = stageOf({ [HOST]: works, [OTHER]: works, [THIRD]: works });
    const command = await stage.send({ InstanceIds, MaxConcurrency: '1' });
    await stage.seconds(3);
    expect(statuses(await stage.invocations(command))).toEqual(['InProgress', 'Pending', 'Pending']);
    await stage.seconds(12);
    expect(statuses(await stage.invocations(command))).toEqual(['Success', 'InProgress', 'Pending']);
    await stage.seconds(30);
    expect(await stage.command(command)).toMatchObject({ Status: 'Success', CompletedCount: 3 });
  });

  test('with one error more than MaxErrors the rest is not sent at all', async () => {
    const stage = stageOf({ [HOST]: fails, [OTHER]: works, [THIRD]: works });
    const command = await stage.send({ InstanceIds, MaxConcurrency: '1' });
    await stage.seconds(60);
    expect(statuses(await stage.invocations(command))).toEqual(['Failed', 'Terminated', 'Terminated']);
    expect(await stage.command(command)).toMatchObject({ Status: 'Failed', ErrorCount: 1, CompletedCount: 3 });
  });

  test('with as many errors as MaxErrors it goes on, and is incomplete', async () => {
    const stage = stageOf({ [HOST]: fails, [OTHER]: works, [THIRD]: works });
    const command = await stage.send({ InstanceIds, MaxConcurrency: '1', MaxErrors: '34%' });
    await stage.seconds(60);
    expect(statuses(await stage.invocations(command))).toEqual(['Failed', 'Success', 'Success']);
    expect(await stage.command(command)).toMatchObject({ StatusDetails: 'Incomplete', ErrorCount: 1 });
  });
});

describe('CancelCommand', () => {
  test('takes back what has not begun, and stops what has, a little later', async () => {
    const slow = { behaviours: [{ answers: true, seconds: 300 }] };
    const stage = stageOf({ [HOST]: slow, [OTHER]: slow });
    const command = await stage.send({ InstanceIds: [HOST, OTHER], MaxConcurrency: '1' });
    await stage.seconds(5);
    await stage.run('CancelCommand', { CommandId: command.CommandId });
    expect(statuses(await stage.invocations(command))).toEqual(['Cancelling', 'Cancelled']);
    expect(await stage.command(command)).toMatchObject({ Status: 'Cancelling' });
    await stage.seconds(5);
    expect(await stage.command(command)).toMatchObject({ Status: 'Cancelled', CompletedCount: 2 });
  });

  test('is too late for what has ended, and knows no other command', async () => {
    const stage = stageOf();
    const command = await stage.send();
    await stage.seconds(20);
    await stage.run('CancelCommand', { CommandId: command.CommandId });
    expect(await stage.command(command)).toMatchObject({ Status: 'Success' });
    const stranger = stage.run('CancelCommand', { CommandId: '00000000-0000-4000-a000-000000000000' });
    await expect(stranger).rejects.toMatchObject({ code: 'InvalidCommandId' });
  });

  test('of one node leaves the others at work', async () => {
    const stage = stageOf({ [HOST]: {}, [OTHER]: {} });
    const command = await stage.send({ InstanceIds: [HOST, OTHER] });
    await stage.run('CancelCommand', { CommandId: command.CommandId, InstanceIds: [OTHER] });
    await stage.seconds(20);
    expect(statuses(await stage.invocations(command))).toEqual(['Success', 'Cancelled']);
  });
});

describe('events', () => {
  test('of the command and of each node, as AWS spells them', async () => {
    const stage = stageOf();
    const told = listen(stage);
    const command = await stage.send();
    await stage.seconds(20);
    expect(told().map((each) => [each['detail-type'], each.detail['status']])).toEqual([
      ['EC2 Command Invocation Status-change Notification', 'InProgress'],
      ['EC2 Command Status-change Notification', 'InProgress'],
      ['EC2 Command Invocation Status-change Notification', 'Success'],
      ['EC2 Command Status-change Notification', 'Success'],
    ]);
    const common = {
      'command-id': command.CommandId,
      'document-name': 'AWS-RunShellScript',
      'requested-date-time': '2026-11-24T08:00:00.000Z',
      status: 'Success',
    };
    expect(told()[2]).toMatchObject({
      resources: [`arn:aws:ec2:eu-west-1:123456789012:instance/${HOST}`],
      detail: { ...common, 'instance-id': HOST },
    });
    expect(told()[3]?.detail).toEqual({
      ...common,
      'expire-after': '2026-11-24T10:00:00.000Z',
      parameters: { commands: ['uptime'] },
    });
  });

  test('a cancelled one is Canceled there', async () => {
    const stage = stageOf();
    const told = listen(stage);
    const command = await stage.send();
    await stage.run('CancelCommand', { CommandId: command.CommandId });
    expect(told().map(({ detail }) => detail['status'])).toEqual(['Canceled', 'Canceled']);
  });
});
