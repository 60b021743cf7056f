import { describe, expect, test } from 'vitest';
import type { Json } from '../../../../shared/platform/json.ts';
import { answering, FUNCTION, outputOf, stage } from './stage.ts';

const passing = (more: object): object => ({ StartAt: 'Pass', States: { Pass: { Type: 'Pass', End: true, ...more } } });

async function through(state: object, input: Json): Promise<Json> {
  const execution = await stage(passing(state)).run(input);
  expect(execution.error).toBeUndefined();
  return outputOf(execution);
}

describe('the fields of a state', () => {
  test('a bare Pass hands its input on', async () => {
    expect(await through({}, { a: 1 })).toEqual({ a: 1 });
  });

  test('null paths stand for an empty object', async () => {
    expect(await through({ InputPath: null }, { a: 1 })).toEqual({});
    expect(await through({ OutputPath: null }, { a: 1 })).toEqual({});
  });

  test('ResultPath puts the result into the input as it came, and null drops it', async () => {
    const state = { InputPath: '$.a', Parameters: { 'n.$': '$.n' }, ResultPath: '$.made.here' };
    expect(await through(state, { a: { n: 1 }, made: { x: 2 } })).toEqual({
      a: { n: 1 },
      made: { x: 2, here: { n: 1 } },
    });
    expect(await through({ Result: 5, ResultPath: null }, { a: 1 })).toEqual({ a: 1 });
    expect(await through({ Result: false, ResultPath: '$' }, { a: 1 })).toBe(false);
  });

  test('templates are filled in at any depth and leave other members alone', async () => {
    const Parameters = { keep: '$.a', deep: [{ 'a.$': '$.a' }, 1], 'now.$': '$$.State.Name', 'all.$': '$.list[*].n' };
    expect(await through({ Parameters }, { a: 'A', list: [{ n: 1 }, { n: 2 }, {}] })).toEqual({
      keep: '$.a',
      deep: [{ a: 'A' }, 1],
      now: 'Pass',
      all: [1, 2],
    });
  });

  test('a Task makes its result with ResultSelector, ResultPath and OutputPath in that order', async () => {
    const work = answering({ value: 7, noise: true });
    const definition = {
      StartAt: 'Work',
      States: {
        Work: {
          Type: 'Task',
          Resource: FUNCTION,
          Parameters: { 'given.$': '$.a' },
          ResultSelector: { 'kept.$': '$.value', 'name.$': '$$.Execution.Name' },
          ResultPath: '$.result',
          OutputPath: '$.result',
          End: true,
        },
      },
    };
    const execution = await stage(definition, { 'lambda:function': work }).run({ a: 3 });
    expect(work.calls).toEqual([{ given: 3 }]);
    expect(outputOf(execution)).toEqual({ kept: 7, name: execution.name });
  });
});

describe('what is not there fails the execution', () => {
  test.each([
    ['InputPath', { InputPath: '$.no' }, /Invalid path '\$\.no'/],
    ['OutputPath', { OutputPath: '$.no' }, /Invalid path '\$\.no'/],
    ['Parameters', { Parameters: { 'x.$': '$.no' } }, /'\$\.no' specified for the field 'x\.\$' could not be found/],
  ])('%s', async (_, state, cause) => {
    const execution = await stage(passing(state)).run({ a: 1 });
    expect(execution).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
    expect(execution.cause).toMatch(cause);
    expect(execution.cause).toMatch(
      /^An error occurred while executing the state 'Pass' \(entered at the event id #2\)/,
    );
  });

  test('ResultPath through something that is no object', async () => {
    const execution = await stage(passing({ Result: 1, ResultPath: '$.a.b' })).run({ a: 'text' });
    expect(execution).toMatchObject({ status: 'FAILED', error: 'States.ResultPathMatchFailure' });
  });
});

describe('payloads', () => {
  const big = 'x'.repeat(262_144);
  const definition = (states: object): object => ({ StartAt: 'Work', States: states });
  const task = { Type: 'Task', Resource: FUNCTION, End: true };

  test('a result of 262,144 bytes passes', async () => {
    const work = answering(big.slice(2));
    const execution = await stage(definition({ Work: task }), { 'lambda:function': work }).run();
    expect(execution.status).toBe('SUCCEEDED');
    expect(execution.figures.maxPayloadBytes).toBe(262_144);
  });

  test('one byte more fails, past States.ALL', async () => {
    const states = {
      Work: { ...task, Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Caught' }] },
      Caught: { Type: 'Pass', End: true },
    };
    const execution = await stage(definition(states), { 'lambda:function': answering(big.slice(1)) }).run();
    expect(execution).toMatchObject({ status: 'FAILED', error: 'States.DataLimitExceeded' });
  });

  test('a catcher that names it takes over', async () => {
    const states = {
      Work: { ...task, Catch: [{ ErrorEquals: ['States.DataLimitExceeded'], Next: 'Caught' }] },
      Caught: { Type: 'Pass', End: true },
    };
    const execution = await stage(definition(states), { 'lambda:function': answering(big.slice(1)) }).run();
    expect(execution.status).toBe('SUCCEEDED');
  });
});
