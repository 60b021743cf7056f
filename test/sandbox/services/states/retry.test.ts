import { describe, expect, test } from 'vitest';
import { RuntimeFailure, StateFailure } from '../../../../sandbox/services/states/failure.ts';
import type { Json } from '../../../../shared/platform/json.ts';
import { answering, FUNCTION, oneTask, outputOf, stage } from './stage.ts';

const oops = new StateFailure('Oops', 'it broke');
const other = new StateFailure('Other', 'that broke');

/** The seconds after the start at which the function was called. */
async function callTimes(more: object, ...answers: (Json | Error)[]) {
  const work = answering(...answers);
  const times: number[] = [];
  const on = stage(oneTask(more), {
    'lambda:function': (args, call) => {
      times.push((on.clock.now() - startedAt) / 1000);
      return work(args, call);
    },
  });
  const startedAt = on.clock.now();
  const execution = await on.run({}, 24 * 3600 * 1000);
  return { times, execution };
}

describe('Retry', () => {
  test('waits 1, 2 and 4 seconds unless it says otherwise, then fails with the last error', async () => {
    const { times, execution } = await callTimes({ Retry: [{ ErrorEquals: ['Oops'] }] }, oops);
    expect(times).toEqual([0, 1, 3, 7]);
    expect(execution).toMatchObject({ status: 'FAILED', error: 'Oops', cause: 'it broke' });
    expect(execution.figures).toMatchObject({ statesEntered: 1, lambdaCalls: 1, lambdaRetries: 3, retries: 3 });
  });

  test('stops growing at MaxDelaySeconds', async () => {
    const retrier = { ErrorEquals: ['Oops'], IntervalSeconds: 10, BackoffRate: 3, MaxAttempts: 4, MaxDelaySeconds: 40 };
    const { times } = await callTimes({ Retry: [retrier] }, oops);
    expect(times).toEqual([0, 10, 40, 80, 120]);
  });

  test('counts attempts for each retrier apart', async () => {
    const Retry = [
      { ErrorEquals: ['Oops'], IntervalSeconds: 1, MaxAttempts: 1 },
      { ErrorEquals: ['Other'], IntervalSeconds: 10, MaxAttempts: 2, BackoffRate: 1 },
    ];
    const { times, execution } = await callTimes({ Retry }, oops, other, other, 'done');
    expect(times).toEqual([0, 1, 11, 21]);
    expect(execution.status).toBe('SUCCEEDED');
  });

  test('a used up retrier does not fall through to the next that would match', async () => {
    const Retry = [{ ErrorEquals: ['Oops'], MaxAttempts: 0 }, { ErrorEquals: ['States.ALL'] }];
    const { times } = await callTimes({ Retry }, oops);
    expect(times).toEqual([0]);
  });

  test('full jitter draws each delay below its bound, from the seed', async () => {
    const Retry = [
      { ErrorEquals: ['Oops'], IntervalSeconds: 10, MaxAttempts: 5, BackoffRate: 1, JitterStrategy: 'FULL' },
    ];
    const { times } = await callTimes({ Retry }, oops);
    const again = await callTimes({ Retry }, oops);
    expect(again.times).toEqual(times);
    const delays = times.slice(1).map((at, index) => at - (times[index] ?? 0));
    expect(delays.every((delay) => delay >= 0 && delay < 10)).toBe(true);
    expect(new Set(delays).size).toBeGreaterThan(1);
  });

  test('the attempts see their number in the context object', async () => {
    const work = answering(oops, oops, 'done');
    const definition = oneTask({ Parameters: { 'n.$': '$$.State.RetryCount' }, Retry: [{ ErrorEquals: ['Oops'] }] });
    await stage(definition, { 'lambda:function': work }).run({}, 10_000);
    expect(work.calls).toEqual([{ n: 0 }, { n: 1 }, { n: 2 }]);
  });

  test('does not begin anew while it waits, when the execution is stopped', async () => {
    const work = answering(oops);
    const on = stage(oneTask({ Retry: [{ ErrorEquals: ['Oops'], IntervalSeconds: 60 }] }), { 'lambda:function': work });
    const { arn } = await on.run({}, 1000);
    on.api('StopExecution', { executionArn: arn });
    await on.clock.advance(3_600_000);
    expect(work.calls).toHaveLength(1);
  });
});

describe('which errors a name stands for', () => {
  const caughtBy = async (name: string, failure: StateFailure, more: object = {}): Promise<string> => {
    const definition = {
      StartAt: 'Work',
      States: {
        Work: {
          Type: 'Task',
          Resource: FUNCTION,
          End: true,
          Catch: [{ ErrorEquals: [name], Next: 'Caught' }],
          ...more,
        },
        Caught: { Type: 'Pass', End: true },
      },
    };
    const work = answering(failure);
    return (await stage(definition, { 'lambda:function': work }).run({}, 100_000)).status;
  };

  test.each([
    ['States.ALL', oops],
    ['States.TaskFailed', oops],
    ['Oops', oops],
    ['States.ALL', new StateFailure('States.Timeout')],
    ['States.Timeout', new StateFailure('States.Timeout')],
    ['States.ALL', new StateFailure(undefined)],
  ])('%s catches %o', async (name, failure) => {
    expect(await caughtBy(name, failure)).toBe('SUCCEEDED');
  });

  test.each([
    ['Other', oops],
    ['States.TaskFailed', new StateFailure('States.Timeout')],
    ['States.ALL', new RuntimeFailure('a path is not there')],
    ['States.Runtime', new RuntimeFailure('a path is not there')],
    ['States.TaskFailed', new RuntimeFailure('a path is not there')],
  ])('%s does not catch %o', async (name, failure) => {
    expect(await caughtBy(name, failure)).toBe('FAILED');
  });

  test('a catcher keeps the input and adds the error where ResultPath says', async () => {
    const definition = {
      StartAt: 'Work',
      States: {
        Work: {
          Type: 'Task',
          Resource: FUNCTION,
          End: true,
          Catch: [{ ErrorEquals: ['Oops'], ResultPath: '$.error', Next: 'Caught' }],
        },
        Caught: { Type: 'Pass', End: true },
      },
    };
    const execution = await stage(definition, { 'lambda:function': answering(oops) }).run({ kept: true });
    expect(outputOf(execution)).toEqual({ kept: true, error: { Error: 'Oops', Cause: 'it broke' } });
  });
});

describe('TimeoutSeconds', () => {
  const never = (): Promise<Json> => new Promise(() => {});

  test('ends an attempt that takes too long, and the next one begins after the interval', async () => {
    const times: number[] = [];
    const Retry = [{ ErrorEquals: ['States.Timeout'], IntervalSeconds: 5, MaxAttempts: 1 }];
    const on = stage(oneTask({ TimeoutSecondsPath: '$.limit', Retry }), {
      'lambda:function': () => {
        times.push((on.clock.now() - startedAt) / 1000);
        return never();
      },
    });
    const startedAt = on.clock.now();
    const execution = await on.run({ limit: 30 }, 1_000_000);
    expect(times).toEqual([0, 35]);
    expect(execution).toMatchObject({ status: 'FAILED', error: 'States.Timeout', stoppedAt: startedAt + 65_000 });
  });

  test('of the machine ends the execution as TIMED_OUT, past every catcher', async () => {
    const definition = {
      TimeoutSeconds: 90,
      StartAt: 'Work',
      States: {
        Work: { Type: 'Task', Resource: FUNCTION, End: true, Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Caught' }] },
        Caught: { Type: 'Pass', End: true },
      },
    };
    const on = stage(definition, { 'lambda:function': never });
    const execution = await on.run({}, 89_999);
    expect(execution.status).toBe('RUNNING');
    await on.clock.advance(1);
    expect(execution.status).toBe('TIMED_OUT');
    expect(execution.history.at(-1)?.type).toBe('ExecutionTimedOut');
    expect(on.announced).toEqual(['RUNNING', 'TIMED_OUT']);
  });
});
