import { CloudFormationClient, ListStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient, DescribeAlarmsCommand, PutMetricAlarmCommand } from '@aws-sdk/client-cloudwatch';
import {
  ConfigServiceClient,
  DescribeConfigurationRecorderStatusCommand,
  PutConfigurationRecorderCommand,
  PutDeliveryChannelCommand,
  StartConfigurationRecorderCommand,
} from '@aws-sdk/client-config-service';
import {
  CreateDetectorCommand,
  GetDetectorCommand,
  GuardDutyClient,
  ListDetectorsCommand,
} from '@aws-sdk/client-guardduty';
import { BatchGetAccountStatusCommand, EnableCommand, Inspector2Client } from '@aws-sdk/client-inspector2';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { createAlarm } from '../../sandbox/services/cloudwatch/alarms.ts';
import { type Script, step, withClient } from '../script.ts';

const topic = 'arn:aws:sns:us-east-1:123456789012:page';
const alarms = ['b-queue', 'a-queue'];
const metric = {
  Namespace: 'AWS/SQS',
  MetricName: 'ApproximateNumberOfMessagesVisible',
  Statistic: 'Maximum',
  Period: 60,
  EvaluationPeriods: 1,
  Threshold: 0,
  ComparisonOperator: 'GreaterThanThreshold',
  TreatMissingData: 'notBreaching',
} as const;

const monitoring: Script = {
  service: 'monitoring',
  client: (connection) => new CloudWatchClient(connection),
  sandbox: (account) => {
    for (const name of alarms) {
      createAlarm(account, {
        name,
        arn: `arn:aws:cloudwatch:us-east-1:123456789012:alarm:${name}`,
        namespace: metric.Namespace,
        metricName: metric.MetricName,
        dimensions: { QueueName: name },
        statistic: metric.Statistic,
        periodSeconds: metric.Period,
        evaluationPeriods: metric.EvaluationPeriods,
        threshold: metric.Threshold,
        comparisonOperator: metric.ComparisonOperator,
        treatMissingData: metric.TreatMissingData,
        alarmActions: [topic],
      });
    }
  },
  moto: (connection) =>
    withClient(new CloudWatchClient(connection), async (client) => {
      for (const AlarmName of alarms) {
        const Dimensions = [{ Name: 'QueueName', Value: AlarmName }];
        await client.send(new PutMetricAlarmCommand({ AlarmName, ...metric, Dimensions, AlarmActions: [topic] }));
      }
    }),
  fields: {
    'MetricAlarms.AlarmConfigurationUpdatedTimestamp': 'time',
    'MetricAlarms.StateUpdatedTimestamp': 'time',
    'MetricAlarms.StateTransitionedTimestamp': 'time',
    MetricAlarms: 'by AlarmName',
  },
  steps: [
    step('describes all alarms', () => new DescribeAlarmsCommand({})),
    step(
      'describes alarms by name, those that are there',
      () => new DescribeAlarmsCommand({ AlarmNames: ['a-queue', 'none'] }),
    ),
    step(
      'describes alarms by the beginning of their names',
      () => new DescribeAlarmsCommand({ AlarmNamePrefix: 'b-' }),
    ),
    step('describes none that are in alarm', () => new DescribeAlarmsCommand({ StateValue: 'ALARM' })),
  ],
};

const guardduty: Script = {
  service: 'guardduty',
  client: (connection) => new GuardDutyClient(connection),
  world: { guardDuty: { runtimeMonitoring: false } },
  moto: (connection) =>
    withClient(new GuardDutyClient(connection), async (client) => {
      await client.send(new CreateDetectorCommand({ Enable: true, FindingPublishingFrequency: 'FIFTEEN_MINUTES' }));
    }),
  fields: {
    DetectorIds: 'id',
    CreatedAt: 'text',
    UpdatedAt: 'text',
    'Features.UpdatedAt': 'time',
  },
  steps: [
    step('lists the one detector', () => new ListDetectorsCommand({})),
    step(
      'reads it',
      (seen) => new GetDetectorCommand({ DetectorId: seen('lists the one detector', 'DetectorIds[0]') }),
    ),
    step('refuses one that is not there', () => new GetDetectorCommand({ DetectorId: 'f'.repeat(32) })),
  ],
};

const noDetector: Script = {
  service: 'guardduty',
  client: (connection) => new GuardDutyClient(connection),
  fields: {},
  steps: [step('lists no detector in a new account', () => new ListDetectorsCommand({}))],
};

const inspector2: Script = {
  service: 'inspector2',
  client: (connection) => new Inspector2Client(connection),
  world: { inspector: { scans: ['ec2', 'ecr'] } },
  moto: (connection) =>
    withClient(new Inspector2Client(connection), async (client) => {
      await client.send(new EnableCommand({ accountIds: ['123456789012'], resourceTypes: ['EC2', 'ECR'] }));
    }),
  fields: {},
  steps: [step('says what is scanned', () => new BatchGetAccountStatusCommand({ accountIds: ['123456789012'] }))],
};

const config: Script = {
  service: 'config',
  client: (connection) => new ConfigServiceClient(connection),
  world: { configRecorder: { lastStatus: 'PENDING' } },
  moto: async (connection) => {
    await withClient(new S3Client({ ...connection, forcePathStyle: true }), (client) =>
      client.send(new CreateBucketCommand({ Bucket: 'recorded' })),
    );
    await withClient(new ConfigServiceClient(connection), async (client) => {
      const roleARN = 'arn:aws:iam::123456789012:role/config';
      await client.send(new PutConfigurationRecorderCommand({ ConfigurationRecorder: { name: 'default', roleARN } }));
      await client.send(
        new PutDeliveryChannelCommand({ DeliveryChannel: { name: 'default', s3BucketName: 'recorded' } }),
      );
      await client.send(new StartConfigurationRecorderCommand({ ConfigurationRecorderName: 'default' }));
    });
  },
  fields: {
    'ConfigurationRecordersStatus.lastStartTime': 'time',
    'ConfigurationRecordersStatus.lastStatusChangeTime': 'time',
  },
  steps: [
    step('tells of the recorder that records', () => new DescribeConfigurationRecorderStatusCommand({})),
    step(
      'tells of it by its name',
      () => new DescribeConfigurationRecorderStatusCommand({ ConfigurationRecorderNames: ['default'] }),
    ),
    step(
      'refuses one that is not there',
      () => new DescribeConfigurationRecorderStatusCommand({ ConfigurationRecorderNames: ['none'] }),
      { words: true },
    ),
  ],
};

const cloudformation: Script = {
  service: 'cloudformation',
  client: (connection) => new CloudFormationClient(connection),
  fields: {},
  steps: [
    step('refuses a stack that is not there', () => new ListStackResourcesCommand({ StackName: 'none' }), {
      words: true,
    }),
  ],
};

/** What tells how an account is watched, and how a stack stands. */
export const watching: readonly Script[] = [cloudformation, config, guardduty, noDetector, inspector2, monitoring];
