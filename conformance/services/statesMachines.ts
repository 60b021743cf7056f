/** Machines that call nothing, so that each side runs them alone. */
export const machines = {
  choose: {
    StartAt: 'Shape',
    States: {
      Shape: { Type: 'Pass', Parameters: { 'n.$': '$.n', fixed: 'yes' }, ResultPath: '$.shaped', Next: 'Big?' },
      'Big?': {
        Type: 'Choice',
        Choices: [
          { Variable: '$.shaped.n', NumericGreaterThan: 10, Next: 'Big' },
          {
            And: [
              { Variable: '$.n', IsNumeric: true },
              { Variable: '$.n', NumericLessThan: 0 },
            ],
            Next: 'Negative',
          },
        ],
        Default: 'Small',
      },
      Big: { Type: 'Pass', Result: 'big', ResultPath: '$.size', OutputPath: '$.size', End: true },
      Small: { Type: 'Succeed' },
      Negative: { Type: 'Fail', Error: 'Negative', Cause: 'n is below zero' },
    },
  },
  map: {
    StartAt: 'Each',
    States: {
      Each: {
        Type: 'Map',
        ItemsPath: '$.items',
        ItemSelector: { 'at.$': '$$.Map.Item.Index', 'value.$': '$$.Map.Item.Value' },
        MaxConcurrency: 1,
        ItemProcessor: { StartAt: 'One', States: { One: { Type: 'Pass', End: true } } },
        ResultPath: '$.done',
        End: true,
      },
    },
  },
  intrinsics: {
    StartAt: 'Compute',
    States: {
      Compute: {
        Type: 'Pass',
        Parameters: {
          'format.$': "States.Format('{} of {}', $.a, $.b)",
          'json.$': 'States.StringToJson($.text)',
          'text.$': 'States.JsonToString($.object)',
          'array.$': 'States.Array($.a, 2, null)',
          'length.$': 'States.ArrayLength($.list)',
          'contains.$': 'States.ArrayContains($.list, 2)',
          'part.$': 'States.ArrayPartition($.list, 2)',
          'range.$': 'States.ArrayRange(1, 9, 4)',
          'item.$': 'States.ArrayGetItem($.list, 1)',
          'unique.$': 'States.ArrayUnique($.list)',
          'sum.$': 'States.MathAdd($.b, -1)',
          'split.$': "States.StringSplit('a,b', ',')",
          'hash.$': "States.Hash($.a, 'SHA-256')",
          'encoded.$': 'States.Base64Encode($.a)',
          'merged.$': 'States.JsonMerge($.object, $.other, false)',
        },
        End: true,
      },
    },
  },
  parallel: {
    StartAt: 'Both',
    States: {
      Both: {
        Type: 'Parallel',
        Branches: [{ StartAt: 'Right', States: { Right: { Type: 'Fail', Error: 'Wrong', Cause: 'on the right' } } }],
        Catch: [{ ErrorEquals: ['Wrong'], ResultPath: '$.caught', Next: 'Caught' }],
        End: true,
      },
      Caught: { Type: 'Pass', End: true },
    },
  },
  broken: {
    StartAt: 'Reach',
    States: { Reach: { Type: 'Pass', InputPath: '$.missing', End: true } },
  },
  wait: { StartAt: 'Wait', States: { Wait: { Type: 'Wait', Seconds: 3600, End: true } } },
} as const;

export const runs: readonly {
  readonly machine: keyof typeof machines;
  readonly name: string;
  readonly input: object;
}[] = [
  { machine: 'choose', name: 'chosen-big', input: { n: 50 } },
  { machine: 'choose', name: 'chosen-small', input: { n: 5 } },
  { machine: 'choose', name: 'chosen-negative', input: { n: -1 } },
  { machine: 'choose', name: 'without-its-field', input: {} },
  { machine: 'map', name: 'mapped', input: { items: ['a', 'b'] } },
  { machine: 'map', name: 'mapped-nothing', input: { items: [] } },
  {
    machine: 'intrinsics',
    name: 'computed',
    input: { a: 'x', b: 3, text: '{"k":[1]}', object: { p: 1 }, other: { p: 2, q: 3 }, list: [1, 2, 2, 3] },
  },
  { machine: 'parallel', name: 'caught', input: { kept: true } },
  { machine: 'broken', name: 'not-reached', input: {} },
];
