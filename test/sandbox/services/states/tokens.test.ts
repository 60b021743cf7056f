import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../../../shared/platform/json.ts';
import { outputOf, type Stage, stage, typesOf } from './stage.ts';

const INVOKE = 'arn:aws:states:::lambda:invoke';
const waiting = (more: object = {}): object => ({
  StartAt: 'Act',
  States: {
    Act: {
      Type: 'Task',
      Resource: `${INVOKE}.waitForTaskToken`,
      Parameters: { FunctionName: 'act', Payload: { 'token.$': '$$.Task.Token' } },
      End: true,
      ...more,
    },
  },
});

/** A stage whose function keeps the tokens it was handed, and does `then` with each. */
function withTokens(more: object = {}, then: (token: string, on: Stage) => void = () => {}) {
  const tokens: string[] = [];
  const on: Stage = stage(waiting(more), {
    [INVOKE]: async (args: Json): Promise<Json> => {
      const token = String(((args as JsonObject)['Payload'] as JsonObject)['token']);
      tokens.push(token);
      then(token, on);
      return { StatusCode: 200 };
    },
  });
  return { on, tokens };
}

const answer = (on: Stage, token: string | undefined, output: Json = 'done'): unknown =>
  on.api('SendTaskSuccess', { taskToken: token, output: JSON.stringify(output) });

describe('a task that waits for its token', () => {
  test('goes on with the answer, not with what the function returned', async () => {
    const { on, tokens } = withTokens();
    const execution = await on.run({}, 3_600_000);
    expect(execution.status).toBe('RUNNING');
    answer(on, tokens[0], { result: 1 });
    expect(outputOf(execution)).toEqual({ result: 1 });
    expect(typesOf(execution.history)).toEqual([
      'ExecutionStarted',
      'TaskStateEntered',
      'TaskScheduled',
      'TaskStarted',
      'TaskSubmitted',
      'TaskSucceeded',
      'TaskStateExited',
      'ExecutionSucceeded',
    ]);
  });

  test('may be answered before the function has returned', async () => {
    const { on, tokens } = withTokens({}, (token, stageOf) => answer(stageOf, token, 'early'));
    const execution = await on.run({}, 1000);
    expect(outputOf(execution)).toBe('early');
    expect(() => answer(on, tokens[0])).toThrow(/does not exist anymore/);
  });

  test('fails with the error that it is sent', async () => {
    const { on, tokens } = withTokens();
    const execution = await on.run({}, 1000);
    on.api('SendTaskFailure', { taskToken: tokens[0], error: 'Broken', cause: 'a wheel' });
    expect(execution).toMatchObject({ status: 'FAILED', error: 'Broken', cause: 'a wheel' });
  });

  test('has another token in each attempt, and the older one is over', async () => {
    const { on, tokens } = withTokens({ Retry: [{ ErrorEquals: ['Broken'], IntervalSeconds: 5 }] });
    const execution = await on.run({}, 1000);
    on.api('SendTaskFailure', { taskToken: tokens[0], error: 'Broken' });
    await on.clock.advance(6000);
    expect(tokens).toHaveLength(2);
    expect(() => answer(on, tokens[0])).toThrow(expect.objectContaining({ code: 'TaskTimedOut' }));
    answer(on, tokens[1]);
    expect(execution.status).toBe('SUCCEEDED');
  });
});

describe('answers that are refused', () => {
  test.each([
    ['no token at all', 'nonsense', 'InvalidToken'],
    ['a token never given out', 'AQCAAAAAKgAAAAMAAAAAAAAAAabcdef', 'TaskDoesNotExist'],
  ])('%s', (_, token, code) => {
    const { on } = withTokens();
    expect(() => answer(on, token)).toThrow(expect.objectContaining({ code }));
  });

  test('a second answer', async () => {
    const { on, tokens } = withTokens();
    const execution = await on.run({}, 1000);
    answer(on, tokens[0], 'first');
    expect(() => answer(on, tokens[0], 'second')).toThrow(expect.objectContaining({ code: 'TaskTimedOut' }));
    expect(outputOf(execution)).toBe('first');
  });

  test('an answer after the execution was stopped', async () => {
    const { on, tokens } = withTokens();
    const { arn } = await on.run({}, 1000);
    on.api('StopExecution', { executionArn: arn });
    expect(() => answer(on, tokens[0])).toThrow(expect.objectContaining({ code: 'TaskTimedOut' }));
  });

  test('an output that is no JSON leaves the task waiting', async () => {
    const { on, tokens } = withTokens();
    const execution = await on.run({}, 1000);
    const deep = `${'['.repeat(9000)}${']'.repeat(9000)}`;
    expect(() => on.api('SendTaskSuccess', { taskToken: tokens[0], output: deep })).toThrow(
      expect.objectContaining({ code: 'InvalidOutput' }),
    );
    expect(() => on.api('SendTaskSuccess', { taskToken: tokens[0], output: '{' })).toThrow(
      expect.objectContaining({ code: 'InvalidOutput' }),
    );
    answer(on, tokens[0]);
    expect(execution.status).toBe('SUCCEEDED');
  });
});

describe('time-outs of a waiting task', () => {
  test('TimeoutSeconds is exact, and an answer a moment before it counts', async () => {
    const late = withTokens({ TimeoutSeconds: 60 });
    const timedOut = await late.on.run({}, 59_999);
    expect(timedOut.status).toBe('RUNNING');
    await late.on.clock.advance(1);
    expect(timedOut).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
    expect(() => answer(late.on, late.tokens[0])).toThrow(expect.objectContaining({ code: 'TaskTimedOut' }));

    const early = withTokens({ TimeoutSeconds: 60 });
    const answered = await early.on.run({}, 59_999);
    answer(early.on, early.tokens[0]);
    expect(answered.status).toBe('SUCCEEDED');
    expect(early.on.clock.queued()).toEqual([]);
  });

  test('heartbeats put the end off; without one the task fails under both names', async () => {
    const Catch = [{ ErrorEquals: ['States.HeartbeatTimeout'], Next: 'Missed' }];
    const definition = waiting({ HeartbeatSeconds: 10, TimeoutSeconds: 100, Catch }) as { States: object };
    const tokens: string[] = [];
    const on = stage(
      { ...definition, States: { ...definition.States, Missed: { Type: 'Pass', End: true } } },
      {
        [INVOKE]: async (args) => {
          tokens.push(String(((args as JsonObject)['Payload'] as JsonObject)['token']));
          return {};
        },
      },
    );
    const execution = await on.run({}, 9000);
    on.api('SendTaskHeartbeat', { taskToken: tokens[0] });
    await on.clock.advance(9_999);
    expect(execution.status).toBe('RUNNING');
    await on.clock.advance(1);
    expect(outputOf(execution)).toEqual({ Error: 'States.Timeout' });
    expect(typesOf(execution.history)).toContain('TaskTimedOut');
  });
});
