const account = '123456789012';
const arn = (service: string, resource: string): string => `arn:aws:${service}:eu-west-1:${account}:${resource}`;
const queue = { QueueUrl: `http://127.0.0.1/${account}/intake` };
const group = { logGroupName: '/ecs/shop', logStreamName: 'app/1' };
const table = { TableName: 'incidents' };
const cluster = 'prod';
const repositoryName = 'shop/cart';
const execution = arn('states', 'execution:machine:one');
const deployment = arn('ecs', 'service-deployment/prod/cart/abc');
const taskDefinition = 'cart:1';
const association = '5c1f7a2e-8d34-4b6f-9e02-7a61d4c8b35f';
const instance = 'i-0123456789abcdef0';
const ipSet = { Name: 'blocked', Id: '0123', Scope: 'REGIONAL' };
const targets = {
  TargetGroupArn: arn('elasticloadbalancing', 'targetgroup/cart/0123456789abcdef'),
  Targets: [{ Id: '10.0.0.1' }],
};

/** An input of an operation from which it knows what it has to ask IAM. */
export type Inputs = { readonly [operation: string]: readonly object[] };

/**
 * By service and operation, where `{}` does not name what is asked for. Several, where the input decides what that is: an operation
 * that asks with another type of resource has another line.
 */
export const inputs: { readonly [service: string]: Inputs } = {
  signer: {
    GetRevocationStatus: [
      {
        jobArn: arn('signer', '/signing-jobs/0a1b2c3d-0000-4000-8000-000000000001'),
        profileVersionArn: arn('signer', '/signing-profiles/release/0123456789'),
      },
    ],
    RevokeSignature: [{ jobId: '0a1b2c3d-0000-4000-8000-000000000001', reason: 'leaked' }],
  },
  dynamodb: {
    BatchGetItem: [{ RequestItems: { incidents: { Keys: [] } } }],
    Query: [table, { ...table, IndexName: 'state' }],
  },
  ecr: {
    BatchGetRepositoryScanningConfiguration: [{ repositoryNames: [repositoryName] }],
    ListTagsForResource: [{ resourceArn: arn('ecr', `repository/${repositoryName}`) }],
  },
  ecs: {
    UpdateContainerInstancesState: [{ cluster, containerInstances: ['abc'], status: 'DRAINING' }],
    DescribeContainerInstances: [{ cluster, containerInstances: ['abc'] }],
    DescribeServiceDeployments: [{ serviceDeploymentArns: [deployment] }],
    DescribeServiceRevisions: [{ serviceRevisionArns: [arn('ecs', 'service-revision/prod/cart/1')] }],
    DescribeServices: [{ cluster, services: ['cart'] }],
    DescribeTasks: [{ cluster, tasks: ['abc'] }],
    GetTaskProtection: [{ cluster, tasks: ['abc'] }],
    ListTagsForResource: [{ resourceArn: arn('ecs', 'service/prod/cart') }],
    ListTasks: [{ cluster }, { cluster, serviceName: 'cart' }, { cluster, family: 'cart' }],
    RegisterTaskDefinition: [
      { family: 'cart' },
      {
        family: 'cart',
        taskRoleArn: `arn:aws:iam::${account}:role/cart`,
        tags: [{ key: 'team', value: 'shop' }],
      },
    ],
    RunTask: [{ cluster, taskDefinition }],
    StopServiceDeployment: [{ serviceDeploymentArn: deployment }],
    TagResource: [{ resourceArn: arn('ecs', 'task-definition/cart:1') }],
    UpdateTaskProtection: [{ cluster, tasks: ['abc'] }],
  },
  ec2: {
    CreateTags: [
      { Resources: ['sg-0123456789abcdef0'], Tags: [{ Key: 'team', Value: 'shop' }] },
      { Resources: ['snap-0123456789abcdef0'], Tags: [{ Key: 'team', Value: 'shop' }] },
    ],
    CreateSnapshots: [
      { InstanceSpecification: { InstanceId: instance } },
      {
        InstanceSpecification: { InstanceId: instance },
        TagSpecifications: [{ ResourceType: 'snapshot', Tags: [{ Key: 'team', Value: 'shop' }] }],
      },
    ],
  },
  elasticloadbalancing: { DeregisterTargets: [targets], RegisterTargets: [targets] },
  events: { PutEvents: [{ Entries: [{ Source: 'shop', DetailType: 'x', Detail: '{}' }] }] },
  iam: {
    DeleteRolePermissionsBoundary: [{ RoleName: 'responder' }],
    DeleteRolePolicy: [{ RoleName: 'responder', PolicyName: 'own' }],
    GetPolicy: [{ PolicyArn: `arn:aws:iam::${account}:policy/firebreak-boundary` }],
    GetPolicyVersion: [{ PolicyArn: `arn:aws:iam::${account}:policy/firebreak-boundary`, VersionId: 'v1' }],
    GetInstanceProfile: [{ InstanceProfileName: 'web' }],
    GetAccessKeyLastUsed: [{ AccessKeyId: 'AKIAIOSFODNN7EXAMPLE' }],
    GetUser: [{ UserName: 'ann' }],
    ListAccessKeys: [{ UserName: 'ann' }],
    ListInstanceProfilesForRole: [{ RoleName: 'responder' }],
    PutRolePermissionsBoundary: [
      { RoleName: 'responder', PermissionsBoundary: `arn:aws:iam::${account}:policy/firebreak-boundary` },
    ],
    PutRolePolicy: [{ RoleName: 'responder', PolicyName: 'own', PolicyDocument: '{}' }],
    SimulatePrincipalPolicy: [
      { PolicySourceArn: `arn:aws:iam::${account}:role/responder`, ActionNames: ['ecs:RunTask'] },
    ],
    UpdateAccessKey: [{ UserName: 'ann', AccessKeyId: 'AKIAIOSFODNN7EXAMPLE', Status: 'Inactive' }],
  },
  lambda: {
    DeleteFunctionConcurrency: [{ FunctionName: 'mailer' }],
    GetFunction: [{ FunctionName: 'mailer' }],
    GetFunctionConcurrency: [{ FunctionName: 'mailer' }],
    GetFunctionConfiguration: [{ FunctionName: 'mailer' }],
    Invoke: [{ functionName: 'mailer' }],
    ListTags: [{ Resource: arn('lambda', 'function:mailer') }],
    PutFunctionConcurrency: [{ FunctionName: 'mailer' }],
  },
  logs: {
    CreateLogStream: [group],
    DescribeLogStreams: [group],
    FilterLogEvents: [group],
    GetLogEvents: [group],
    PutLogEvents: [group],
  },
  s3: { GetObject: [{ Bucket: 'evidence', Key: 'a' }] },
  sns: {
    GetTopicAttributes: [{ TopicArn: arn('sns', 'page') }],
    ListSubscriptionsByTopic: [{ TopicArn: arn('sns', 'page') }],
    Publish: [{ TopicArn: arn('sns', 'page') }],
  },
  sqs: {
    ChangeMessageVisibility: [queue],
    DeleteMessage: [queue],
    DeleteMessageBatch: [queue],
    GetQueueAttributes: [queue],
    PurgeQueue: [queue],
    ReceiveMessage: [queue],
    SendMessage: [queue],
    SendMessageBatch: [queue],
  },
  wafv2: {
    GetIPSet: [ipSet, { ...ipSet, Scope: 'CLOUDFRONT' }],
    ListTagsForResource: [{ ResourceARN: arn('wafv2', 'regional/ipset/blocked/0123') }],
    UpdateIPSet: [ipSet, { ...ipSet, Scope: 'CLOUDFRONT' }],
  },
  ssm: {
    DescribeAssociation: [{ AssociationId: association }],
    DescribeAssociationExecutions: [{ AssociationId: association }],
    DescribeAssociationExecutionTargets: [{ AssociationId: association, ExecutionId: association }],
    DescribeInstanceAssociationsStatus: [{ InstanceId: instance }],
    DescribeInstancePatches: [{ InstanceId: instance }],
    DescribeInstancePatchStates: [{ InstanceIds: [instance] }],
    GetParameters: [{ Names: ['/shop/one'] }],
    PutParameter: [{ Name: '/shop/one' }, { Name: '/shop/one', Tags: [{ Key: 'team', Value: 'shop' }] }],
    StartAssociationsOnce: [{ AssociationIds: [association] }],
  },
  states: {
    DescribeExecution: [{ executionArn: execution }],
    DescribeStateMachine: [{ stateMachineArn: arn('states', 'stateMachine:machine') }],
    GetExecutionHistory: [{ executionArn: execution }],
    ListExecutions: [{ stateMachineArn: arn('states', 'stateMachine:machine') }],
    StartExecution: [{ stateMachineArn: arn('states', 'stateMachine:machine') }],
    StopExecution: [{ executionArn: execution }],
  },
  sts: { AssumeRole: [{ RoleArn: `arn:aws:iam::${account}:role/responder`, RoleSessionName: 'step' }] },
};
