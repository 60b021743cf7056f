import { associationId as podAssociationId } from '../../../sandbox/services/eks/associations.ts';
import { leafHash } from '../../../sandbox/services/signer/chain.ts';
import { jobArn, versionOf } from '../../../sandbox/services/signer/state.ts';
import { setArn, setIdOf } from '../../../sandbox/services/wafv2/state.ts';

/** What the calls are about, found out in the account before. */
export interface Found {
  readonly stateMachineArn: string;
  readonly executionArn: string;
  readonly table: string;
  readonly bucket: string;
  readonly objectKey: string;
  readonly topicArn: string;
  readonly queueUrl: string;
  readonly roleName: string;
  readonly policyName: string;
  readonly boundaryArn: string;
  readonly taskArn: string;
  readonly hostArn: string;
  readonly serviceArn: string;
  readonly revisionArn: string;
  readonly deploymentArn: string;
  readonly ruleName: string;
  readonly ruleTarget: string;
  readonly targetGroupArn: string;
  readonly repositoryArn: string;
  /** Of an image of shop/job. */
  readonly layerDigest: string;
  readonly logStreamName: string;
  readonly detector: string;
  /** Id of the mapping of a queue to its function. */
  readonly mapping: string;
  /** Of an item of the table. */
  readonly itemKey: { readonly pk: { readonly S: string }; readonly sk: { readonly S: string } };
  /** Ids of commands that were sent to the node: a script, and a scan for patches. */
  readonly scriptCommand: string;
  readonly patchCommand: string;
}

const cluster = 'prod';
const repositoryName = 'shop/web';
const imageIds = [{ imageTag: 'prod' }];
/** Of shop/web, which something names as its subject. */
const imageDigest = `sha256:${'a'.repeat(64)}`;
/** A signature of it. */
export const attached = {
  repositoryName,
  imageManifest: JSON.stringify({
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    artifactType: 'application/vnd.cncf.notary.signature',
    subject: { digest: imageDigest },
  }),
};
export const logGroupName = '/aws/lambda/firebreak-dev-decide';
/** The host that is a node of Systems Manager. */
export const nodeId = 'i-0ab12cd34ef567890';
const associationId = '5c1f7a2e-8d34-4b6f-9e02-7a61d4c8b35f';
/** The first, of which the account file says how it went. */
const executionOfAssociation = '00000000-8d34-4b6f-9e02-7a61d4c8b35f';
/** The repository with a lifecycle policy. */
export const policed = { repositoryName: 'shop/job' };
const functionName = 'firebreak-dev-decide';
const blocked = { Name: 'blocked', Scope: 'REGIONAL', Id: setIdOf('REGIONAL', 'blocked') } as const;
const place = { id: '210987654321', region: 'eu-central-1' };
const namespace = { ServiceNamespace: 'ecs' };

/** An input for every operation that only reads, by service. Several, where one shows less than all. */
export const reads = (
  f: Found,
): { readonly [service: string]: { readonly [operation: string]: object | object[] } } => ({
  'application-autoscaling': {
    DescribeScalableTargets: namespace,
    DescribeScalingActivities: namespace,
    DescribeScalingPolicies: namespace,
    DescribeScheduledActions: namespace,
  },
  cloudformation: { ListStackResources: { StackName: 'firebreak-dev' } },
  cloudtrail: { LookupEvents: {} },
  config: { DescribeConfigurationRecorderStatus: {} },
  dynamodb: {
    BatchGetItem: { RequestItems: { [f.table]: { Keys: [f.itemKey] } } },
    DescribeTable: { TableName: f.table },
    GetItem: { TableName: f.table, Key: f.itemKey },
    ListTables: {},
    Query: {
      TableName: f.table,
      KeyConditionExpression: 'pk = :p',
      ExpressionAttributeValues: { ':p': f.itemKey.pk },
    },
    Scan: { TableName: f.table },
  },
  ec2: {
    DescribeAddresses: {},
    DescribeInstances: {},
    DescribeNetworkAcls: {},
    DescribeNetworkInterfaces: {},
    DescribeSecurityGroupRules: {},
    DescribeSecurityGroups: {},
    DescribeSnapshots: {},
    DescribeSubnets: {},
    DescribeVolumes: {},
    DescribeVpcs: {},
  },
  ecr: {
    BatchGetImage: { repositoryName, imageIds: [...imageIds, { imageTag: 'none' }] },
    BatchGetRepositoryScanningConfiguration: { repositoryNames: [repositoryName, 'none'] },
    DescribeImageReplicationStatus: { repositoryName, imageId: imageIds[0] },
    DescribeImageScanFindings: { repositoryName: 'shop/job', imageId: { imageTag: 'latest' } },
    DescribeImageSigningStatus: { repositoryName, imageId: imageIds[0] },
    DescribeImages: [{ repositoryName }, { repositoryName: 'shop/unused', filter: { imageStatus: 'ANY' } }],
    DescribeRegistry: {},
    DescribeRepositories: {},
    GetAuthorizationToken: {},
    GetDownloadUrlForLayer: { repositoryName: 'shop/job', layerDigest: f.layerDigest },
    GetLifecyclePolicy: policed,
    GetLifecyclePolicyPreview: policed,
    GetRegistryScanningConfiguration: {},
    ListImageReferrers: { repositoryName, subjectId: { imageDigest } },
    ListImages: [{ repositoryName }, { repositoryName: 'shop/unused', filter: { imageStatus: 'ANY' } }],
    ListTagsForResource: { resourceArn: f.repositoryArn },
  },
  ecs: {
    DescribeClusters: { clusters: [cluster, 'none'], include: ['SETTINGS', 'STATISTICS', 'TAGS'] },
    DescribeContainerInstances: { cluster, containerInstances: [f.hostArn], include: ['TAGS'] },
    DescribeServiceDeployments: { serviceDeploymentArns: [f.deploymentArn] },
    DescribeServiceRevisions: { serviceRevisionArns: [f.revisionArn] },
    DescribeServices: { cluster, services: ['web', 'agent', 'none'], include: ['TAGS'] },
    DescribeTaskDefinition: { taskDefinition: 'web:7', include: ['TAGS'] },
    DescribeTasks: { cluster, tasks: [f.taskArn, 'migration', 'none'], include: ['TAGS'] },
    GetTaskProtection: { cluster, tasks: [f.taskArn] },
    ListClusters: {},
    ListContainerInstances: { cluster },
    ListServiceDeployments: { cluster, service: 'web' },
    ListServices: { cluster },
    ListTagsForResource: { resourceArn: f.serviceArn },
    ListTaskDefinitions: {},
    ListTasks: { cluster },
  },
  autoscaling: { DescribeAutoScalingInstances: {} },
  elasticloadbalancing: {
    DescribeTargetGroupAttributes: { TargetGroupArn: f.targetGroupArn },
    DescribeTargetGroups: {},
    DescribeTargetHealth: { TargetGroupArn: f.targetGroupArn },
  },
  events: {
    DescribeRule: { Name: f.ruleName },
    ListEventBuses: {},
    ListRuleNamesByTarget: { TargetArn: f.ruleTarget },
    ListRules: {},
    ListTargetsByRule: { Rule: f.ruleName },
    TestEventPattern: {
      EventPattern: '{"source":["a"]}',
      Event:
        '{"id":"1","account":"a","source":"a","time":"t","region":"r","resources":[],"detail-type":"d","detail":{}}',
    },
  },
  guardduty: {
    GetDetector: { DetectorId: f.detector },
    ListCoverage: { DetectorId: f.detector },
    ListDetectors: {},
  },
  iam: {
    GetAccessKeyLastUsed: { AccessKeyId: 'AKIAIOSFODNN7EXAMPLE' },
    GetInstanceProfile: { InstanceProfileName: 'hosts' },
    GetPolicy: { PolicyArn: f.boundaryArn },
    GetPolicyVersion: { PolicyArn: f.boundaryArn, VersionId: 'v1' },
    GetRole: { RoleName: f.roleName },
    GetRolePolicy: { RoleName: f.roleName, PolicyName: f.policyName },
    GetUser: [{}, { UserName: 'builder' }],
    ListAccessKeys: { UserName: 'builder' },
    ListAttachedRolePolicies: { RoleName: f.roleName },
    ListInstanceProfilesForRole: { RoleName: 'hosts' },
    ListRolePolicies: { RoleName: f.roleName },
    ListRoles: {},
    ListUsers: {},
  },
  inspector2: { BatchGetAccountStatus: {} },
  lambda: {
    GetEventSourceMapping: { UUID: f.mapping },
    GetFunction: [{ FunctionName: functionName }, { FunctionName: 'mailer' }],
    GetFunctionConcurrency: { FunctionName: 'mailer' },
    GetFunctionConfiguration: { FunctionName: 'mailer' },
    ListTags: { Resource: 'arn:aws:lambda:eu-central-1:210987654321:function:mailer' },
    ListFunctions: {},
  },
  logs: {
    DescribeLogGroups: {},
    DescribeLogStreams: { logGroupName },
    FilterLogEvents: [{ logGroupName }, { logGroupName: '/ecs/web' }],
    GetLogEvents: { logGroupName, logStreamName: f.logStreamName },
  },
  monitoring: {
    DescribeAlarms: {},
    GetMetricStatistics: {
      ...{ Namespace: 'AWS/EC2', MetricName: 'MetadataNoToken', Statistics: ['Sum'], Period: 3600 },
      Dimensions: [{ Name: 'InstanceId', Value: 'i-0ab12cd34ef567890' }],
      ...{ StartTime: new Date('2026-11-20T00:00:00Z'), EndTime: new Date('2026-11-24T00:00:00Z') },
    },
  },
  s3: {
    GetBucketLocation: { Bucket: f.bucket },
    GetObject: { Bucket: f.bucket, Key: f.objectKey },
    HeadBucket: { Bucket: f.bucket },
    HeadObject: { Bucket: f.bucket, Key: f.objectKey },
    ListBuckets: {},
    ListObjects: { Bucket: f.bucket },
    ListObjectsV2: { Bucket: f.bucket },
  },
  wafv2: {
    GetIPSet: blocked,
    ListIPSets: { Scope: 'REGIONAL' },
    ListTagsForResource: { ResourceARN: setArn(place, blocked.Scope, blocked.Name, blocked.Id) },
  },
  eks: {
    DescribeAccessEntry: { clusterName: 'shop-eks', principalArn: `arn:aws:iam::${place.id}:role/web` },
    DescribeCluster: { name: 'shop-eks' },
    DescribePodIdentityAssociation: {
      clusterName: 'shop-eks',
      associationId: podAssociationId('shop-eks', 'shop', 'web'),
    },
    ListClusters: {},
    ListPodIdentityAssociations: { clusterName: 'shop-eks' },
  },
  scheduler: {
    GetSchedule: { GroupName: 'jobs', Name: 'monthly-report' },
    ListSchedules: {},
  },
  secretsmanager: {
    DescribeSecret: { SecretId: 'shop/database' },
    ListSecretVersionIds: { SecretId: 'shop/database' },
  },
  signer: {
    GetRevocationStatus: {
      signatureTimestamp: new Date('2026-11-20T10:00:00Z'),
      platformId: 'Notation-OCI-SHA384-ECDSA',
      profileVersionArn: versionOf(`arn:aws:signer:${place.region}:${place.id}:/signing-profiles/release`),
      jobArn: jobArn(place, '0a1b2c3d-0000-4000-8000-000000000001'),
      certificateHashes: [leafHash],
    },
  },
  sns: {
    GetTopicAttributes: { TopicArn: f.topicArn },
    ListSubscriptions: {},
    ListSubscriptionsByTopic: { TopicArn: f.topicArn },
    ListTopics: {},
  },
  sqs: {
    GetQueueAttributes: { QueueUrl: f.queueUrl, AttributeNames: ['All'] },
    GetQueueUrl: { QueueName: f.queueUrl.slice(f.queueUrl.lastIndexOf('/') + 1) },
    ListQueues: {},
  },
  ssm: {
    DescribeAssociation: { AssociationId: associationId },
    DescribeAssociationExecutions: { AssociationId: associationId },
    DescribeAssociationExecutionTargets: { AssociationId: associationId, ExecutionId: executionOfAssociation },
    DescribeInstanceAssociationsStatus: { InstanceId: nodeId },
    DescribeInstanceInformation: {},
    DescribeInstancePatches: { InstanceId: nodeId },
    DescribeInstancePatchStates: { InstanceIds: [nodeId] },
    DescribeParameters: {},
    GetCommandInvocation: [
      { CommandId: f.scriptCommand, InstanceId: nodeId },
      { CommandId: f.patchCommand, InstanceId: nodeId, PluginName: 'PatchLinux' },
    ],
    GetParameter: { Name: '/firebreak/dev/stack' },
    GetParameters: { Names: ['/firebreak/dev/status', '/none'] },
    GetParametersByPath: { Path: '/', Recursive: true },
    ListAssociations: {},
    ListCommandInvocations: { Details: true },
    ListCommands: {},
    ListComplianceItems: { ResourceIds: [nodeId] },
    ListResourceComplianceSummaries: {},
  },
  states: {
    DescribeExecution: { executionArn: f.executionArn },
    DescribeStateMachine: { stateMachineArn: f.stateMachineArn },
    GetExecutionHistory: { executionArn: f.executionArn },
    ListExecutions: { stateMachineArn: f.stateMachineArn },
    ListStateMachines: {},
  },
  sts: { GetCallerIdentity: {} },
});

/** Operations by these verbs change nothing. */
export const isRead = (operation: string): boolean =>
  /^(?:BatchGet|Describe|Filter|Get|Head|List|Lookup|Query|Scan|Test)/.test(operation);
