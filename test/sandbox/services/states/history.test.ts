import { describe, expect, test } from 'vitest';
import { StateFailure } from '../../../../sandbox/services/states/failure.ts';
import { answering, FUNCTION, oneTask, stage, typesOf } from './stage.ts';

const INVOKE = 'arn:aws:states:::lambda:invoke';

describe('the history of an execution', () => {
  test('of a service integration has the events and details of AWS', async () => {
    const definition = oneTask({
      Resource: INVOKE,
      Parameters: { FunctionName: 'work', Payload: { 'n.$': '$.n' } },
      TimeoutSeconds: 60,
    });
    const { history, name } = await stage(definition, { [INVOKE]: answering({ Payload: 1 }) }).run({ n: 5 });
    expect(name).toMatch(/^[0-9a-f-]{36}$/);
    const named = { resourceType: 'lambda', resource: 'invoke' };
    const timestamp = new Date('2026-11-24T08:00:00.000Z');
    const untruncated = { truncated: false };
    expect(history).toEqual([
      {
        id: 1,
        previousEventId: 0,
        timestamp,
        type: 'ExecutionStarted',
        executionStartedEventDetails: {
          input: '{"n":5}',
          inputDetails: untruncated,
          roleArn: 'arn:aws:iam::123456789012:role/machine',
        },
      },
      {
        id: 2,
        previousEventId: 0,
        timestamp,
        type: 'TaskStateEntered',
        stateEnteredEventDetails: { name: 'Work', input: '{"n":5}', inputDetails: untruncated },
      },
      {
        id: 3,
        previousEventId: 2,
        timestamp,
        type: 'TaskScheduled',
        taskScheduledEventDetails: {
          ...named,
          region: 'eu-west-1',
          parameters: '{"FunctionName":"work","Payload":{"n":5}}',
          timeoutInSeconds: 60,
        },
      },
      { id: 4, previousEventId: 3, timestamp, type: 'TaskStarted', taskStartedEventDetails: named },
      {
        id: 5,
        previousEventId: 4,
        timestamp,
        type: 'TaskSucceeded',
        taskSucceededEventDetails: { ...named, output: '{"Payload":1}', outputDetails: untruncated },
      },
      {
        id: 6,
        previousEventId: 5,
        timestamp,
        type: 'TaskStateExited',
        stateExitedEventDetails: { name: 'Work', output: '{"Payload":1}', outputDetails: untruncated },
      },
      {
        id: 7,
        previousEventId: 6,
        timestamp,
        type: 'ExecutionSucceeded',
        executionSucceededEventDetails: { output: '{"Payload":1}', outputDetails: untruncated },
      },
    ]);
  });

  test("of a function's own ARN has the older events, and enters a retried state once", async () => {
    const work = answering(new StateFailure('Oops', 'why'), 'done');
    const on = stage(oneTask({ Retry: [{ ErrorEquals: ['Oops'] }] }), { 'lambda:function': work });
    const { history } = await on.run({}, 5000);
    expect(typesOf(history)).toEqual([
      'ExecutionStarted',
      'TaskStateEntered',
      'LambdaFunctionScheduled',
      'LambdaFunctionStarted',
      'LambdaFunctionFailed',
      'LambdaFunctionScheduled',
      'LambdaFunctionStarted',
      'LambdaFunctionSucceeded',
      'TaskStateExited',
      'ExecutionSucceeded',
    ]);
    expect(history[2]?.lambdaFunctionScheduledEventDetails?.resource).toBe(FUNCTION);
    expect(history[4]?.lambdaFunctionFailedEventDetails).toEqual({ error: 'Oops', cause: 'why' });
  });

  test('links the events of each iteration to its own', async () => {
    const definition = {
      StartAt: 'Each',
      States: {
        Each: {
          Type: 'Map',
          ItemProcessor: { StartAt: 'Work', States: { Work: { Type: 'Task', Resource: FUNCTION, End: true } } },
          End: true,
        },
      },
    };
    const { history } = await stage(definition, { 'lambda:function': answering(1) }).run(['a', 'b']);
    const links = history.map(({ id, previousEventId, type }) => `${previousEventId}>${id} ${type}`);
    expect(links.slice(1, 8)).toEqual([
      '0>2 MapStateEntered',
      '2>3 MapStateStarted',
      '3>4 MapIterationStarted',
      '4>5 TaskStateEntered',
      '5>6 LambdaFunctionScheduled',
      '3>7 MapIterationStarted',
      '7>8 TaskStateEntered',
    ]);
    expect(links.at(-3)).toMatch(/MapStateSucceeded$/);
  });

  test('ends at 25,000 events: an endless loop fails', async () => {
    const definition = {
      StartAt: 'Round',
      States: {
        Round: { Type: 'Choice', Choices: [{ Variable: '$.stop', IsPresent: true, Next: 'Done' }], Default: 'Again' },
        Again: { Type: 'Pass', Next: 'Round' },
        Done: { Type: 'Succeed' },
      },
    };
    const execution = await stage(definition).run({});
    expect(execution).toMatchObject({
      status: 'FAILED',
      cause: 'The execution reached the maximum number of history events (25000).',
    });
    expect(execution.history).toHaveLength(25_000);
    expect(execution.history.at(-1)?.type).toBe('ExecutionFailed');
  });
});
