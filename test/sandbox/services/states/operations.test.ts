import type {
  DescribeExecutionOutput,
  DescribeStateMachineOutput,
  GetExecutionHistoryOutput,
  ListExecutionsOutput,
  StartExecutionOutput,
} from '@aws-sdk/client-sfn';
import { describe, expect, test } from 'vitest';
import { statesService } from '../../../../sandbox/services/states/service.ts';
import { executionFigures, statesOf } from '../../../../sandbox/services/states/store.ts';
import { answering, MACHINE, oneTask, stage } from './stage.ts';

const DAY_MS = 24 * 3600 * 1000;
const waiting = { StartAt: 'Wait', States: { Wait: { Type: 'Wait', Seconds: 60, End: true } } };
const refusedAs = (code: string): unknown => expect.objectContaining({ code });

const starter = (on = stage(waiting)) => ({
  on,
  start: (name?: string, input?: string) =>
    on.api<StartExecutionOutput>('StartExecution', { stateMachineArn: MACHINE, name, input }),
});

describe('StartExecution', () => {
  test('repeated while it runs, with the same text, is the same execution', async () => {
    const { on, start } = starter();
    const first = start('run', '{"a":1}');
    await on.clock.advance(1000);
    expect(start('run', '{"a":1}')).toEqual(first);
    expect(statesOf(on.account).executions.size).toBe(1);
    expect(on.announced).toEqual(['RUNNING']);
  });

  test.each([
    ['another value', '{"a":2}'],
    ['the same value written otherwise', '{ "a":1 }'],
    ['no input', undefined],
  ])('with %s is refused', (_, input) => {
    const { start } = starter();
    start('run', '{"a":1}');
    expect(() => start('run', input)).toThrow(refusedAs('ExecutionAlreadyExists'));
  });

  test('is refused once that execution has ended, for 90 days', async () => {
    const { on, start } = starter();
    const first = start('run', '{}');
    await on.clock.advance(60_000);
    expect(() => start('run', '{}')).toThrow(refusedAs('ExecutionAlreadyExists'));
    await on.clock.advance(90 * DAY_MS - 1);
    expect(() => start('run', '{}')).toThrow(refusedAs('ExecutionAlreadyExists'));
    await on.clock.advance(1);
    expect(start('run', '{}').startDate).not.toEqual(first.startDate);
  });

  test.each(['a b', 'a:b', 'a/b', 'a$b', 'ä\u0001', 'a*', 'tab\t', '\ud800'])('refuses the name %j', (name) => {
    expect(() => starter().start(name)).toThrow(refusedAs('InvalidName'));
  });

  test('takes 80 characters, not 81, and none', () => {
    const { start } = starter();
    expect(start('x'.repeat(80)).executionArn).toMatch(/:execution:machine:x{80}$/);
    expect(() => start('x'.repeat(81))).toThrow(refusedAs('ValidationException'));
    expect(() => start('')).toThrow(refusedAs('ValidationException'));
  });

  test('refuses input that is no JSON or larger than a payload', () => {
    const { start } = starter();
    expect(() => start('a', '{')).toThrow(refusedAs('InvalidExecutionInput'));
    expect(() => start('b', JSON.stringify('x'.repeat(262_143)))).toThrow(refusedAs('ValidationException'));
    expect(start('c', JSON.stringify('x'.repeat(262_142)))).toBeDefined();
  });

  test('refuses a machine that does not exist', () => {
    const { on } = starter();
    expect(() => on.api('StartExecution', { stateMachineArn: `${MACHINE}x` })).toThrow(
      refusedAs('StateMachineDoesNotExist'),
    );
  });
});

describe('what is told of executions', () => {
  test('while one runs, when it has succeeded, when it was stopped', async () => {
    const { on, start } = starter();
    const { executionArn } = start('run', '{"a":1}');
    const describe = (arn = executionArn): DescribeExecutionOutput =>
      on.api('DescribeExecution', { executionArn: arn });
    expect(describe()).toMatchObject({ status: 'RUNNING', input: '{"a":1}', stopDate: undefined });
    await on.clock.advance(60_000);
    expect(describe()).toMatchObject({
      status: 'SUCCEEDED',
      output: '{"a":1}',
      startDate: new Date('2026-11-24T08:00:00Z'),
      stopDate: new Date('2026-11-24T08:01:00Z'),
    });

    const other = start('other').executionArn;
    await on.clock.advance(1000);
    on.api('StopExecution', { executionArn: other, error: 'Enough', cause: 'said so' });
    expect(describe(other)).toMatchObject({ status: 'ABORTED', error: 'Enough', cause: 'said so' });
    expect(on.announced).toEqual(['RUNNING', 'SUCCEEDED', 'RUNNING', 'ABORTED']);
    expect(on.clock.queued()).toEqual([]);

    // Stopping it again changes nothing.
    on.api('StopExecution', { executionArn: other, error: 'Again' });
    expect(describe(other)).toMatchObject({ error: 'Enough' });
    expect(on.announced).toHaveLength(4);
  });

  test('lists newest first, by status, in pages', async () => {
    const { on, start } = starter();
    for (const name of ['a', 'b', 'c']) start(name);
    await on.clock.advance(60_000);
    start('d');
    const list = (more: object): ListExecutionsOutput =>
      on.api('ListExecutions', { stateMachineArn: MACHINE, ...more });
    expect(list({ statusFilter: 'RUNNING' }).executions?.map(({ name }) => name)).toEqual(['d']);
    const first = list({ maxResults: 3 });
    expect(first.executions?.map(({ name }) => name)).toEqual(['d', 'c', 'b']);
    expect(list({ maxResults: 3, nextToken: first.nextToken }).executions?.map(({ name }) => name)).toEqual(['a']);
    expect(() => list({ nextToken: 'nonsense' })).toThrow(refusedAs('InvalidToken'));
  });

  test('gives history in pages, from either end, without data when asked', async () => {
    const { on, start } = starter();
    const { executionArn } = start('run', '{"secret":1}');
    await on.clock.advance(60_000);
    const history = (more: object): GetExecutionHistoryOutput =>
      on.api('GetExecutionHistory', { executionArn, ...more });
    expect(history({}).events?.map(({ id }) => id)).toEqual([1, 2, 3, 4]);
    expect(history({ reverseOrder: true, maxResults: 1 }).events?.[0]?.type).toBe('ExecutionSucceeded');
    expect(JSON.stringify(history({}))).toContain('secret');
    expect(JSON.stringify(history({ includeExecutionData: false }))).not.toContain('secret');
  });

  test('describes the machine with the text of its definition', () => {
    const { on } = starter();
    const machine = on.api<DescribeStateMachineOutput>('DescribeStateMachine', { stateMachineArn: MACHINE });
    expect(JSON.parse(machine.definition ?? '')).toEqual(waiting);
    expect(machine.roleArn).toBe('arn:aws:iam::123456789012:role/machine');
  });

  test('of one that does not exist', () => {
    const { on } = starter();
    for (const name of ['DescribeExecution', 'GetExecutionHistory', 'StopExecution']) {
      expect(() => on.api(name, { executionArn: 'arn:aws:states:x' })).toThrow(refusedAs('ExecutionDoesNotExist'));
    }
  });

  test('of what is no ARN', () => {
    const { on } = starter();
    expect(() => on.api('DescribeExecution', { executionArn: 'shop' })).toThrow(refusedAs('InvalidArn'));
    expect(() => on.api('DescribeStateMachine', { stateMachineArn: 'shop' })).toThrow(refusedAs('InvalidArn'));
  });
});

describe('permissions', () => {
  const arns = { stateMachineArn: 'machine', executionArn: 'execution', taskToken: 'token' };
  test.each([
    ['StartExecution', 'machine'],
    ['ListExecutions', 'machine'],
    ['DescribeStateMachine', 'machine'],
    ['DescribeExecution', 'execution'],
    ['GetExecutionHistory', 'execution'],
    ['StopExecution', 'execution'],
    ['SendTaskSuccess', '*'],
    ['SendTaskFailure', '*'],
    ['SendTaskHeartbeat', '*'],
    ['ListStateMachines', '*'],
  ])('%s is asked for on %s', (name, resource) => {
    const { account } = stage(waiting);
    const needs = statesService.operations[name]?.needs(arns as never, account);
    expect(needs).toEqual([{ action: `states:${name}`, resource }]);
  });

  test('every operation is covered above', () => {
    expect(Object.keys(statesService.operations)).toHaveLength(10);
  });
});

test('lost status events are lost, the execution is not', async () => {
  const on = stage(oneTask(), { 'lambda:function': answering('done') });
  statesOf(on.account).loseStatusEvents = true;
  const execution = await on.run();
  expect(execution.status).toBe('SUCCEEDED');
  expect(on.announced).toEqual([]);
  expect(executionFigures(on.account, execution.arn)).toEqual({
    statesEntered: 1,
    retries: 0,
    lambdaCalls: 1,
    lambdaRetries: 0,
    maxPayloadBytes: 6,
  });
});
