import { describe, expect, it } from 'vitest';
import { attachResourcePolicy } from '../../../../sandbox/iam/resourcePolicies.ts';
import {
  type AlarmInput,
  alarmsOf,
  createAlarm,
  failedActionsOf,
  recordMetric,
} from '../../../../sandbox/services/cloudwatch/alarms.ts';
import { createTopic, messagesOf } from '../../../../sandbox/services/sns/topics.ts';
import { createQueue, receive, remove, sendToQueue } from '../../../../sandbox/services/sqs/queue.ts';
import { fakeAccount } from '../../fakeAccount.ts';
import { letIn } from '../throughDoor.ts';

const TOPIC = 'arn:aws:sns:eu-west-1:123456789012:page';
const ALARM = 'arn:aws:cloudwatch:eu-west-1:123456789012:alarm:dead-letters';
const QUEUE = 'arn:aws:sqs:eu-west-1:123456789012:dlq';
const MINUTE = 60_000;

const onQueue: AlarmInput = {
  name: 'dead-letters',
  arn: ALARM,
  description: 'Something could not be read',
  namespace: 'AWS/SQS',
  metricName: 'ApproximateNumberOfMessagesVisible',
  dimensions: { QueueName: 'dlq' },
  statistic: 'Maximum',
  periodSeconds: 60,
  evaluationPeriods: 1,
  threshold: 0,
  comparisonOperator: 'GreaterThanThreshold',
  treatMissingData: 'notBreaching',
  alarmActions: [TOPIC],
};
const failures = {
  namespace: 'AWS/States',
  metricName: 'ExecutionsFailed',
  dimensions: { StateMachineArn: 'm' },
} as const;

function watched(input: Partial<AlarmInput> = {}, allowed = true) {
  const fake = fakeAccount();
  const { account } = fake;
  createTopic(account, { name: 'page', arn: TOPIC });
  if (allowed) attachResourcePolicy(account, TOPIC, letIn('cloudwatch.amazonaws.com', 'sns:Publish', TOPIC, ALARM));
  createQueue(account, { name: 'dlq', arn: QUEUE, visibilityTimeoutSeconds: 30, messageRetentionSeconds: 86_400 });
  const alarm = createAlarm(account, { ...onQueue, ...input });
  const published = () => messagesOf(account).map(({ message }) => JSON.parse(message) as Record<string, unknown>);
  const fail = () => recordMetric(account, failures.namespace, failures.metricName, failures.dimensions, 1);
  return { ...fake, alarm, published, fail };
}

describe('an alarm on a dead-letter queue', () => {
  it('tells once when a message lies there, and goes back when it is gone', async () => {
    const { account, clock, alarm, published } = watched({ okActions: [TOPIC] });
    await clock.advance(5 * MINUTE);
    expect(alarm.state).toBe('OK');
    expect(published()).toHaveLength(1);
    sendToQueue(account, QUEUE, 'bad');
    await clock.advance(5 * MINUTE);
    expect(alarm.state).toBe('ALARM');
    expect(published().map((each) => each['NewStateValue'])).toEqual(['OK', 'ALARM']);
    const [message] = receive(account, QUEUE, 1);
    remove(account, QUEUE, message?.receiptHandle ?? '');
    await clock.advance(5 * MINUTE);
    expect(published().map((each) => each['NewStateValue'])).toEqual(['OK', 'ALARM', 'OK']);
    expect(alarm.history.map(({ from, to }) => `${from} ${to}`)).toEqual([
      'INSUFFICIENT_DATA OK',
      'OK ALARM',
      'ALARM OK',
    ]);
  });

  it('moves, and tells nobody while its actions are disabled', async () => {
    const { account, clock, alarm, published } = watched();
    alarm.actionsEnabled = false;
    sendToQueue(account, QUEUE, 'bad');
    await clock.advance(MINUTE);
    expect(alarm.state).toBe('ALARM');
    expect(published()).toEqual([]);
  });

  it('is evaluated within a minute, as upkeep that nobody waits for', async () => {
    const { account, clock, alarm } = watched();
    sendToQueue(account, QUEUE, 'bad');
    expect(clock.queued()).toMatchObject([{ kind: 'cloudwatch.evaluate', background: true }]);
    await clock.advance(MINUTE);
    expect(alarm.state).toBe('ALARM');
  });

  it('publishes what CloudWatch publishes', async () => {
    const { account, clock, published } = watched();
    sendToQueue(account, QUEUE, 'bad');
    await clock.advance(MINUTE);
    expect(messagesOf(account)[0]?.subject).toBe('ALARM: "dead-letters" in EU (Ireland)');
    expect(published()[0]).toEqual({
      AlarmName: 'dead-letters',
      AlarmDescription: 'Something could not be read',
      AWSAccountId: '123456789012',
      AlarmConfigurationUpdatedTimestamp: '2026-11-24T08:00:00.000+0000',
      NewStateValue: 'ALARM',
      NewStateReason: 'Threshold Crossed: 1 datapoint(s) [1] was greater than the threshold (0).',
      StateChangeTime: '2026-11-24T08:01:00.000+0000',
      Region: 'EU (Ireland)',
      AlarmArn: ALARM,
      OldStateValue: 'INSUFFICIENT_DATA',
      OKActions: [],
      AlarmActions: [TOPIC],
      InsufficientDataActions: [],
      Trigger: expect.objectContaining({
        MetricName: 'ApproximateNumberOfMessagesVisible',
        Namespace: 'AWS/SQS',
        Statistic: 'MAXIMUM',
        Dimensions: [{ name: 'QueueName', value: 'dlq' }],
        Period: 60,
        Threshold: 0,
        TreatMissingData: 'notBreaching',
      }),
    });
  });

  it('tells nobody when the topic keeps CloudWatch out, and that is kept', async () => {
    const { account, clock, alarm, published } = watched({}, false);
    sendToQueue(account, QUEUE, 'bad');
    await clock.advance(MINUTE);
    expect(alarm.state).toBe('ALARM');
    expect(published()).toEqual([]);
    expect(failedActionsOf(account)).toMatchObject([{ alarm: 'dead-letters', topicArn: TOPIC }]);
  });

  it('on a queue that is not there goes by its missing data', async () => {
    const gone = watched({ dimensions: { QueueName: 'gone' } });
    await gone.clock.advance(MINUTE);
    expect(gone.alarm.state).toBe('OK');
  });
});

describe('an alarm on failed executions', () => {
  const sum: Partial<AlarmInput> = { ...failures, statistic: 'Sum', threshold: 1 };

  it('adds up one period', async () => {
    const { clock, alarm, fail } = watched({ ...sum, periodSeconds: 300 });
    fail();
    await clock.advance(2 * MINUTE);
    expect(alarm.state).toBe('OK');
    fail();
    await clock.advance(MINUTE);
    expect(alarm.state).toBe('ALARM');
    await clock.advance(5 * MINUTE);
    expect(alarm.state).toBe('OK');
  });

  it('misses none that falls on the full minute, before or after its evaluation', async () => {
    const { clock, alarm, fail } = watched({ ...sum, threshold: 0 });
    await clock.advance(MINUTE);
    expect(alarm.state).toBe('OK');
    fail();
    await clock.advance(MINUTE);
    expect(alarm.state).toBe('ALARM');
    await clock.advance(MINUTE);
    expect(alarm.state).toBe('OK');
  });

  it('counts only its own dimensions', async () => {
    const { account, clock, alarm } = watched({ ...sum, threshold: 0 });
    recordMetric(account, failures.namespace, failures.metricName, { StateMachineArn: 'other' }, 5);
    await clock.advance(MINUTE);
    expect(alarm.state).toBe('OK');
  });

  it('wants as many breaching data points as it says', async () => {
    const { clock, alarm, fail } = watched({ ...sum, threshold: 0, evaluationPeriods: 3, datapointsToAlarm: 2 });
    fail();
    await clock.advance(MINUTE);
    expect(alarm.state).toBe('OK');
    await clock.advance(MINUTE);
    fail();
    await clock.advance(MINUTE);
    expect(alarm.state).toBe('ALARM');
  });

  it.each([
    ['missing', 'INSUFFICIENT_DATA'],
    ['ignore', 'ALARM'],
    ['breaching', 'ALARM'],
    ['notBreaching', 'OK'],
  ] as const)('takes missing data as %s: from ALARM to %s', async (treatMissingData, expected) => {
    const { clock, alarm, fail } = watched({ ...sum, threshold: 0, treatMissingData });
    fail();
    await clock.advance(MINUTE);
    expect(alarm.state).toBe('ALARM');
    await clock.advance(2 * MINUTE);
    expect(alarm.state).toBe(expected);
  });

  it.each([
    ['GreaterThanThreshold', 0, 1],
    ['GreaterThanOrEqualToThreshold', 1, 2],
    ['LessThanThreshold', 2, 1],
    ['LessThanOrEqualToThreshold', 1, 0],
  ] as const)('compares by %s: 1 breaches %i and not %i', async (comparisonOperator, yes, no) => {
    for (const [threshold, state] of [
      [yes, 'ALARM'],
      [no, 'OK'],
    ] as const) {
      const { clock, alarm, fail } = watched({ ...sum, comparisonOperator, threshold });
      fail();
      await clock.advance(MINUTE);
      expect(alarm.state).toBe(state);
    }
  });
});

describe('statistics', () => {
  it.each([
    ['Sum', 6],
    ['Maximum', 4],
    ['Minimum', 2],
    ['Average', 3],
    ['SampleCount', 2],
  ] as const)('%s of 2 and 4 is %i', async (statistic, expected) => {
    for (const [threshold, state] of [
      [expected, 'ALARM'],
      [expected + 0.5, 'OK'],
    ] as const) {
      const at = { ...failures, statistic, threshold, comparisonOperator: 'GreaterThanOrEqualToThreshold' } as const;
      const { account, clock, alarm } = watched(at);
      for (const value of [2, 4])
        recordMetric(account, failures.namespace, failures.metricName, failures.dimensions, value);
      await clock.advance(MINUTE);
      expect(alarm.state).toBe(state);
    }
  });
});

describe('an alarm that could not work is refused', () => {
  it.each([
    [{ metricName: 'ApproximateAgeOfOldestMessage' }, /Nothing in this account feeds/],
    [{ namespace: 'AWS/EC2' }, /Nothing in this account feeds/],
    [{ periodSeconds: 30 }, /multiple of 60/],
    [{ evaluationPeriods: 0 }, /EvaluationPeriods/],
    [{ periodSeconds: 3600, evaluationPeriods: 25 }, /a day/],
    [{ datapointsToAlarm: 2 }, /DatapointsToAlarm/],
    [{ alarmActions: ['arn:aws:automate:eu-west-1:ec2:stop'] }, /does not do the action/],
  ])('%j', (input, reason) => expect(() => watched(input)).toThrow(reason));

  it('and so is a second one of that name', () => {
    const { account } = watched();
    expect(() => createAlarm(account, onQueue)).toThrow(/already/);
    expect(alarmsOf(account)).toHaveLength(1);
  });
  it('a namespace of one’s own is open', () =>
    expect(() => watched({ namespace: 'Firebreak', metricName: 'Held' })).not.toThrow());
});
