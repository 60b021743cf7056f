import { beforeEach, describe, expect, it } from 'vitest';
import { statisticOf } from '../../../../sandbox/services/cloudwatch/metrics.ts';
import { appendLog } from '../../../../sandbox/services/logs/append.ts';
import { createLogGroup } from '../../../../sandbox/services/logs/groups.ts';
import { type FakeAccount, fakeAccount } from '../../fakeAccount.ts';

const group = '/aws/lambda/report';
let fake: FakeAccount;
beforeEach(() => {
  fake = fakeAccount();
  createLogGroup(fake.account, { name: group });
});

const line = (change: object = {}, about: object = {}): string =>
  JSON.stringify({
    _aws: {
      Timestamp: fake.clock.now(),
      CloudWatchMetrics: [
        { Namespace: 'Ours', Dimensions: [['Stage']], Metrics: [{ Name: 'Came', Unit: 'Count' }], ...about },
      ],
    },
    Stage: 'dev',
    Came: 1,
    ...change,
  });

function sum(dimensions: { readonly [name: string]: string } = { Stage: 'dev' }, namespace = 'Ours') {
  const now = fake.clock.now();
  return statisticOf(fake.account, { namespace, metricName: 'Came', dimensions }, 'Sum', now - 1000, now + 1000);
}

describe('a line in the embedded metric format', () => {
  it('is a data point for each set of dimensions', () => {
    appendLog(fake.account, group, 'one', [line(), line({ Came: 2 }, { Dimensions: [['Stage'], []] })]);
    expect([sum(), sum({})]).toEqual([3, 2]);
  });

  it('is text alone where it is not as the format says', () => {
    const none = [
      'Came 1 "_aws"',
      '{"_aws": {}}',
      line({ Came: 'often' }),
      line({ Stage: 1 }),
      line({}, { Namespace: 'AWS/Lambda' }),
      `2026 INFO ${line()}`,
    ];
    appendLog(fake.account, group, 'one', none);
    expect(sum()).toBeUndefined();
  });
});
