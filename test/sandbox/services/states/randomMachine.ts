import fc from 'fast-check';
import { FUNCTION } from './stage.ts';

/**
 * Random machines over this input, whose paths are mostly there: what they compute is compared with another
 * implementation of the States Language.
 */
export const INPUT = {
  a: { b: [1, 2, 3], c: 'text', d: { e: true } },
  list: [{ n: 1 }, { n: 2 }, { n: 3 }],
  n: 7,
  s: 'x-y',
};

const path = fc.constantFrom('$', '$.a', '$.a.b', '$.a.b[1]', '$.a.d.e', "$['a']['c']", '$.list', '$.list[0].n', '$.n');
const wide = fc.constantFrom('$.list[*].n', '$.a.b[0:2]', '$.a.b[*]', '$.list[*]');
const intrinsic = fc.constantFrom(
  "States.Format('{} and {}', $.a.c, $.n)",
  'States.Array($.n, $.a)',
  'States.JsonToString($.a)',
  "States.StringToJson('[1, 2]')",
  'States.MathAdd($.n, 3)',
  'States.ArrayLength($.a.b)',
  'States.ArrayGetItem($.a.b, 1)',
  'States.ArrayContains($.a.b, 2)',
  'States.ArrayRange(1, 9, 3)',
  'States.ArrayPartition($.a.b, 2)',
  'States.ArrayUnique($.a.b)',
  "States.Base64Encode('text')",
  "States.StringSplit($.s, '-')",
  "States.Hash($.a.c, 'SHA-256')",
  'States.JsonMerge($.a, $.a.d, false)',
  "States.Format('{}', States.MathAdd(1, States.ArrayLength($.list)))",
);
const member = fc.oneof(
  path.map((value) => ({ 'v.$': value })),
  wide.map((value) => ({ 'w.$': value })),
  intrinsic.map((value) => ({ 'i.$': value })),
  fc.constantFrom({ fixed: { x: [null, 1] } }, { 'name.$': '$$.Execution.Name' }),
);
const template = fc
  .array(member, { minLength: 1, maxLength: 3 })
  .map((members) => Object.assign({}, ...members) as object);
const resultPath = fc.constantFrom('$.a', '$.made', '$.a.deep.er', null);

const maybe = <T>(name: string, value: fc.Arbitrary<T>): fc.Arbitrary<object> =>
  fc.option(value, { nil: undefined }).map((given) => (given === undefined ? {} : { [name]: given }));
const fields = (...parts: fc.Arbitrary<object>[]): fc.Arbitrary<object> =>
  fc.tuple(...parts).map((all) => Object.assign({}, ...all) as object);

const io = [
  maybe('InputPath', path),
  maybe('ResultPath', resultPath),
  maybe('OutputPath', fc.constantFrom('$', '$.a', '$.made')),
];
const pass = fields(
  fc.constant({ Type: 'Pass' }),
  fc.oneof(
    maybe('Parameters', template),
    maybe('Result', fc.constantFrom<unknown>('text', 5, [1, { x: null }], { made: { y: 1 } })),
  ),
  ...io,
);
const task = fields(
  fc.constant({ Type: 'Task', Resource: FUNCTION }),
  maybe('Parameters', template),
  maybe('ResultSelector', fc.constantFrom({ 'got.$': '$.given' }, { 'got.$': '$', x: 1 })),
  ...io,
);
const map = fields(
  fc.constantFrom({ Type: 'Map', ItemsPath: '$.list' }, { Type: 'Map', ItemsPath: '$.a.b' }),
  maybe('ItemSelector', fc.constantFrom({ 'v.$': '$$.Map.Item.Value', 'i.$': '$$.Map.Item.Index', 'n.$': '$.n' })),
  maybe('MaxConcurrency', fc.constantFrom(0, 1, 2)),
  maybe('ResultPath', resultPath),
);

const comparison = fc.constantFrom(
  { Variable: '$.n', NumericGreaterThan: 5 },
  { Variable: '$.n', NumericEqualsPath: '$.list[0].n' },
  { Variable: '$.a.c', StringEquals: 'text' },
  { Variable: '$.a.c', StringMatches: 't*t' },
  { Variable: '$.a.d.e', BooleanEquals: true },
  { Variable: '$.nowhere', IsPresent: true },
  { Variable: '$.a', IsString: true },
);
const rule = fc.oneof(
  comparison,
  fc.tuple(comparison, comparison).map((And) => ({ And })),
  fc.tuple(comparison, comparison).map((Or) => ({ Or })),
  comparison.map((Not) => ({ Not })),
);

type Kind = { readonly kind: 'plain' | 'map' | 'choice'; readonly state: object };
const step: fc.Arbitrary<Kind> = fc.oneof(
  { weight: 3, arbitrary: pass.map((state): Kind => ({ kind: 'plain', state })) },
  { weight: 3, arbitrary: task.map((state): Kind => ({ kind: 'plain', state })) },
  { weight: 1, arbitrary: map.map((state): Kind => ({ kind: 'map', state })) },
  { weight: 1, arbitrary: rule.map((state): Kind => ({ kind: 'choice', state })) },
);

/** A line of one to four random states; a Choice either goes on or ends early. */
export const randomMachine: fc.Arbitrary<object> = fc.array(step, { minLength: 1, maxLength: 4 }).map((steps) => {
  const states: { [name: string]: object } = {};
  for (const [index, { kind, state }] of steps.entries()) {
    const name = `S${index}`;
    const last = index === steps.length - 1;
    const onward = last ? { End: true } : { Next: `S${index + 1}` };
    if (kind === 'choice') {
      states[`Early${index}`] = { Type: 'Pass', Result: { early: index }, ResultPath: '$.a', End: true };
      const Default = last ? `Late${index}` : `S${index + 1}`;
      if (last) states[Default] = { Type: 'Succeed' };
      states[name] = { Type: 'Choice', Choices: [{ ...state, Next: `Early${index}` }], Default };
    } else if (kind === 'map') {
      const inner = `Inner${index}`;
      const States = { [inner]: { Type: 'Task', Resource: FUNCTION, End: true } };
      states[name] = { ...state, ItemProcessor: { StartAt: inner, States }, ...onward };
    } else states[name] = { ...state, ...onward };
  }
  return { StartAt: 'S0', States: states };
});
