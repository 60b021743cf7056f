import validate from 'asl-validator';
import { describe, expect, test } from 'vitest';
import { parseDefinition } from '../../../../sandbox/services/states/definition/parse.ts';
import { createStateMachine } from '../../../../sandbox/services/states/machines.ts';
import { fakeAccount } from '../../fakeAccount.ts';
import { FUNCTION, MACHINE } from './stage.ts';

const INVOKE = 'arn:aws:states:::lambda:invoke';

/** One of everything. */
const good = {
  Comment: 'all kinds of states',
  StartAt: 'Decide',
  TimeoutSeconds: 3600,
  States: {
    Decide: {
      Type: 'Task',
      Resource: INVOKE,
      Parameters: { FunctionName: 'decide', 'Payload.$': '$' },
      ResultSelector: { 'kind.$': '$.Payload.kind' },
      ResultPath: '$.decision',
      TimeoutSeconds: 60,
      Retry: [
        { ErrorEquals: ['Throttled', 'Lambda.ServiceException'], IntervalSeconds: 2, JitterStrategy: 'FULL' },
        { ErrorEquals: ['States.ALL'], MaxAttempts: 1, MaxDelaySeconds: 10 },
      ],
      Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'Tell' }],
      Next: 'Route',
    },
    Route: {
      Type: 'Choice',
      Choices: [
        { Not: { Variable: '$.decision.kind', IsPresent: true }, Next: 'Tell' },
        { And: [{ Variable: '$.decision.kind', StringEquals: 'wait' }], Next: 'Pause' },
      ],
      Default: 'Each',
    },
    Pause: { Type: 'Wait', Seconds: 5, Next: 'Both' },
    Both: {
      Type: 'Parallel',
      Branches: [{ StartAt: 'Left', States: { Left: { Type: 'Pass', Result: 1, End: true } } }],
      Next: 'Each',
    },
    Each: {
      Type: 'Map',
      ItemsPath: '$.steps',
      MaxConcurrency: 1,
      ItemSelector: { 'step.$': '$$.Map.Item.Value' },
      ItemProcessor: {
        ProcessorConfig: { Mode: 'INLINE' },
        StartAt: 'Act',
        States: {
          Act: {
            Type: 'Task',
            Resource: `${INVOKE}.waitForTaskToken`,
            Parameters: { FunctionName: 'act', Payload: { 'token.$': '$$.Task.Token' } },
            TimeoutSeconds: 900,
            HeartbeatSeconds: 60,
            End: true,
          },
        },
      },
      ResultPath: null,
      Next: 'Done',
    },
    Done: { Type: 'Succeed' },
    Tell: {
      Type: 'Task',
      Resource: 'arn:aws:states:::sns:publish',
      Parameters: { TopicArn: 'arn:aws:sns:eu-west-1:123456789012:page', 'Message.$': "States.Format('{}', $.key)" },
      Next: 'Failed',
    },
    Failed: { Type: 'Fail', Error: 'Paged' },
  },
};

type Broken = { [key: string]: unknown } & typeof good;

/** A copy of the good definition, changed. */
function changed(change: (definition: Broken) => void): Broken {
  const copy = structuredClone(good) as Broken;
  change(copy);
  return copy;
}

const state = (definition: Broken, name: string): { [key: string]: unknown } =>
  (definition.States as unknown as { [key: string]: { [key: string]: unknown } })[name] ?? {};
const set = (name: string, more: object) => (definition: Broken) => void Object.assign(state(definition, name), more);

test('one of everything is accepted, here and by asl-validator', () => {
  expect(parseDefinition(good)).toEqual(good);
  const second = validate(structuredClone(good));
  expect(second.errorsText()).toBe('');
});

/** What the States Language forbids. */
const refused: [string, (definition: Broken) => void, RegExp][] = [
  ['an unknown state type', set('Done', { Type: 'Done' }), /at \/States\/Done\/Type/],
  ['a field that a state does not have', set('Done', { Next: 'Each' }), /Unrecognized key: "Next" at \/States\/Done/],
  ['a misspelt field', set('Decide', { Rety: [] }), /Unrecognized key: "Rety" at \/States\/Decide/],
  [
    'a Next that does not exist',
    set('Decide', { Next: 'Rout' }),
    /Missing 'Next' target: Rout at \/States\/Decide\/Next/,
  ],
  ['a Default that does not exist', set('Route', { Default: 'Nobody' }), /Missing 'Default' target: Nobody/],
  [
    'a Next of a catcher that does not exist',
    set('Decide', { Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Nobody' }] }),
    /Missing 'Catch\[0\]\/Next' target: Nobody/,
  ],
  [
    'a StartAt that does not exist',
    (definition) => Object.assign(definition, { StartAt: 'No' }),
    /'StartAt' target: No/,
  ],
  [
    'a name that objects have anyway',
    (d) => Object.assign(d, { StartAt: 'constructor' }),
    /'StartAt' target: constructor/,
  ],
  [
    'a state that nothing leads to',
    (d) => Object.assign(d.States, { Alone: { Type: 'Succeed' } }),
    /cannot be reached at \/States\/Alone/,
  ],
  ['neither Next nor End', (d) => delete state(d, 'Pause')['Next'], /must have one of Next, End at \/States\/Pause/],
  ['Next and End', set('Pause', { End: true }), /must have one of Next, End at \/States\/Pause/],
  ['a path that is none', set('Decide', { InputPath: 'x' }), /'x' is not a path.* at \/States\/Decide\/InputPath/],
  ['two times to wait', set('Pause', { Timestamp: '2026-01-01T00:00:00Z' }), /must have one of Seconds/],
  [
    'a template that says neither path nor function',
    set('Decide', { Parameters: { FunctionName: 'decide', 'Payload.$': 'text' } }),
    /is not an intrinsic function call.* at \/States\/Decide\/Parameters\/Payload\.\$/,
  ],
  [
    'an operand of the wrong type',
    set('Route', { Choices: [{ Variable: '$.a', NumericEquals: '1', Next: 'Tell' }] }),
    /must be a number at \/States\/Route\/Choices\/0\/NumericEquals/,
  ],
  [
    'two comparisons in one rule',
    set('Route', { Choices: [{ Variable: '$.a', NumericEquals: 1, StringEquals: 'a', Next: 'Tell' }] }),
    /exactly one comparison.* at \/States\/Route\/Choices\/0/,
  ],
  ['a Resource that is no ARN', set('Decide', { Resource: 'lambda' }), /the Resource lambda is not supported/],
  [
    'a state name used twice',
    (d) =>
      Object.assign((state(d, 'Both')['Branches'] as { States: object }[])[0]?.States ?? {}, {
        Done: { Type: 'Succeed' },
      }),
    /Duplicate State name: Done/,
  ],
];

/** What AWS accepts but this engine does not run, and finer points. */
const refusedHere: [string, (definition: Broken) => void, RegExp][] = [
  [
    'JSONata for the machine',
    (d) => Object.assign(d, { QueryLanguage: 'JSONata' }),
    /only JSONPath is supported here.* at \/QueryLanguage/,
  ],
  ['JSONata for one state', set('Pause', { QueryLanguage: 'JSONata' }), /at \/States\/Pause\/QueryLanguage/],
  ['variables', set('Pause', { Assign: { 'a.$': '$.b' } }), /Unrecognized key: "Assign"/],
  [
    'a distributed Map',
    (d) =>
      Object.assign(state(d, 'Each')['ItemProcessor'] as object, {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' },
      }),
    /only INLINE maps/,
  ],
  ['a filter', set('Decide', { InputPath: '$.a[?(@.b)]' }), /filters .* not supported/],
  ['recursive descent', set('Decide', { InputPath: '$..a' }), /recursive descent .* not supported/],
  ['a ResultPath that names many places', set('Decide', { ResultPath: '$.a[*]' }), /must be a reference path/],
  [
    'another integration',
    set('Decide', { Resource: 'arn:aws:states:::sqs:sendMessage' }),
    /sqs:sendMessage is not supported/,
  ],
  [
    'an argument that is not carried out',
    set('Decide', { Parameters: { FunctionName: 'decide', Qualifier: '1' } }),
    /the argument Qualifier .* is not supported/,
  ],
  ['a missing argument', set('Decide', { Parameters: { Payload: {} } }), /needs the argument FunctionName/],
  [
    'a function that does not exist',
    set('Decide', { Parameters: { FunctionName: 'a', 'Payload.$': 'States.Nothing($.a)' } }),
    /there is no function States\.Nothing/,
  ],
  [
    'States.ALL beside other names',
    set('Decide', { Retry: [{ ErrorEquals: ['States.ALL', 'Oops'] }] }),
    /States\.ALL must stand alone/,
  ],
  [
    'States.ALL before others',
    set('Decide', { Retry: [{ ErrorEquals: ['States.ALL'] }, { ErrorEquals: ['Oops'] }] }),
    /States\.ALL must come last/,
  ],
  [
    'a reserved name that does not exist',
    set('Decide', { Retry: [{ ErrorEquals: ['States.Al'] }] }),
    /is not an error name/,
  ],
  [
    'a heartbeat no shorter than the time-out',
    set('Decide', { HeartbeatSeconds: 60 }),
    /must be smaller than TimeoutSeconds at \/States\/Decide\/HeartbeatSeconds/,
  ],
];

describe('a definition is refused, with the place, for', () => {
  test.each([...refused, ...refusedHere])('%s', (_, change, message) => {
    expect(() => parseDefinition(changed(change))).toThrow(message);
    expect(() => parseDefinition(changed(change))).toThrow(expect.objectContaining({ code: 'InvalidDefinition' }));
  });
});

describe('asl-validator agrees about', () => {
  // It compiles its schemas for each call, which takes a while: a few stand for the rest.
  const asked = ['a Next that does not exist', 'neither Next nor End', 'a misspelt field', 'a state name used twice'];
  test.each(refused.filter(([name]) => asked.includes(name)))('%s', (_, change) => {
    expect(validate(changed(change)).isValid).toBe(false);
  });
});

describe('createStateMachine', () => {
  const create = (definition: object, account = fakeAccount().account) =>
    createStateMachine(account, { name: 'machine', arn: MACHINE, definition, roleName: 'machine', type: 'STANDARD' });
  const task = (Resource: string): object => ({ StartAt: 'A', States: { A: { Type: 'Task', Resource, End: true } } });

  test('takes the ARN of a function, with or without a qualifier', () => {
    expect(create(task(FUNCTION)).name).toBe('machine');
    expect(create(task(`${FUNCTION}:live`)).name).toBe('machine');
  });

  test('again with the same definition is the same machine, with another is refused', () => {
    const { account } = fakeAccount();
    const first = create(task(FUNCTION), account);
    expect(create(task(FUNCTION), account)).toBe(first);
    expect(() => create(good, account)).toThrow(expect.objectContaining({ code: 'StateMachineAlreadyExists' }));
  });
});
