import { describe, expect, it } from 'vitest';
import { authorise } from '../../../sandbox/iam/authorise.ts';
import { credentialsFor, principalOf } from '../../../sandbox/iam/credentials.ts';
import { serviceAllowed } from '../../../sandbox/iam/resourcePolicies.ts';
import { roleNamed } from '../../../sandbox/iam/roles.ts';
import { alarmsOf } from '../../../sandbox/services/cloudwatch/alarms.ts';
import { tableByName } from '../../../sandbox/services/dynamodb/state.ts';
import { excludeFromPullTime } from '../../../sandbox/services/ecr/pullTime.ts';
import { ruleNamed } from '../../../sandbox/services/eventbridge/rules.ts';
import { eventSourceMappings } from '../../../sandbox/services/lambda/eventSourceMapping.ts';
import { functionNamed } from '../../../sandbox/services/lambda/state.ts';
import { groupByName } from '../../../sandbox/services/logs/groups.ts';
import { topicByArn } from '../../../sandbox/services/sns/state.ts';
import { queueByArn } from '../../../sandbox/services/sqs/state.ts';
import { latest, parameterByName } from '../../../sandbox/services/ssm/state.ts';
import { machineByArn } from '../../../sandbox/services/states/store.ts';
import { deploy, type Template } from '../../../sandbox/template/deploy.ts';
import { fakeAccount } from '../fakeAccount.ts';

const policy = (...statements: readonly object[]) => ({ Version: '2012-10-17', Statement: statements });
const trust = (service: string) =>
  policy({ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' });
const arn = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });

const expiry = { Id: 'old', Status: 'Enabled', Prefix: 'events/', ExpirationInDays: 35 };

/** A small stack with one of each: what `resources/` of the product is made of. */
const Resources: Template['Resources'] = {
  Dead: { Type: 'AWS::SQS::Queue', Properties: { MessageRetentionPeriod: 1_209_600 } },
  Queue: {
    Type: 'AWS::SQS::Queue',
    Properties: { VisibilityTimeout: 360, RedrivePolicy: { deadLetterTargetArn: arn('Dead'), maxReceiveCount: 5 } },
  },
  QueuePolicy: {
    Type: 'AWS::SQS::QueuePolicy',
    Properties: {
      Queues: [{ Ref: 'Queue' }],
      PolicyDocument: policy({
        Effect: 'Allow',
        Principal: { Service: 'events.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Resource: arn('Queue'),
        Condition: { ArnEquals: { 'aws:SourceArn': arn('Rule') } },
      }),
    },
  },
  Rule: {
    Type: 'AWS::Events::Rule',
    Properties: {
      EventPattern: { source: ['aws.ecr'] },
      Targets: [{ Id: 'queue', Arn: arn('Queue'), DeadLetterConfig: { Arn: arn('Dead') } }],
    },
  },
  Role: {
    Type: 'AWS::IAM::Role',
    Properties: {
      MaxSessionDuration: 7200,
      AssumeRolePolicyDocument: trust('lambda.amazonaws.com'),
      Policies: [
        {
          PolicyName: 'all',
          PolicyDocument: policy({ Effect: 'Allow', Action: ['s3:*', 'sqs:*'], Resource: '*' }),
        },
      ],
    },
  },
  MachineRole: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: trust('states.amazonaws.com') } },
  Group: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: '/aws/lambda/fn', RetentionInDays: 90 } },
  Function: {
    Type: 'AWS::Lambda::Function',
    DependsOn: ['Group'],
    Properties: {
      Code: { S3Bucket: { Ref: 'Bucket' }, S3Key: 'path/act.zip' },
      Handler: 'handler.handler',
      Runtime: 'nodejs24.x',
      FunctionName: 'fn',
      MemorySize: 512,
      Timeout: 60,
      Environment: { Variables: { TABLE: { Ref: 'Table' } } },
      Role: arn('Role'),
    },
  },
  Permission: {
    Type: 'AWS::Lambda::Permission',
    Properties: {
      FunctionName: arn('Function'),
      Action: 'lambda:InvokeFunction',
      Principal: 'events.amazonaws.com',
      SourceArn: arn('Rule'),
    },
  },
  Mapping: {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: {
      EventSourceArn: arn('Queue'),
      FunctionName: arn('Function'),
      BatchSize: 10,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: 5 },
    },
  },
  Machine: {
    Type: 'AWS::StepFunctions::StateMachine',
    Properties: {
      StateMachineName: 'machine',
      StateMachineType: 'STANDARD',
      RoleArn: arn('MachineRole'),
      Definition: { StartAt: 'Act', States: { Act: { Type: 'Task', Resource: '${ActFunction}', End: true } } },
      DefinitionSubstitutions: { ActFunction: arn('Function') },
    },
  },
  Topic: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'page' } },
  Subscription: {
    Type: 'AWS::SNS::Subscription',
    Properties: { TopicArn: { Ref: 'Topic' }, Protocol: 'email', Endpoint: 'on-call@example.com' },
  },
  TopicPolicy: {
    Type: 'AWS::SNS::TopicPolicy',
    Properties: {
      Topics: [{ Ref: 'Topic' }],
      PolicyDocument: policy({
        Effect: 'Allow',
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Action: 'sns:Publish',
        Resource: { Ref: 'Topic' },
      }),
    },
  },
  Alarm: {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      AlarmName: 'dead-letters',
      AlarmDescription: 'something could not be handled',
      Namespace: 'AWS/SQS',
      MetricName: 'ApproximateNumberOfMessagesVisible',
      Dimensions: [{ Name: 'QueueName', Value: { 'Fn::GetAtt': ['Dead', 'QueueName'] } }],
      Statistic: 'Maximum',
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 0,
      ComparisonOperator: 'GreaterThanThreshold',
      TreatMissingData: 'notBreaching',
      AlarmActions: [{ Ref: 'Topic' }],
    },
  },
  Table: {
    Type: 'AWS::DynamoDB::Table',
    Properties: {
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'state', AttributeType: 'S' },
      ],
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'state',
          KeySchema: [{ AttributeName: 'state', KeyType: 'HASH' }],
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
      ],
    },
  },
  Bucket: { Type: 'AWS::S3::Bucket', Properties: { LifecycleConfiguration: { Rules: [expiry] } } },
  BucketPolicy: {
    Type: 'AWS::S3::BucketPolicy',
    Properties: {
      Bucket: { Ref: 'Bucket' },
      PolicyDocument: policy({
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:DeleteObject',
        Resource: { 'Fn::Sub': '${Bucket.Arn}/*' },
      }),
    },
  },
  Exclusion: { Type: 'AWS::ECR::PullTimeUpdateExclusion', Properties: { PrincipalArn: arn('Role') } },
  Parameter: {
    Type: 'AWS::SSM::Parameter',
    Properties: { Name: '/dev/stack', Type: 'String', Value: { Ref: 'Topic' } },
  },
};

function stack() {
  const { account } = fakeAccount();
  const { resources } = deploy(account, { Resources }, { stack: 'dev', codeFolder: (key) => `/code/${key}` });
  const attribute = (id: string, name = 'Arn') => resources.get(id)?.attributes[name] ?? '';
  const ref = (id: string) => resources.get(id)?.ref ?? '';
  return { account, attribute, ref };
}

describe('what a template makes', () => {
  const { account, attribute, ref } = stack();

  it('is a queue with its dead letters, into which the rule may send and nothing else', () => {
    expect(queueByArn(account, attribute('Queue'))).toMatchObject({
      visibilityTimeoutMs: 360_000,
      redrive: { deadLetterTargetArn: attribute('Dead'), maxReceiveCount: 5 },
    });
    const call = { service: 'events.amazonaws.com', action: 'sqs:SendMessage', resourceArn: attribute('Queue') };
    expect(serviceAllowed(account, { ...call, sourceArn: attribute('Rule') })).toBe(true);
    expect(serviceAllowed(account, { ...call, sourceArn: `${attribute('Rule')}x` })).toBe(false);
  });

  it('is a rule with target and dead-letter queue', () => {
    expect(ruleNamed(account, ref('Rule'))).toMatchObject({
      enabled: true,
      eventPattern: { source: ['aws.ecr'] },
      targets: [{ id: 'queue', arn: attribute('Queue'), deadLetterArn: attribute('Dead') }],
    });
  });

  it('is a function with code, role and environment, which the rule may invoke', () => {
    expect(functionNamed(account, 'fn').settings).toMatchObject({
      arn: 'arn:aws:lambda:eu-west-1:123456789012:function:fn',
      codeDir: '/code/path/act.zip',
      handler: 'handler.handler',
      timeoutSeconds: 60,
      memoryMb: 512,
      roleName: ref('Role'),
      environment: { TABLE: ref('Table') },
    });
    const call = {
      service: 'events.amazonaws.com',
      action: 'lambda:InvokeFunction',
      resourceArn: attribute('Function'),
    };
    expect(serviceAllowed(account, { ...call, sourceArn: attribute('Rule') })).toBe(true);
    expect(serviceAllowed(account, { ...call, sourceArn: attribute('Topic', 'TopicArn') })).toBe(false);
    expect(groupByName(account, '/aws/lambda/fn').retentionDays).toBe(90);
  });

  it('is a mapping from the queue to the function', () => {
    expect(eventSourceMappings(account).map(({ settings }) => settings)).toEqual([
      {
        queueArn: attribute('Queue'),
        functionName: 'fn',
        batchSize: 10,
        reportBatchItemFailures: true,
        maximumConcurrency: 5,
      },
    ]);
  });

  it('is a role whose sessions may last as long as it says', () => {
    expect(roleNamed(account, ref('Role'))?.maxSessionSeconds).toBe(7200);
    expect(roleNamed(account, ref('MachineRole'))?.maxSessionSeconds).toBe(3600);
  });

  it('is a role whose pulls are not recorded', () => {
    expect(() => excludeFromPullTime(account, attribute('Role'))).toThrow('is excluded already');
    expect(ref('Exclusion')).toBe(attribute('Role'));
  });

  it('is a bucket whose policy holds for every role', () => {
    const { accessKeyId, sessionToken } = credentialsFor(account, ref('Role'), 'fn');
    const principal = principalOf(account, accessKeyId, sessionToken);
    if (typeof principal === 'string') throw new Error('the session is not known');
    const may = (action: string) => () =>
      authorise(account, principal, [{ action, resource: `${attribute('Bucket')}/key` }]);
    expect(may('s3:PutObject')).not.toThrow();
    expect(may('s3:DeleteObject')).toThrow('with an explicit deny in a resource-based policy');
  });

  it('is a state machine with the substitutions in its definition', () => {
    const { definitionText, roleName } = machineByArn(account, ref('Machine'));
    expect(JSON.parse(definitionText)).toMatchObject({ States: { Act: { Resource: attribute('Function') } } });
    expect(roleName).toBe(ref('MachineRole'));
  });

  it('is a topic with its subscriber, to which alarms may publish', () => {
    expect(topicByArn(account, ref('Topic')).subscriptions).toMatchObject([
      { arn: ref('Subscription'), protocol: 'email', endpoint: 'on-call@example.com' },
    ]);
    const call = { service: 'cloudwatch.amazonaws.com', action: 'sns:Publish', resourceArn: ref('Topic') };
    expect(serviceAllowed(account, { ...call, sourceArn: attribute('Alarm') })).toBe(true);
    expect(alarmsOf(account)).toHaveLength(1);
  });

  it('is a table with its index, and a parameter', () => {
    const { description } = tableByName(account, ref('Table'));
    expect(description.GlobalSecondaryIndexes?.map(({ IndexName }) => IndexName)).toEqual(['state']);
    expect(latest(parameterByName(account, '/dev/stack')).value).toBe(ref('Topic'));
  });
});

describe('a placeholder without a substitution', () => {
  it('stays as it is written, and the machine is refused', () => {
    const { DefinitionSubstitutions: _gone, ...rest } = (Resources['Machine']?.Properties ?? {}) as Record<
      string,
      unknown
    >;
    const broken = { ...Resources, Machine: { Type: 'AWS::StepFunctions::StateMachine', Properties: rest } };
    const { account } = fakeAccount();
    expect(() => deploy(account, { Resources: broken }, { stack: 'dev', codeFolder: (key) => key })).toThrow(
      /^template: Machine: InvalidDefinition: .*\$\{ActFunction\}/s,
    );
  });
});
