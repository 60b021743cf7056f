/** A permission of whoever deploys, in words of a policy: `STAGE`, `REGION` and `ACCOUNT` stand for those of the deployment. */
export interface DeployerStatement {
  readonly Sid: string;
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: { readonly [operator: string]: { readonly [key: string]: string | readonly string[] } };
}

type Unnamed = Omit<DeployerStatement, 'Sid'>;

const arn = (service: string, rest: string): string => `arn:aws:${service}:REGION:ACCOUNT:${rest}`;

/** Actions of one service, by their names. */
const of = (service: string, actions: string): readonly string[] =>
  actions.split(' ').map((name) => `${service}:${name}`);

const names = {
  stack: arn('cloudformation', 'stack/firebreak-STAGE/*'),
  function: arn('lambda', 'function:firebreak-STAGE-*'),
  logGroup: arn('logs', 'log-group:/aws/lambda/firebreak-STAGE-*'),
  queue: arn('sqs', 'firebreak-STAGE-*'),
  topic: arn('sns', 'firebreak-STAGE-*'),
  table: arn('dynamodb', 'table/firebreak-STAGE-*'),
  rule: arn('events', 'rule/firebreak-STAGE-*'),
  machine: arn('states', 'stateMachine:firebreak-STAGE'),
  alarm: arn('cloudwatch', 'alarm:firebreak-STAGE-*'),
  // Written by the deployment. What people edit beside it is none of the deployer's.
  parameter: arn('ssm', 'parameter/firebreak/STAGE/stack'),
  role: 'arn:aws:iam::ACCOUNT:role/firebreak-STAGE-*',
  bucket: 'arn:aws:s3:::firebreak-STAGE-*',
  deploymentBucket: 'arn:aws:s3:::firebreak-STAGE-serverlessdeploymentbucket-*',
};

/** What `serverless deploy` and `remove` call themselves; test/full/deploy.test.ts holds it against what they called. */
const ofServerless: readonly DeployerStatement[] = [
  {
    Sid: 'Stack',
    Action: [
      'cloudformation:CreateChangeSet',
      'cloudformation:CreateStack',
      'cloudformation:DeleteChangeSet',
      'cloudformation:DeleteStack',
      'cloudformation:DescribeChangeSet',
      'cloudformation:DescribeStackEvents',
      'cloudformation:DescribeStackResource',
      'cloudformation:DescribeStacks',
      'cloudformation:ExecuteChangeSet',
      'cloudformation:ListStackResources',
      // The stack carries the tag STAGE.
      'cloudformation:TagResource',
      'cloudformation:UpdateStack',
    ],
    Resource: [names.stack],
  },
  { Sid: 'Unscoped', Action: ['cloudformation:ValidateTemplate', 'sts:GetCallerIdentity'], Resource: ['*'] },
  // Bundles and templates of the last five deployments; CloudFormation and Lambda read them as the deployer.
  { Sid: 'Artifacts', Action: ['s3:ListBucket'], Resource: [names.deploymentBucket] },
  {
    Sid: 'ArtifactObjects',
    Action: ['s3:DeleteObject', 's3:GetObject', 's3:PutObject'],
    Resource: [`${names.deploymentBucket}/*`],
  },
  // `remove` looks for images that osls might have pushed; Firebreak's are zips.
  {
    Sid: 'NoImages',
    Action: ['ecr:DescribeRepositories'],
    Resource: [arn('ecr', 'repository/serverless-firebreak-STAGE')],
  },
];

/**
 * Resource type of the template -> what CloudFormation calls for it on the deployer's behalf: to create, read, update and delete it
 * with the properties that the template uses, and to put the stack's tag on it. Source: `handlers` of each type's schema, as
 * `aws cloudformation describe-type --type RESOURCE --type-name …` prints it, without what is for other properties (KMS, VPC, Kinesis …).
 * What `DeletionPolicy: Retain` keeps, nobody is allowed to delete.
 */
export const ofTypes: { readonly [type: string]: readonly Unnamed[] } = {
  'AWS::CloudWatch::Alarm': [
    {
      Action: of(
        'cloudwatch',
        'DeleteAlarms DescribeAlarms ListTagsForResource PutMetricAlarm TagResource UntagResource',
      ),
      Resource: [names.alarm],
    },
  ],
  'AWS::DynamoDB::Table': [
    {
      Action: of(
        'dynamodb',
        'CreateTable DescribeContinuousBackups DescribeContributorInsights DescribeKinesisStreamingDestination DescribeTable DescribeTimeToLive GetResourcePolicy ListTagsOfResource TagResource UntagResource UpdateContinuousBackups UpdateTable',
      ),
      Resource: [names.table],
    },
  ],
  'AWS::ECR::PullTimeUpdateExclusion': [
    {
      Action: of(
        'ecr',
        'DeregisterPullTimeUpdateExclusion ListPullTimeUpdateExclusions RegisterPullTimeUpdateExclusion',
      ),
      Resource: ['*'],
    },
  ],
  'AWS::Events::Rule': [
    {
      Action: of(
        'events',
        'DeleteRule DescribeRule ListTagsForResource ListTargetsByRule PutRule PutTargets RemoveTargets TagResource UntagResource',
      ),
      Resource: [names.rule],
    },
  ],
  'AWS::IAM::Role': [
    {
      Action: of(
        'iam',
        'CreateRole DeleteRole DeleteRolePolicy GetRole GetRolePolicy ListAttachedRolePolicies ListRolePolicies PutRolePolicy TagRole UntagRole UpdateAssumeRolePolicy UpdateRole UpdateRoleDescription',
      ),
      Resource: [names.role],
    },
    {
      Action: of('iam', 'PassRole'),
      Resource: [names.role],
      Condition: { StringEquals: { 'iam:PassedToService': ['lambda.amazonaws.com', 'states.amazonaws.com'] } },
    },
  ],
  'AWS::Lambda::EventSourceMapping': [
    {
      Action: of('lambda', 'CreateEventSourceMapping'),
      Resource: ['*'],
      Condition: { ArnLike: { 'lambda:FunctionArn': names.function } },
    },
    {
      // A mapping is called by a UUID; what it calls is the function's name.
      Action: of('lambda', 'DeleteEventSourceMapping GetEventSourceMapping UpdateEventSourceMapping'),
      Resource: [arn('lambda', 'event-source-mapping:*')],
      Condition: { ArnLike: { 'lambda:FunctionArn': names.function } },
    },
    {
      Action: of('lambda', 'ListTags TagResource UntagResource'),
      Resource: [arn('lambda', 'event-source-mapping:*')],
    },
  ],
  'AWS::Lambda::Function': [
    {
      Action: of(
        'lambda',
        'CreateFunction DeleteFunction GetFunction GetFunctionCodeSigningConfig GetFunctionConfiguration GetFunctionRecursionConfig GetFunctionScalingConfig GetRuntimeManagementConfig ListTags TagResource UntagResource UpdateFunctionCode UpdateFunctionConfiguration',
      ),
      Resource: [names.function],
    },
  ],
  'AWS::Lambda::Permission': [
    { Action: of('lambda', 'AddPermission GetPolicy RemovePermission'), Resource: [names.function] },
  ],
  'AWS::Lambda::Url': [
    {
      Action: of(
        'lambda',
        'CreateFunctionUrlConfig DeleteFunctionUrlConfig GetFunctionUrlConfig UpdateFunctionUrlConfig',
      ),
      Resource: [names.function],
    },
  ],
  'AWS::Logs::LogGroup': [
    {
      Action: of(
        'logs',
        'CreateLogGroup DeleteLogGroup DeleteRetentionPolicy GetDataProtectionPolicy ListTagsForResource PutRetentionPolicy TagResource UntagResource',
      ),
      Resource: [names.logGroup],
    },
    { Action: of('logs', 'DescribeIndexPolicies DescribeLogGroups'), Resource: ['*'] },
  ],
  'AWS::S3::Bucket': [
    {
      Action: of(
        's3',
        'CreateBucket GetAccelerateConfiguration GetAnalyticsConfiguration GetBucketCORS GetBucketLogging GetBucketNotification GetBucketObjectLockConfiguration GetBucketOwnershipControls GetBucketPublicAccessBlock GetBucketTagging GetBucketVersioning GetBucketWebsite GetEncryptionConfiguration GetIntelligentTieringConfiguration GetInventoryConfiguration GetLifecycleConfiguration GetMetricsConfiguration GetReplicationConfiguration ListBucket PutBucketPublicAccessBlock PutBucketTagging PutBucketVersioning PutEncryptionConfiguration PutLifecycleConfiguration',
      ),
      Resource: [names.bucket],
    },
    { Action: of('s3', 'DeleteBucket'), Resource: [names.deploymentBucket] },
  ],
  'AWS::S3::BucketPolicy': [
    { Action: of('s3', 'DeleteBucketPolicy GetBucketPolicy PutBucketPolicy'), Resource: [names.bucket] },
  ],
  'AWS::SNS::Subscription': [
    {
      Action: of('sns', 'GetSubscriptionAttributes ListSubscriptionsByTopic Subscribe Unsubscribe'),
      Resource: [names.topic],
    },
  ],
  'AWS::SNS::Topic': [
    {
      Action: of(
        'sns',
        'CreateTopic DeleteTopic GetDataProtectionPolicy GetTopicAttributes ListTagsForResource TagResource UntagResource',
      ),
      Resource: [names.topic],
    },
  ],
  'AWS::SNS::TopicPolicy': [{ Action: of('sns', 'SetTopicAttributes'), Resource: [names.topic] }],
  'AWS::SQS::Queue': [
    {
      Action: of('sqs', 'CreateQueue DeleteQueue GetQueueAttributes GetQueueUrl ListQueueTags TagQueue UntagQueue'),
      Resource: [names.queue],
    },
  ],
  'AWS::SQS::QueuePolicy': [{ Action: of('sqs', 'SetQueueAttributes'), Resource: [names.queue] }],
  'AWS::SSM::Parameter': [
    {
      Action: of('ssm', 'AddTagsToResource DeleteParameter GetParameters PutParameter RemoveTagsFromResource'),
      Resource: [names.parameter],
    },
  ],
  'AWS::StepFunctions::StateMachine': [
    {
      Action: of(
        'states',
        'CreateStateMachine DeleteStateMachine DescribeStateMachine ListTagsForResource TagResource UntagResource UpdateStateMachine',
      ),
      Resource: [names.machine],
    },
  ],
};

/** `AWS::Lambda::EventSourceMapping`, the second -> `LambdaEventSourceMapping2`. */
const sid = (type: string, at: number): string =>
  `${type.replace('AWS', '').replaceAll(':', '')}${at === 0 ? '' : at + 1}`;

export const deployerStatements: readonly DeployerStatement[] = [
  ...ofServerless,
  ...Object.entries(ofTypes).flatMap(([type, statements]) =>
    statements.map((statement, at) => ({ Sid: sid(type, at), ...statement })),
  ),
];

/** The policy of whoever deploys a stage, `docs/deployer-permissions.generated.json`. */
export function deployerPolicy(): string {
  const Statement = deployerStatements.map(({ Sid, ...rest }) => ({ Sid, Effect: 'Allow', ...rest }));
  return `${JSON.stringify({ Version: '2012-10-17', Statement }, null, 2)}\n`;
}
