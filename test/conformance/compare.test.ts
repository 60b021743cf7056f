import { describe, expect, it } from 'vitest';
import { compare } from '../../conformance/compare.ts';
import { playOurs } from '../../conformance/ours.ts';
import type { Answer } from '../../conformance/play.ts';
import { sts } from '../../conformance/services/sts.ts';

const answered = (value: Answer['value'], step = 'reads'): Answer => ({
  step,
  operation: 'GetItem',
  kind: 'answered',
  value,
});
const refused = (name: string, more: Answer['value'] = {}): Answer => ({
  step: 'reads',
  operation: 'GetItem',
  kind: 'refused',
  value: { $error: name, $status: 400, ...more },
});
const between = (ours: Answer, moto: Answer) =>
  compare('dynamodb', [ours], [moto]).differences.map(({ at, ours: own, moto: other }) => [at, own, other]);

describe('what is compared', () => {
  it('finds nothing between two accounts that were asked the same, and one value that was put into an answer', async () => {
    const ours = await playOurs(sts);
    const again = await playOurs(sts);
    expect(ours.filter(({ kind }) => kind === 'answered').length).toBeGreaterThan(3);
    expect(compare('sts', ours, again).differences).toEqual([]);

    const injected = again.map((answer, at) =>
      at === 0 ? { ...answer, value: { ...answer.value, Account: '1' } } : answer,
    );
    const { differences, steps } = compare('sts', ours, injected);
    expect(differences).toEqual([
      {
        service: 'sts',
        operation: 'GetCallerIdentity',
        step: 'says who calls',
        at: 'Account',
        ours: '123456789012',
        moto: '1',
      },
    ]);
    expect(steps.map(({ equal }) => equal)).toEqual(steps.map((_, at) => at !== 0));
  });

  it('names the innermost field that differs, and what one side does not have', () => {
    const ours = answered({ Item: { n: { N: '1' }, list: [1, 2], same: [{}] } });
    const moto = answered({ Item: { n: { N: '2' }, list: [1], same: [{}], more: null } });
    expect(between(ours, moto)).toEqual([
      ['Item.list[1]', 2, '<absent>'],
      ['Item.more', '<absent>', null],
      ['Item.n.N', '1', '2'],
    ]);
  });

  it('has one difference where one side refuses, or with another error', () => {
    expect(between(answered({ Item: {} }), refused('Nope'))).toEqual([['$error', '<absent>', 'Nope']]);
    expect(between(refused('This', { $message: 'a' }), refused('That', { $message: 'b' }))).toEqual([
      ['$error', 'This', 'That'],
    ]);
    expect(between(refused('This', { $message: 'a' }), refused('This', { $message: 'b' }))).toEqual([
      ['$message', 'a', 'b'],
    ]);
  });

  it('leaves out what a side has not, and says so', () => {
    const lacking: Answer = {
      step: 'reads',
      operation: 'GetItem',
      kind: 'lacking',
      value: { $lacking: 'not implemented' },
    };
    const compared = compare('dynamodb', [answered({})], [lacking]);
    expect(compared).toEqual({
      service: 'dynamodb',
      steps: [],
      differences: [],
      lacking: [{ side: 'moto', operation: 'GetItem', says: 'not implemented' }],
    });
  });

  it('leaves out what could not be asked, because what it needs is an earlier difference', () => {
    const unasked: Answer = { step: 'reads', operation: 'GetItem', kind: 'unasked', value: { $unasked: 'no Id' } };
    const { steps, differences, lacking } = compare('dynamodb', [unasked], [refused('Nope')]);
    expect([steps, differences]).toEqual([[], []]);
    expect(lacking).toEqual([{ side: 'sandbox', operation: 'GetItem', says: 'no Id' }]);
  });

  it('fails when the sides were not asked the same', () => {
    expect(() => compare('dynamodb', [answered({}, 'one')], [answered({}, 'other')])).toThrow('not asked the same');
  });
});
