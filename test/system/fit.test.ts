import { describe, expect, it } from 'vitest';
import { quietMs } from '../../shared/respond/guard.ts';
import { named, type Properties, propertiesOf, resources } from './resources.ts';

const fourteenDays = 14 * 86_400;
const queues = resources('AWS::SQS::Queue');
const guard = 'GuardLambdaFunction';
const all = resources('AWS::Lambda::EventSourceMapping');
/** Those of intake: what is lost of the guard's is seen again within half a minute. */
const mappings = all.filter(([, { FunctionName }]) => named(FunctionName) !== guard);
const alarms = resources('AWS::CloudWatch::Alarm');
const functions = resources('AWS::Lambda::Function');
const sources = all.map(([, { EventSourceArn }]) => named(EventSourceArn));
const deadLetterQueues = queues.map(([id]) => id).filter((id) => !sources.includes(id));

describe.each(mappings)('the source %s', (_id, mapping) => {
  const queue = propertiesOf(named(mapping.EventSourceArn));
  const intake = propertiesOf(named(mapping.FunctionName));

  it('hides a batch for six times what its function may take, and the time that it is gathered', () => {
    const window = mapping.MaximumBatchingWindowInSeconds ?? 0;
    expect(queue.VisibilityTimeout).toBeGreaterThanOrEqual(6 * intake.Timeout + window);
  });

  it('is delivered again message by message, five times or more, within the time that a message is kept', () => {
    expect(mapping.FunctionResponseTypes).toEqual(['ReportBatchItemFailures']);
    const { maxReceiveCount, deadLetterTargetArn } = queue.RedrivePolicy;
    expect(maxReceiveCount).toBeGreaterThanOrEqual(5);
    expect(queue.MessageRetentionPeriod).toBeGreaterThan(maxReceiveCount * queue.VisibilityTimeout);
    // A message keeps the time that it was sent when it moves to the dead letters.
    expect(propertiesOf(named(deadLetterTargetArn)).MessageRetentionPeriod).toBeGreaterThan(
      queue.MessageRetentionPeriod,
    );
  });

  it('has a batch that its function ends in time, and no more of them at once than leaves room for others', () => {
    expect(mapping.BatchSize).toBeLessThanOrEqual(10);
    expect(intake.Timeout / mapping.BatchSize).toBeGreaterThanOrEqual(6);
    expect(mapping.ScalingConfig.MaximumConcurrency).toBeGreaterThanOrEqual(2);
    expect(mapping.ScalingConfig.MaximumConcurrency).toBeLessThanOrEqual(10);
  });
});

describe('the guard', () => {
  const own = all.filter(([, { FunctionName }]) => named(FunctionName) === guard);

  it.each(own)(
    '%s only wakes it: no two edits run more than two of it, and a message that failed comes again',
    (_id, mapping) => {
      expect(mapping.ScalingConfig).toEqual({ MaximumConcurrency: 2 });
      const queue = propertiesOf(named(mapping.EventSourceArn));
      expect(queue.VisibilityTimeout).toBeGreaterThanOrEqual(6 * propertiesOf(guard).Timeout);
      // The clock looks anyway: what fails for an hour is not tried for days.
      expect(queue.MessageRetentionPeriod).toBeLessThanOrEqual(3600);
      expect(queue.MessageRetentionPeriod).toBeGreaterThanOrEqual(queue.VisibilityTimeout);
    },
  );

  it('comes to an edit when that has been quiet for long enough to be read once', () => {
    expect(propertiesOf('RuleEditQueue').DelaySeconds * 1000).toBe(quietMs);
  });

  it('looks twice a minute, so that an edit whose event is lost is live within the minute', () => {
    const [schedule] = resources('AWS::Events::Rule').filter(([id]) => id === 'GuardSchedule');
    expect(schedule?.[1].ScheduleExpression).toBe('rate(1 minute)');
    const targets: readonly Properties[] = schedule?.[1].Targets;
    expect(targets.map(({ Arn }) => named(Arn))).toEqual([guard, 'GuardAgainQueue']);
    expect(propertiesOf('GuardAgainQueue').DelaySeconds).toBe(30);
  });
});

describe('what could not be delivered or handled', () => {
  it.each(deadLetterQueues)('waits in %s for two weeks, and pages', (id) => {
    expect(propertiesOf(id).MessageRetentionPeriod).toBe(fourteenDays);
    const watching = alarms.filter(([, { Dimensions }]) =>
      Dimensions.some(({ Value }: Properties) => named(Value) === id),
    );
    expect(watching.map(([, alarm]) => alarm)).toMatchObject([
      {
        Namespace: 'AWS/SQS',
        MetricName: 'ApproximateNumberOfMessagesVisible',
        AlarmDescription: expect.stringMatching(/^GET UP: /),
        Threshold: 0,
        ComparisonOperator: 'GreaterThanThreshold',
        EvaluationPeriods: 1,
        AlarmActions: [{ Ref: 'PageTopic' }],
      },
    ]);
  });

  it.each(resources('AWS::Events::Rule'))('of %s goes there after a day of attempts', (_id, { Targets }) => {
    expect(Targets).not.toEqual([]);
    for (const { DeadLetterConfig, RetryPolicy = {} } of Targets) {
      expect(deadLetterQueues).toContain(named(DeadLetterConfig?.Arn));
      // EventBridge's own defaults: a day, and 185 attempts.
      const { MaximumEventAgeInSeconds = 86_400, MaximumRetryAttempts = 185 } = RetryPolicy;
      expect([MaximumEventAgeInSeconds, MaximumRetryAttempts]).toEqual([86_400, 185]);
    }
  });
});

describe('alarms', () => {
  const metrics = alarms.map(([, { MetricName, Dimensions, AlarmActions }]) => [
    MetricName,
    named(Dimensions[0].Value),
    named(AlarmActions[0]),
  ]);

  it('tell of failed runs in working hours, of a failing sweep at once, of a failing guard in working hours', () => {
    expect(metrics).toEqual(
      expect.arrayContaining([
        ['ExecutionsFailed', 'RemediationMachine', 'NoticeTopic'],
        ['Errors', 'SweepLambdaFunction', 'PageTopic'],
        ['Errors', 'GuardLambdaFunction', 'NoticeTopic'],
        ['ApproximateNumberOfMessagesVisible', 'ChannelDeadLetters', 'PageTopic'],
      ]),
    );
  });

  it.each(alarms.filter(([id]) => id !== 'CanaryAlarm'))('%s is quiet without data', (_id, { TreatMissingData }) => {
    expect(TreatMissingData).toBe('notBreaching');
  });
});

describe('the canary', () => {
  const [, alarm] = alarms.find(([id]) => id === 'CanaryAlarm') ?? ['', {}];
  const rule = resources('AWS::Events::Rule').find(([id]) => id === 'ThreatFindingRule')?.[1];

  it('is missed three times before its alarm is raised by what does not come, and no sooner', () => {
    expect(rule?.ScheduleExpression).toBe('rate(5 minutes)');
    expect(alarm).toMatchObject({ Period: 300, EvaluationPeriods: 3, TreatMissingData: 'breaching' });
    expect(alarm).toMatchObject({ ComparisonOperator: 'LessThanThreshold', Threshold: 1, Statistic: 'Sum' });
  });

  it('that fails each time is told in working hours once: the alarm of failed runs looks further back than it comes', () => {
    const [, failed] = alarms.find(([id]) => id === 'FailedRunAlarm') ?? ['', {}];
    expect(failed).toMatchObject({ Period: 600, EvaluationPeriods: 1 });
  });
});

describe('what is kept', () => {
  it('of each function is its log, for 90 days', () => {
    const groups = resources('AWS::Logs::LogGroup').map(([, group]) => [group.LogGroupName, group.RetentionInDays]);
    expect(groups.toSorted()).toEqual(
      functions.map(([, { FunctionName }]) => [`/aws/lambda/${FunctionName}`, 90]).toSorted(),
    );
  });

  it.each(queues)('in the queue %s is encrypted', (_id, queue) => {
    expect(queue.SqsManagedSseEnabled).toBe(true);
  });

  it.each(resources('AWS::S3::Bucket'))(
    'in the bucket %s is encrypted, and nobody reaches it without TLS',
    (id, bucket) => {
      expect(bucket.BucketEncryption.ServerSideEncryptionConfiguration).not.toEqual([]);
      const policies = resources('AWS::S3::BucketPolicy').filter(([, { Bucket }]) => named(Bucket) === id);
      const statements = policies.flatMap(([, { PolicyDocument }]) => PolicyDocument.Statement);
      expect(statements).toContainEqual(
        expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': expect.anything() } } }),
      );
    },
  );

  it('as evidence is versioned and public to nobody', () => {
    const { VersioningConfiguration, PublicAccessBlockConfiguration } = propertiesOf('EvidenceBucket');
    expect(VersioningConfiguration).toEqual({ Status: 'Enabled' });
    expect(new Set(Object.values(PublicAccessBlockConfiguration))).toEqual(new Set([true]));
  });

  it.each(resources('AWS::DynamoDB::Table'))('in the table %s is encrypted, and can be restored', (_id, table) => {
    expect(table.SSESpecification).toEqual({ SSEEnabled: true });
    expect(table.PointInTimeRecoverySpecification).toEqual({ PointInTimeRecoveryEnabled: true });
  });
});

describe('the topics', () => {
  const policies = resources('AWS::SNS::TopicPolicy').flatMap(([, { Topics, PolicyDocument }]) =>
    PolicyDocument.Statement.map((statement: Properties) => [named(Topics[0]), statement] as const),
  );

  it.each(alarms)('let CloudWatch in for %s', (_id, { AlarmActions }) => {
    expect(policies.filter(([topic]) => topic === named(AlarmActions[0]))).toContainEqual([
      expect.any(String),
      expect.objectContaining({ Principal: { Service: 'cloudwatch.amazonaws.com' }, Action: 'sns:Publish' }),
    ]);
  });

  it('let nobody in who is not named with this account or one rule', () => {
    expect(policies).not.toEqual([]);
    for (const [topic, { Effect, Principal, Condition }] of policies) {
      expect([Effect, Object.keys(Principal)], topic).toEqual(['Allow', ['Service']]);
      expect(JSON.stringify(Condition), topic).toMatch(/aws:Source(Account|Arn)/);
    }
  });
});
