import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { attachResourcePolicy } from '../../../sandbox/iam/resourcePolicies.ts';
import { createAlarm } from '../../../sandbox/services/cloudwatch/alarms.ts';
import { invokeFunction } from '../../../sandbox/services/lambda/invoke.ts';
import { createTopic, messagesOf } from '../../../sandbox/services/sns/topics.ts';
import { bundledHandler, removeBundledHandlers } from '../bundledHandler.ts';
import { addFunction, closeAccounts, smallAccount } from './accountWithFunction.ts';

afterEach(closeAccounts);
afterAll(removeBundledHandlers);

const topic = 'arn:aws:sns:eu-west-1:123456789012:told';

async function withAlarm(code: string) {
  const running = await smallAccount();
  const { account } = running;
  createTopic(account, { name: 'told', arn: topic });
  attachResourcePolicy(account, topic, {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { Service: 'cloudwatch.amazonaws.com' }, Action: 'sns:Publish', Resource: topic },
    ],
  });
  const name = addFunction(running, await bundledHandler(code));
  createAlarm(account, {
    name: 'errors',
    arn: 'arn:aws:cloudwatch:eu-west-1:123456789012:alarm:errors',
    description: 'fn fails',
    namespace: 'AWS/Lambda',
    metricName: 'Errors',
    dimensions: { FunctionName: name },
    statistic: 'Sum',
    periodSeconds: 60,
    evaluationPeriods: 1,
    threshold: 0,
    comparisonOperator: 'GreaterThanThreshold',
    treatMissingData: 'notBreaching',
    alarmActions: [topic],
  });
  await invokeFunction(account, name, {});
  await running.clock.advance(180_000);
  return messagesOf(account, topic);
}

describe('an alarm on the errors of a function', () => {
  it('goes off when the function has failed', async () => {
    expect(await withAlarm(`export const handler = async () => { throw new Error('no'); };`)).toHaveLength(1);
  });

  it('stays quiet when it has not', async () => {
    expect(await withAlarm(`export const handler = async () => 'yes';`)).toHaveLength(0);
  });
});
