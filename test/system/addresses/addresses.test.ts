import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rootCredentials } from '../../../sandbox/iam/credentials.ts';
import { services } from '../../../sandbox/services.ts';
import { readWorld } from '../../../sandbox/world/read.ts';
import { enforcing, scanEvent } from '../scan.ts';
import { openStage, type Stage } from '../stage.ts';
import { attached, type Found, isRead, logGroupName, nodeId, policed, reads } from './calls.ts';
import { type Caller, callerOf } from './clients.ts';
import { foreignIn, type Own } from './foreign.ts';
import { type Recorded, record } from './record.ts';

const worldFile = fileURLToPath(new URL('everything.account.yaml', import.meta.url));
const world = readWorld(readFileSync(worldFile, 'utf8'), worldFile);

const own: Own = { account: '210987654321', region: 'eu-central-1', endpoint: 'http://127.0.0.1:4566' };

describe('what is foreign in an answer', () => {
  it.each([
    [
      'the ARN of another account',
      'arn:aws:sns:eu-central-1:123456789012:page',
      'arn:aws:sns:eu-central-1:123456789012:',
    ],
    ['the ARN of another Region', 'arn:aws:sns:us-east-1:210987654321:page', 'us-east-1'],
    ['the ARN of another partition’s Region', 'arn:aws-cn:ecr:cn-north-1:210987654321:repository/x', 'cn-north-1'],
    ['an ARN of AWS’s own account', 'arn:aws:iam::aws:policy/ReadOnlyAccess', 'arn:aws:iam::aws:'],
    ['an account by itself', '{"registryId":"123456789012"}', '123456789012'],
    ['a Region by itself', '{"region":"ap-southeast-2"}', 'ap-southeast-2'],
    ['a host of AWS', 'sqs.eu-central-1.amazonaws.com', 'sqs.eu-central-1.amazonaws.com'],
    ['a URL of AWS', 'https://queue.amazonaws.com/210987654321/a', 'https://queue.amazonaws.com/210987654321/a'],
    ['the registry of another account', '123456789012.dkr.ecr.eu-central-1.amazonaws.com/a', '123456789012'],
    [
      'the URL of another registry',
      'https://210987654321.dkr.ecr.us-east-1.amazonaws.com',
      'https://210987654321.dkr.ecr.us-east-1.amazonaws.com',
    ],
    [
      'a path of the registry',
      'https://210987654321.dkr.ecr.eu-central-1.amazonaws.com/v2/',
      'https://210987654321.dkr.ecr.eu-central-1.amazonaws.com/v2/',
    ],
    ['another port', 'http://127.0.0.1:4567/a', 'http://127.0.0.1:4567/a'],
    ['a port that begins alike', 'http://127.0.0.1:45661/a', 'http://127.0.0.1:45661/a'],
    ['an address elsewhere', '{"ip":"192.168.1.7"}', '192.168.1.7'],
    ['another network', '{"cidr":"192.168.0.0/16"}', '192.168.0.0/16'],
    ['a network that is larger than the own one', '10.0.0.0/8', '10.0.0.0/8'],
    ['what is URL-encoded', 'arn%3Aaws%3Asns%3Aus-east-1%3A210987654321%3Apage', 'us-east-1'],
    ['what JSON has escaped', 'https:\\/\\/x.amazonaws.com\\/a', 'https://x.amazonaws.com/a'],
  ])('%s', (_what, text, found) => {
    expect(foreignIn(text, own)).toContain(found);
  });

  it.each([
    'arn:aws:sns:eu-central-1:210987654321:page',
    'arn:aws:s3:::evidence-210987654321/key',
    'arn:aws:ecr:*:*:repository/*',
    'http://127.0.0.1:4566/210987654321/queue',
    '{"proxyEndpoint":"https://210987654321.dkr.ecr.eu-central-1.amazonaws.com"}',
    '{"Service":"lambda.amazonaws.com"}',
    '210987654321.dkr.ecr.eu-central-1.amazonaws.com/shop/web:1.2.3',
    '<r xmlns="https://iam.amazonaws.com/doc/2010-05-08/">',
    '{"in":"10.0.0.0/16","out":"0.0.0.0/0"}',
    '{"ip":"10.0.1.7"} 8f14e45f-ceea-467f-a830-123456789012 sha256:11111111111111111111111111111111111111111111111111111a',
    '{"at":1795593600123,"seconds":1795593600}',
  ])('nothing in %s', (text) => {
    expect(foreignIn(text, own)).toEqual([]);
  });
});

/** Answers that are empty whatever there is: one is headers alone, and the account has no users and no managed policies. */
const empty = new Set(['s3 HeadBucket', 'iam ListUsers', 'iam ListAttachedRolePolicies']);

/** Whether an answer says anything: a list that is not empty, a text, a number. */
const isFull = ({ $metadata, ...members }: { readonly [member: string]: unknown }): boolean =>
  Object.values(members).some((value) =>
    typeof value === 'object' && value !== null
      ? Object.keys(value).length > 0 || value instanceof Date
      : Boolean(value),
  );

describe('every answer of an account with something in it', () => {
  let stage: Stage;
  let found: Found;
  const callers = new Map<string, Caller>();
  let answers: Recorded[] = [];

  async function caller(service: string): Promise<Caller> {
    const known = callers.get(service);
    if (known !== undefined) return known;
    const { endpoint, region } = stage.account;
    const credentials = rootCredentials(stage.account);
    const one = { forcePathStyle: true, disableHostPrefix: true, maxAttempts: 1 };
    const made = await callerOf(service, { endpoint, region, credentials, ...one });
    record(made.client, (answer) => answers.push(answer));
    callers.set(service, made);
    return made;
  }
  const call = async (service: string, operation: string, input: object): Promise<Record<string, never>> =>
    (await (await caller(service)).call(operation, input)) as Record<string, never>;
  const mine = (): Own => ({ ...own, endpoint: stage.account.endpoint });

  /** What this one call was answered, and what of it is foreign. */
  async function foreignOf(service: string, operation: string, input: object): Promise<readonly string[]> {
    answers = [];
    // A refusal is an answer, too; that it came from the account and not from the client, `answers` shows.
    await call(service, operation, input).catch(() => undefined);
    expect(answers).toHaveLength(1);
    return answers.flatMap(({ text }) => foreignIn(text, mine()));
  }

  beforeAll(async () => {
    stage = await openStage({ world, rules: { enforcing } });
    const image = { repository: 'shop/unused', digest: `sha256:${'d'.repeat(64)}` };
    const scan = JSON.stringify(scanEvent({ image, id: 'e-1', time: new Date(stage.sandbox.clock.now()) }));
    stage.deliver(JSON.parse(scan.replaceAll('123456789012', own.account).replaceAll('us-east-1', own.region)));
    await stage.settle();
    await call('ecr', 'StartLifecyclePolicyPreview', policed);
    await call('ecr', 'PutImage', attached);
    await send('AWS-RunShellScript', { commands: ['uptime'] });
    await send('AWS-RunPatchBaseline', { Operation: ['Scan'] });
    await call('ec2', 'CreateSnapshots', { InstanceSpecification: { InstanceId: nodeId } });
    // By then CloudTrail shows what was done.
    await stage.pass(360);
    found = await find();
  });
  afterAll(async () => {
    for (const { client } of callers.values()) client.destroy();
    await stage?.[Symbol.asyncDispose]();
  });

  const send = (DocumentName: string, Parameters: object) =>
    call('ssm', 'SendCommand', { DocumentName, Parameters, InstanceIds: [nodeId] });

  async function find(): Promise<Found> {
    const { outputs } = stage.sandbox.stack;
    const stateMachineArn = outputs['StateMachineArn'] ?? '';
    const bucket = outputs['EvidenceBucketName'] ?? '';
    const cluster = 'prod';
    const one = async (service: string, operation: string, input: object, list: string): Promise<never> => {
      const all = (await call(service, operation, input))[list] as readonly never[] | undefined;
      if (all?.[0] === undefined) throw new Error(`${service} ${operation} found nothing`);
      return all[0];
    };
    const { executionArn } = await one('states', 'ListExecutions', { stateMachineArn }, 'executions');
    const { Key: objectKey } = await one('s3', 'ListObjectsV2', { Bucket: bucket }, 'Contents');
    const { RoleName: roleName } = await one('iam', 'ListRoles', {}, 'Roles');
    const deployment = await one('ecs', 'ListServiceDeployments', { cluster, service: 'web' }, 'serviceDeployments');
    const { Name: ruleName } = await one('events', 'ListRules', { NamePrefix: 'firebreak' }, 'Rules');
    const { Arn: ruleTarget } = await one('events', 'ListTargetsByRule', { Rule: ruleName }, 'Targets');
    const { TargetGroupArn: targetGroupArn } = await one(
      'elasticloadbalancing',
      'DescribeTargetGroups',
      {},
      'TargetGroups',
    );
    const { logStreamName } = await one('logs', 'FilterLogEvents', { logGroupName }, 'events');
    const item = await one('dynamodb', 'Scan', { TableName: outputs['IncidentTableName'] }, 'Items');
    const sent = async (value: string): Promise<string> =>
      (await one('ssm', 'ListCommands', { Filters: [{ key: 'DocumentName', value }] }, 'Commands'))['CommandId'];
    const listed = await call('cloudformation', 'ListStackResources', { StackName: 'firebreak-dev' });
    const made = listed['StackResourceSummaries'] as unknown as readonly { readonly [field: string]: string }[];
    const mapping = made.find(({ ResourceType }) => ResourceType === 'AWS::Lambda::EventSourceMapping');
    const { repositoryArn } = await one('ecr', 'DescribeRepositories', {}, 'repositories');
    const { imageManifest } = await one(
      'ecr',
      'BatchGetImage',
      { repositoryName: 'shop/job', imageIds: [{ imageTag: 'latest' }] },
      'images',
    );
    return {
      stateMachineArn,
      executionArn,
      table: outputs['IncidentTableName'] ?? '',
      bucket,
      objectKey,
      topicArn: outputs['PageTopicArn'] ?? '',
      queueUrl: await one('sqs', 'ListQueues', {}, 'QueueUrls'),
      roleName,
      policyName: await one('iam', 'ListRolePolicies', { RoleName: roleName }, 'PolicyNames'),
      boundaryArn: 'arn:aws:iam::210987654321:policy/firebreak-boundary',
      taskArn: await one('ecs', 'ListTasks', { cluster }, 'taskArns'),
      hostArn: await one('ecs', 'ListContainerInstances', { cluster }, 'containerInstanceArns'),
      serviceArn: await one('ecs', 'ListServices', { cluster }, 'serviceArns'),
      deploymentArn: deployment['serviceDeploymentArn'],
      revisionArn: deployment['targetServiceRevisionArn'],
      ruleName,
      ruleTarget,
      targetGroupArn,
      repositoryArn,
      layerDigest: JSON.parse(imageManifest ?? '{}').layers[0].digest,
      logStreamName,
      detector: await one('guardduty', 'ListDetectors', {}, 'DetectorIds'),
      mapping: mapping?.['PhysicalResourceId'] ?? '',
      itemKey: { pk: item['pk'], sk: item['sk'] },
      scriptCommand: await sent('AWS-RunShellScript'),
      patchCommand: await sent('AWS-RunPatchBaseline'),
    };
  }

  const readOperations = services.flatMap(({ name, operations, admitsItself }) =>
    // What lies in a cluster is asked of its own API: clusters.test.ts.
    Object.keys(admitsItself === true ? {} : operations)
      .filter(isRead)
      .map((operation) => [name, operation] as const),
  );

  it('is kept whole: headers, body, and what is encoded in it', async () => {
    answers = [];
    await call('sqs', 'ListQueues', {});
    await call('iam', 'ListRoles', {});
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    const text = answers.map((answer) => answer.text).join();
    expect(text).toMatch(/"x-amzn-requestid":"[0-9a-f-]{36}"/);
    // As another account and another endpoint see it, all of it is foreign.
    const others = foreignIn(text, { ...own, account: '111111111111', endpoint: 'http://127.0.0.1:1' });
    expect(others).toContainEqual(expect.stringMatching(/^http:.*\/210987654321\/firebreak-dev-/));
    expect(others).toContainEqual('arn:aws:iam::210987654321:');
  });

  it.each(readOperations)('%s %s names nothing of others', async (service, operation) => {
    const input = reads(found)[service]?.[operation];
    if (input === undefined) throw new Error(`calls.ts has no call of ${service} ${operation}: write one`);
    for (const each of [input].flat()) {
      // First that it went well, and with something in it: a refusal shows little, and nothing shows nothing.
      const answer = await call(service, operation, each);
      if (!empty.has(`${service} ${operation}`)) expect(answer).toSatisfy(isFull);
      expect(await foreignOf(service, operation, each)).toEqual([]);
    }
  });

  it('a rule of replication names where it was told to, and nothing besides', async () => {
    const destinations = [{ region: 'eu-west-1', registryId: own.account }];
    const image = await call('ecr', 'BatchGetImage', { repositoryName: 'shop/job', imageIds: [{ imageTag: '0' }] });
    const [{ imageManifest }] = image['images'] as unknown as [{ readonly imageManifest: string }];
    await call('ecr', 'PutReplicationConfiguration', { replicationConfiguration: { rules: [{ destinations }] } });
    await call('ecr', 'PutImage', { repositoryName: 'shop/job', imageManifest, imageTag: 'copied' });
    expect(await foreignOf('ecr', 'DescribeRegistry', {})).toEqual(['eu-west-1']);
    const copied = { repositoryName: 'shop/job', imageId: { imageTag: 'copied' } };
    expect(await foreignOf('ecr', 'DescribeImageReplicationStatus', copied)).toEqual(['eu-west-1']);
    expect(answers[0]?.text).toContain('IN_PROGRESS');
  });

  const none = 'none';
  it.each([
    ['sts', 'AssumeRole', { RoleArn: `arn:aws:iam::${own.account}:role/nobody`, RoleSessionName: 'me' }],
    ['ecr', 'DescribeImages', { repositoryName: none }],
    ['ecr', 'CreateRepository', { repositoryName: none }],
    ['ecs', 'DescribeServices', { cluster: none, services: ['x'] }],
    ['ecs', 'RegisterTaskDefinition', { family: 'new', containerDefinitions: [{ name: 'a', image: 'shop/web:prod' }] }],
    ['ecs', 'UpdateService', { cluster: 'prod', service: 'web', desiredCount: 3 }],
    ['sqs', 'GetQueueUrl', { QueueName: none }],
    ['sns', 'Publish', { TopicArn: `arn:aws:sns:${own.region}:${own.account}:none`, Message: 'x' }],
    ['s3', 'GetObject', { Bucket: 'no-such-bucket', Key: 'x' }],
    ['lambda', 'GetFunction', { FunctionName: none }],
    [
      'states',
      'DescribeStateMachine',
      { stateMachineArn: `arn:aws:states:${own.region}:${own.account}:stateMachine:no` },
    ],
    ['dynamodb', 'Scan', { TableName: none }],
    ['iam', 'GetRole', { RoleName: none }],
    ['logs', 'FilterLogEvents', { logGroupName: none }],
    ['ecr', 'GetLifecyclePolicy', { repositoryName: 'shop/web' }],
    ['ecr', 'StartImageScan', { repositoryName: 'shop/job', imageId: { imageTag: none } }],
    ['ssm', 'GetParameter', { Name: '/none' }],
    ['ssm', 'DescribeInstancePatches', { InstanceId: 'i-00000000000000000' }],
    [
      'ssm',
      'SendCommand',
      { DocumentName: 'AWS-RunShellScript', Parameters: { commands: ['a'] }, InstanceIds: ['i-00000000000000000'] },
    ],
    ['ec2', 'CreateSecurityGroup', { GroupName: 'web', Description: 'a', VpcId: 'vpc-0a1b2c3d4e5f60718' }],
    ['ec2', 'DeleteSecurityGroup', { GroupId: 'sg-0a1b2c3d4e5f60718' }],
    [
      'ec2',
      'AuthorizeSecurityGroupEgress',
      { GroupId: 'sg-0a1b2c3d4e5f60718', IpProtocol: 'tcp', FromPort: 1, ToPort: 1, CidrIp: '10.0.0.0/16' },
    ],
    ['ec2', 'ModifyNetworkInterfaceAttribute', { NetworkInterfaceId: 'eni-0123456789abcdef0', Groups: ['sg-1'] }],
    ['elasticloadbalancing', 'DescribeTargetGroups', { Names: [none] }],
    ['events', 'DescribeRule', { Name: none }],
    ['application-autoscaling', 'DescribeScalableTargets', { ServiceNamespace: 'rds' }],
  ])('%s %s, refused or done, names nothing of others', async (service, operation, input) => {
    expect(await foreignOf(service, operation, input)).toEqual([]);
  });

  it('what travels through queues and topics, and the trail, name nothing of others', async () => {
    await call('sqs', 'SendMessage', { QueueUrl: found.queueUrl, MessageBody: 'x' });
    expect(await foreignOf('sqs', 'ReceiveMessage', { QueueUrl: found.queueUrl, AttributeNames: ['All'] })).toEqual([]);
    expect(foreignIn(JSON.stringify(stage.told()), mine())).toEqual([]);
    const trail = await (await fetch(`${stage.account.endpoint}/_sandbox/trail`)).text();
    expect(trail).toContain('ecr:UpdateImageStorageClass');
    expect(foreignIn(trail, mine())).toEqual([]);
  });
});
