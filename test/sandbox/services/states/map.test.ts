import { describe, expect, test } from 'vitest';
import { StateFailure } from '../../../../sandbox/services/states/failure.ts';
import type { Integration } from '../../../../sandbox/services/states/ports.ts';
import type { Json, JsonObject } from '../../../../shared/platform/json.ts';
import { FUNCTION, outputOf, type Stage, stage, typesOf } from './stage.ts';

const each = (more: object, states?: object): object => ({
  StartAt: 'Each',
  States: {
    Each: {
      Type: 'Map',
      ItemsPath: '$.items',
      ItemProcessor: {
        ProcessorConfig: { Mode: 'INLINE' },
        StartAt: 'Work',
        States: states ?? { Work: { Type: 'Task', Resource: FUNCTION, End: true } },
      },
      End: true,
      ...more,
    },
  },
});

/** A function that takes as many seconds as its input says, and fails when it is negative. */
function timed(log: string[]): { integration: Integration; on: (stage: Stage) => void } {
  let stageOf: Stage | undefined;
  return {
    on: (given) => {
      stageOf = given;
    },
    integration: async (args) => {
      const seconds = Number(args);
      log.push(`+${seconds}`);
      await stageOf?.clock.sleep(Math.abs(seconds) * 1000);
      log.push(`-${seconds}`);
      if (seconds < 0) throw new StateFailure('Oops', `at ${seconds}`);
      return seconds * 10;
    },
  };
}

async function runTimed(more: object, items: number[]) {
  const log: string[] = [];
  const { integration, on } = timed(log);
  const given = stage(each(more), { 'lambda:function': integration });
  on(given);
  return { log, execution: await given.run({ items }, 1_000_000), on: given };
}

describe('Map', () => {
  test('keeps the order of its items, whichever is done first', async () => {
    const { log, execution } = await runTimed({}, [3, 1, 2]);
    expect(outputOf(execution)).toEqual([30, 10, 20]);
    expect(log).toEqual(['+3', '+1', '+2', '-1', '-2', '-3']);
  });

  test('runs no more at a time than MaxConcurrency', async () => {
    const { log } = await runTimed({ MaxConcurrency: 2 }, [3, 1, 1, 1]);
    expect(log).toEqual(['+3', '+1', '-1', '+1', '-1', '+1', '-3', '-1']);
    const single = await runTimed({ MaxConcurrency: 1 }, [2, 1]);
    expect(single.log).toEqual(['+2', '-2', '+1', '-1']);
  });

  test('a failed iteration stops the others and fails the Map', async () => {
    const { execution, on } = await runTimed({ MaxConcurrency: 2 }, [9, -1, 1]);
    expect(execution).toMatchObject({ status: 'FAILED', error: 'Oops', cause: 'at -1' });
    expect(on.clock.now() - execution.startedAt).toBe(1_000_000);
    expect((execution.stoppedAt ?? 0) - execution.startedAt).toBe(1000);
    expect(typesOf(execution.history).slice(-6)).toEqual([
      'MapIterationFailed',
      'TaskStateAborted',
      'MapIterationAborted',
      'TaskStateAborted',
      'MapStateFailed',
      'ExecutionFailed',
    ]);
  });

  test('an iteration that catches its own error does not', async () => {
    const states = {
      Work: { Type: 'Task', Resource: FUNCTION, End: true, Catch: [{ ErrorEquals: ['Oops'], Next: 'Caught' }] },
      Caught: { Type: 'Pass', Parameters: { 'failed.$': '$.Error' }, End: true },
    };
    const log: string[] = [];
    const { integration, on } = timed(log);
    const given = stage(each({}, states), { 'lambda:function': integration });
    on(given);
    expect(outputOf(await given.run({ items: [1, -1] }, 10_000))).toEqual([10, { failed: 'Oops' }]);
  });

  test('ItemSelector sees the whole input, the item and its index', async () => {
    const more = {
      ItemSelector: { 'item.$': '$$.Map.Item.Value', 'index.$': '$$.Map.Item.Index', 'all.$': '$.name' },
      ResultPath: '$.out',
    };
    const execution = await stage(each(more, { Work: { Type: 'Pass', End: true } })).run({
      name: 'n',
      items: ['a', 'b'],
    });
    expect(outputOf(execution)).toEqual({
      name: 'n',
      items: ['a', 'b'],
      out: [
        { item: 'a', index: 0, all: 'n' },
        { item: 'b', index: 1, all: 'n' },
      ],
    });
  });

  test('no items: done at once; no array: a fault of the machine', async () => {
    expect(outputOf(await stage(each({})).run({ items: [] }))).toEqual([]);
    expect(await stage(each({})).run({ items: { a: 1 } })).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
  });

  test('six thousand iterations that never wait do not grow the stack', async () => {
    const execution = await stage(each({ MaxConcurrency: 1 }, { Work: { Type: 'Pass', End: true } })).run({
      items: Array.from({ length: 6000 }, (_, n) => n),
    });
    expect(execution.status).toBe('SUCCEEDED');
  });
});

describe('Parallel', () => {
  const branch = (name: string, state: object): object => ({
    StartAt: name,
    States: { [name]: { ...state, End: true } },
  });
  const both = (...branches: object[]): object => ({
    StartAt: 'Both',
    States: { Both: { Type: 'Parallel', Branches: branches, End: true } },
  });

  test('gives each branch the input, and their outputs in order', async () => {
    const definition = both(
      branch('Slow', { Type: 'Wait', Seconds: 5 }),
      branch('Fast', { Type: 'Pass', Parameters: { 'b.$': '$.a' } }),
    );
    const execution = await stage(definition).run({ a: 1 }, 5000);
    expect(outputOf(execution)).toEqual([{ a: 1 }, { b: 1 }]);
    expect((execution.stoppedAt ?? 0) - execution.startedAt).toBe(5000);
  });

  test('one that fails stops the others', async () => {
    const definition = both(branch('Slow', { Type: 'Wait', Seconds: 500 }), {
      StartAt: 'Bad',
      States: { Bad: { Type: 'Fail', ErrorPath: '$.error', Cause: 'so it is' } },
    });
    const execution = await stage(definition).run({ error: 'Bad' }, 1000);
    expect(execution).toMatchObject({ status: 'FAILED', error: 'Bad', cause: 'so it is' });
    expect(typesOf(execution.history).slice(-3)).toEqual([
      'WaitStateAborted',
      'ParallelStateFailed',
      'ExecutionFailed',
    ]);
  });

  test('can be retried as a whole', async () => {
    const calls: Json[] = [];
    const definition = both(branch('Work', { Type: 'Task', Resource: FUNCTION })) as { States: { Both: JsonObject } };
    const Retry = [{ ErrorEquals: ['Oops'], IntervalSeconds: 2 }];
    const retried = { ...definition, States: { Both: { ...definition.States.Both, Retry } } };
    const execution = await stage(retried, {
      'lambda:function': async (args) => {
        if (calls.push(args) < 3) throw new StateFailure('Oops');
        return 'done';
      },
    }).run({}, 60_000);
    expect(outputOf(execution)).toEqual(['done']);
  });
});
