import { describe, expect, test } from 'vitest';
import type { Json } from '../../../../shared/platform/json.ts';
import { outputOf, stage } from './stage.ts';

const choose = async (rule: object, input: Json) =>
  stage({
    StartAt: 'Choose',
    States: {
      Choose: { Type: 'Choice', Choices: [{ ...rule, Next: 'Yes' }], Default: 'No' },
      Yes: { Type: 'Pass', Result: true, End: true },
      No: { Type: 'Pass', Result: false, End: true },
    },
  }).run(input);

const early = '2026-11-24T08:00:00Z';
const late = '2026-11-24T10:30:00+01:00';

describe('comparisons hold for values of their type alone', () => {
  test.each<[string, Json, Json, boolean]>([
    ['StringEquals', 'a', 'a', true],
    ['StringEquals', 'a', 'b', false],
    ['StringEquals', '1', 1, false],
    ['StringLessThan', 'b', 'a', true],
    ['StringLessThan', 'b', 'b', false],
    ['StringLessThanEquals', 'b', 'b', true],
    ['StringGreaterThan', 'a', 'b', true],
    ['StringGreaterThanEquals', 'b', 'a', false],
    ['NumericEquals', 1, 1.0, true],
    ['NumericEquals', 1, '1', false],
    ['NumericLessThan', 5, 4.9, true],
    ['NumericLessThanEquals', 5, 5, true],
    ['NumericGreaterThan', 5, 5, false],
    ['NumericGreaterThanEquals', 5, 5, true],
    ['BooleanEquals', false, false, true],
    ['BooleanEquals', false, null, false],
    ['TimestampEquals', '2026-11-24T09:00:00+01:00', early, true],
    ['TimestampLessThan', late, early, true],
    ['TimestampLessThanEquals', early, early, true],
    ['TimestampGreaterThan', early, late, true],
    ['TimestampGreaterThan', early, 'not a time', false],
    ['TimestampGreaterThanEquals', late, early, false],
    ['IsNull', true, null, true],
    ['IsNull', false, 0, true],
    ['IsString', true, '', true],
    ['IsString', true, 1, false],
    ['IsNumeric', true, 1, true],
    ['IsBoolean', true, false, true],
    ['IsBoolean', false, false, false],
    ['IsTimestamp', true, early, true],
    ['IsTimestamp', true, '2026-11-24', false],
    ['StringMatches', 'log-*.txt', 'log-1.2.txt', true],
    ['StringMatches', 'log-*.txt', 'log-1xtxt', false],
    ['StringMatches', 'a\\*b', 'a*b', true],
    ['StringMatches', 'a\\*b', 'axb', false],
    ['StringMatches', '*', '', true],
    ['StringMatches', 'a*', 'ba', false],
    ['StringMatches', 'a*c', 'a\nb\nc', true],
  ])('%s %j of %j is %s', async (operator, operand, value, expected) => {
    expect(outputOf(await choose({ Variable: '$.v', [operator]: operand }, { v: value }))).toBe(expected);
  });

  test.each<[string, Json, Json, boolean]>([
    ['StringEqualsPath', 'a', 'a', true],
    ['StringLessThanPath', 'b', 'a', true],
    ['NumericGreaterThanPath', 1, 2, true],
    ['NumericGreaterThanPath', 1, '2', false],
    ['BooleanEqualsPath', true, true, true],
    ['TimestampGreaterThanEqualsPath', early, late, true],
  ])('%s reads the other value: %j of %j is %s', async (operator, other, value, expected) => {
    expect(outputOf(await choose({ Variable: '$.v', [operator]: '$.o' }, { v: value, o: other }))).toBe(expected);
  });
});

describe('what is not there', () => {
  test('IsPresent tells', async () => {
    expect(outputOf(await choose({ Variable: '$.v', IsPresent: true }, { v: null }))).toBe(true);
    expect(outputOf(await choose({ Variable: '$.v', IsPresent: true }, {}))).toBe(false);
    expect(outputOf(await choose({ Variable: '$.v', IsPresent: false }, {}))).toBe(true);
  });

  test.each([
    ['as the variable', { Variable: '$.v', StringEquals: 'a' }],
    ['as the other value', { Variable: '$.there', StringEqualsPath: '$.v' }],
    ['under IsNull', { Variable: '$.v', IsNull: true }],
  ])('%s fails the execution', async (_, rule) => {
    expect(await choose(rule, { there: 'a' })).toMatchObject({
      status: 'FAILED',
      error: 'States.Runtime',
      cause:
        "An error occurred while executing the state 'Choose' (entered at the event id #2). Invalid path '$.v': The choice state's condition path references an invalid value.",
    });
  });

  test('is not looked at when an earlier part of And or Or decides', async () => {
    const present = { Variable: '$.v', IsPresent: true };
    const equal = { Variable: '$.v', StringEquals: 'a' };
    expect(outputOf(await choose({ And: [present, equal] }, {}))).toBe(false);
    expect(outputOf(await choose({ And: [present, equal] }, { v: 'a' }))).toBe(true);
    expect(outputOf(await choose({ Or: [{ Not: present }, equal] }, {}))).toBe(true);
  });

  test('no rule and no default is States.NoChoiceMatched', async () => {
    const definition = {
      StartAt: 'Choose',
      States: {
        Choose: { Type: 'Choice', Choices: [{ Variable: '$.v', BooleanEquals: true, Next: 'Yes' }] },
        Yes: { Type: 'Succeed' },
      },
    };
    expect(await stage(definition).run({ v: false })).toMatchObject({
      status: 'FAILED',
      error: 'States.NoChoiceMatched',
    });
  });
});
