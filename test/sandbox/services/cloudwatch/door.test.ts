import { CloudWatchClient, DescribeAlarmsCommand, type DescribeAlarmsInput } from '@aws-sdk/client-cloudwatch';
import { expect, it } from 'vitest';
import { createAlarm } from '../../../../sandbox/services/cloudwatch/alarms.ts';
import { monitoringService } from '../../../../sandbox/services/cloudwatch/service.ts';
import { clientOptions, throughDoor } from '../throughDoor.ts';

const alarmArn = (name: string): string => `arn:aws:cloudwatch:eu-west-1:123456789012:alarm:${name}`;
const topicArn = 'arn:aws:sns:eu-west-1:123456789012:page';

it('describes alarms, by name, by its beginning and by state, page by page', () =>
  throughDoor([monitoringService], async ({ account }) => {
    for (const name of ['b-2', 'b-1', 'a']) {
      createAlarm(account, {
        name,
        arn: alarmArn(name),
        description: 'a queue',
        namespace: 'AWS/SQS',
        metricName: 'ApproximateNumberOfMessagesVisible',
        dimensions: { QueueName: 'q' },
        statistic: 'Maximum',
        periodSeconds: 60,
        evaluationPeriods: 1,
        threshold: 0,
        comparisonOperator: 'GreaterThanThreshold',
        treatMissingData: 'notBreaching',
        ...(name === 'a' ? {} : { alarmActions: [topicArn] }),
      }).state = name === 'b-2' ? 'ALARM' : 'OK';
    }
    const client = new CloudWatchClient(clientOptions(account));
    const ask = (input: DescribeAlarmsInput = {}) => client.send(new DescribeAlarmsCommand(input));
    const names = async (input: DescribeAlarmsInput = {}) =>
      (await ask(input)).MetricAlarms?.map(({ AlarmName }) => AlarmName);
    expect(await names()).toEqual(['a', 'b-1', 'b-2']);
    expect(await names({ AlarmNames: ['b-2', 'gone', 'a'] })).toEqual(['a', 'b-2']);
    expect(await names({ AlarmNamePrefix: 'b' })).toEqual(['b-1', 'b-2']);
    expect(await names({ StateValue: 'ALARM' })).toEqual(['b-2']);
    expect(await names({ ActionPrefix: 'arn:aws:sns:' })).toEqual(['b-1', 'b-2']);
    const first = await ask({ MaxRecords: 2 });
    expect(await names({ MaxRecords: 2, NextToken: first.NextToken })).toEqual(['b-2']);
    const at = new Date(account.clock.now());
    expect((await ask({ AlarmNames: ['b-2'] })).MetricAlarms).toEqual([
      {
        AlarmName: 'b-2',
        AlarmArn: alarmArn('b-2'),
        AlarmDescription: 'a queue',
        AlarmConfigurationUpdatedTimestamp: at,
        ActionsEnabled: true,
        OKActions: [],
        AlarmActions: [topicArn],
        InsufficientDataActions: [],
        StateValue: 'ALARM',
        StateReason: 'Unchecked: Initial alarm creation',
        StateUpdatedTimestamp: at,
        StateTransitionedTimestamp: at,
        MetricName: 'ApproximateNumberOfMessagesVisible',
        Namespace: 'AWS/SQS',
        Statistic: 'Maximum',
        Dimensions: [{ Name: 'QueueName', Value: 'q' }],
        Period: 60,
        EvaluationPeriods: 1,
        Threshold: 0,
        ComparisonOperator: 'GreaterThanThreshold',
        TreatMissingData: 'notBreaching',
      },
    ]);
    for (const refused of [
      { AlarmNames: ['a'], AlarmNamePrefix: 'b' },
      { AlarmNames: Array.from({ length: 101 }, (_, n) => `a${n}`) },
      { MaxRecords: 101 },
      { ChildrenOfAlarmName: 'a' },
    ])
      await expect(ask(refused)).rejects.toMatchObject({ name: 'ValidationException' });
    await expect(ask({ NextToken: 'x' })).rejects.toMatchObject({ name: 'InvalidNextToken' });
  }));
