import { describe, expect, test } from 'vitest';
import type { Json } from '../../../../shared/platform/json.ts';
import { type Stage, stage } from './stage.ts';

const input = { s: 'a,b', n: 3, list: [1, 2, 2, 3], o: { a: 1 }, text: '{"x":[1]}', "it's": 'odd' };
const machine = (expression: string): Stage =>
  stage({ StartAt: 'Pass', States: { Pass: { Type: 'Pass', Parameters: { 'v.$': expression }, End: true } } });

describe('intrinsic functions', () => {
  test.each<[string, Json]>([
    ["States.Format('{} is {}', $.s, $.n)", 'a,b is 3'],
    ["States.Format('\\{{}\\} it\\'s', 'x')", "{x} it's"],
    ["States.Format('{}', $.o)", '{"a":1}'],
    ["States.Format('none')", 'none'],
    ['States.Array()', []],
    ["States.Array('a', 1, null, true, $.n, States.Array($.s))", ['a', 1, null, true, 3, ['a,b']]],
    ['States.JsonToString($.o)', '{"a":1}'],
    ['States.StringToJson($.text)', { x: [1] }],
    ['States.MathAdd($.n, -5)', -2],
    ['States.ArrayLength($.list)', 4],
    ['States.ArrayGetItem($.list, 3)', 3],
    ['States.ArrayContains($.list, 3)', true],
    ["States.ArrayContains($.list, '3')", false],
    ['States.ArrayRange(1, 9, 2)', [1, 3, 5, 7, 9]],
    ['States.ArrayRange(3, 1, -1)', [3, 2, 1]],
    ['States.ArrayPartition($.list, 3)', [[1, 2, 2], [3]]],
    ['States.ArrayUnique($.list)', [1, 2, 3]],
    ["States.Base64Encode('grüße')", 'Z3LDvMOfZQ=='],
    ["States.Base64Decode('Z3LDvMOfZQ==')", 'grüße'],
    ["States.StringSplit('a-b.c--d', '-.')", ['a', 'b', 'c', 'd']],
    ["States.StringSplit('a]b^c', ']^')", ['a', 'b', 'c']],
    ["States.Hash('a', 'SHA-1')", '86f7e437faa5a7fce15d1ddcb9eaeaea377667b8'],
    ['States.JsonMerge($.o, States.StringToJson(\'{"b":2}\'), false)', { a: 1, b: 2 }],
    ["States.Format('{}', $['it\\'s'])", 'odd'],
    ["States.Format('{}', $$.State.Name)", 'Pass'],
  ])('%s', async (expression, expected) => {
    const execution = await machine(expression).run(input);
    expect(execution.cause).toBeUndefined();
    expect(JSON.parse(execution.outputText ?? '')).toEqual({ v: expected });
  });

  test('UUID and MathRandom come from the seed', async () => {
    const both = 'States.Array(States.UUID(), States.MathRandom(0, 1000))';
    const [first, second] = [await machine(both).run(input), await machine(both).run(input)];
    expect(first.outputText).toEqual(second.outputText);
    expect(first.outputText).toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-4/);
  });

  test.each([
    "States.Format('{} {}', $.n)",
    "States.Format('{}', $.n, $.s)",
    'States.ArrayLength($.s)',
    'States.ArrayGetItem($.list, 4)',
    'States.ArrayRange(1, 2000, 1)',
    'States.ArrayRange(1, 2, 0)',
    'States.ArrayPartition($.list, 0)',
    'States.StringToJson($.s)',
    "States.Hash('a', 'CRC32')",
    'States.JsonMerge($.o, $.o, true)',
    'States.Base64Decode($.s)',
    "States.MathAdd('1', 2)",
  ])('%s fails with States.IntrinsicFailure', async (expression) => {
    expect(await machine(expression).run(input)).toMatchObject({ status: 'FAILED', error: 'States.IntrinsicFailure' });
  });

  test('a text that is nested too deeply is no JSON to it, and does not end the account', async () => {
    const text = `${'['.repeat(9000)}${']'.repeat(9000)}`;
    const run = await machine('States.StringToJson($.text)').run({ text });
    expect(run).toMatchObject({ status: 'FAILED', error: 'States.IntrinsicFailure' });
  });

  test('a path in its arguments that is not there is a fault of the machine', async () => {
    expect(await machine("States.Format('{}', $.no)").run(input)).toMatchObject({ error: 'States.Runtime' });
  });
});
