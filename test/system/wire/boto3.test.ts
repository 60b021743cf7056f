import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SandboxProcess, startSandboxProcess } from '../sandboxProcess.ts';
import { running, unused } from '../scan.ts';
import { hasTool } from '../tools.ts';
import { type Boto3, openBoto3 } from './boto3.ts';

const world = fileURLToPath(new URL('../payments.account.yaml', import.meta.url));
const hasBoto3 = hasTool('boto3 (python3)', 'python3', ['-c', 'import boto3']);

/** A time that the client parsed, of today or yesterday: the sandbox begins now, by the machine's clock. */
const lately = {
  time: expect.toSatisfy((text: string) => Math.abs(Date.parse(text) - Date.now()) < 86_400_000, 'a time of late'),
};
const modelled = (type: string, code = type) => ({ type, code, status: expect.any(Number) });

describe.skipIf(!hasBoto3)('boto3, which has AWS’s own models, against firebreak sandbox', () => {
  let sandbox: SandboxProcess;
  let boto3: Boto3;

  beforeAll(async () => {
    sandbox = await startSandboxProcess('--account', world, '--observe');
    boto3 = openBoto3(sandbox.env);
  });
  afterAll(async () => {
    await boto3?.close();
    await sandbox?.stop();
  });

  it('sts: who calls, and a role that may not be assumed', async () => {
    expect(await boto3.ok('sts', 'get_caller_identity')).toMatchObject({
      Account: '123456789012',
      Arn: 'arn:aws:iam::123456789012:root',
    });
    const args = { RoleArn: 'arn:aws:iam::123456789012:role/nobody', RoleSessionName: 'me' };
    expect(await boto3.refused('sts', 'assume_role', args)).toMatchObject({ code: 'AccessDenied', status: 403 });
  });

  it('ssm: puts, reads, pages and deletes parameters', async () => {
    for (const name of ['a', 'b', 'c']) {
      const put = { Name: `/shop/${name}`, Value: 'héllo', Type: 'String' };
      expect(await boto3.ok('ssm', 'put_parameter', put)).toMatchObject({ Version: 1 });
    }
    const again = { Name: '/shop/a', Value: 'x', Type: 'String' };
    expect(await boto3.refused('ssm', 'put_parameter', again)).toMatchObject(modelled('ParameterAlreadyExists'));
    expect(await boto3.ok('ssm', 'get_parameter', { Name: '/shop/a' })).toMatchObject({
      Parameter: { Value: 'héllo', Version: 1, LastModifiedDate: lately },
    });
    const { all, pages } = await boto3.paged('ssm', 'get_parameters_by_path', 'Parameters', 2, { Path: '/shop' });
    expect(pages).toBeGreaterThan(1);
    expect(all).toMatchObject([{ Name: '/shop/a' }, { Name: '/shop/b' }, { Name: '/shop/c' }]);
    await boto3.ok('ssm', 'delete_parameter', { Name: '/shop/a' });
    const gone = await boto3.refused('ssm', 'get_parameter', { Name: '/shop/a' });
    expect(gone).toMatchObject(modelled('ParameterNotFound'));
  });

  it('ecr: lists, describes, pulls and pushes images', async () => {
    const { repository: repositoryName, digest } = unused;
    const { all, pages } = await boto3.paged('ecr', 'describe_repositories', 'repositories', 2);
    expect([all.length, pages]).toEqual([6, 3]);
    expect(await boto3.ok('ecr', 'describe_images', { repositoryName })).toMatchObject({
      imageDetails: [{ imageDigest: digest, imagePushedAt: { time: '2026-01-01T00:00:00.000+00:00' } }],
    });
    const imageIds = [{ imageTag: '1.42.0' }, { imageTag: 'none' }];
    const pulled = await boto3.ok('ecr', 'batch_get_image', { repositoryName, imageIds });
    expect(pulled).toMatchObject({
      images: [{ imageId: { imageDigest: digest } }],
      failures: [{ failureCode: 'ImageNotFound' }],
    });
    const [{ imageManifest }] = pulled['images'] as [{ imageManifest: string }];
    const push = { repositoryName, imageManifest, imageTag: '1.42.0' };
    expect(await boto3.refused('ecr', 'put_image', push)).toMatchObject(modelled('ImageAlreadyExistsException'));
    expect(await boto3.ok('ecr', 'put_image', { ...push, imageTag: 'again' })).toMatchObject({
      image: { imageId: { imageDigest: digest, imageTag: 'again' } },
    });
    const elsewhere = await boto3.refused('ecr', 'describe_images', { repositoryName: 'nothing' });
    expect(elsewhere).toMatchObject(modelled('RepositoryNotFoundException'));
  });

  it('ecs: lists and describes what runs', async () => {
    const cluster = 'prod';
    const { all, pages } = await boto3.paged('ecs', 'list_tasks', 'taskArns', 2, { cluster });
    expect([all.length, pages]).toEqual([3, 2]);
    expect(await boto3.ok('ecs', 'describe_tasks', { cluster, tasks: all })).toMatchObject({
      tasks: [1, 2, 3].map(() => ({ createdAt: lately, containers: [{ imageDigest: running.digest }] })),
    });
    expect(await boto3.ok('ecs', 'describe_services', { cluster, services: ['ledger', 'none'] })).toMatchObject({
      services: [{ serviceName: 'ledger', deployments: [{ createdAt: lately }] }],
      failures: [{ reason: 'MISSING' }],
    });
    const nowhere = await boto3.refused('ecs', 'list_services', { cluster: 'none' });
    expect(nowhere).toMatchObject(modelled('ClusterNotFoundException'));
  });

  it('dynamodb: puts under a condition, pages through a query', async () => {
    const TableName = sandbox.ready.stack.incidentTable;
    const item = (n: number) => ({ pk: { S: 'shop' }, sk: { S: String(n) }, n: { N: String(n) }, list: { L: [] } });
    for (const n of [1, 2, 3]) await boto3.ok('dynamodb', 'put_item', { TableName, Item: item(n) });
    const once = { TableName, Item: item(1), ConditionExpression: 'attribute_not_exists(pk)' };
    expect(await boto3.refused('dynamodb', 'put_item', once)).toMatchObject(
      modelled('ConditionalCheckFailedException'),
    );
    const query = { TableName, KeyConditionExpression: 'pk = :p', ExpressionAttributeValues: { ':p': { S: 'shop' } } };
    const { all, pages } = await boto3.paged('dynamodb', 'query', 'Items', 2, query);
    expect(all).toEqual([1, 2, 3].map(item));
    expect(pages).toBe(2);
    expect(await boto3.ok('dynamodb', 'describe_table', { TableName })).toMatchObject({
      Table: { TableStatus: 'ACTIVE', CreationDateTime: lately },
    });
    const none = await boto3.refused('dynamodb', 'describe_table', { TableName: 'none' });
    expect(none).toMatchObject(modelled('ResourceNotFoundException'));
  });

  it('sqs: sends, receives and deletes, whose digests the client checks', async () => {
    const { all, pages } = await boto3.paged('sqs', 'list_queues', 'QueueUrls', 1);
    expect(all.length).toBeGreaterThan(5);
    expect(pages).toBe(all.length);
    const QueueUrl = all.find((url) => String(url).includes('Undelivered'));
    const MessageAttributes = { reason: { DataType: 'String', StringValue: 'ünkown' } };
    await boto3.ok('sqs', 'send_message', { QueueUrl, MessageBody: 'héllo', MessageAttributes });
    const received = await boto3.ok('sqs', 'receive_message', { QueueUrl, MessageAttributeNames: ['All'] });
    expect(received).toMatchObject({ Messages: [{ Body: 'héllo', MessageAttributes }] });
    const [{ ReceiptHandle }] = received['Messages'] as [{ ReceiptHandle: string }];
    await boto3.ok('sqs', 'delete_message', { QueueUrl, ReceiptHandle });
    const bad = await boto3.refused('sqs', 'delete_message', { QueueUrl, ReceiptHandle: 'none' });
    expect(bad).toMatchObject(modelled('ReceiptHandleIsInvalid'));
    const none = await boto3.refused('sqs', 'get_queue_url', { QueueName: 'none' });
    expect(none).toMatchObject(modelled('QueueDoesNotExist', 'AWS.SimpleQueueService.NonExistentQueue'));
  });

  it('sns: publishes, and refuses what no topic or subject can be', async () => {
    const { page } = sandbox.ready.stack.topics;
    const { Topics } = await boto3.ok('sns', 'list_topics');
    expect(Topics).toContainEqual({ TopicArn: page });
    const publish = { TopicArn: page, Message: 'héllo <&> ☃', Subject: 'GET UP: a test' };
    expect(await boto3.ok('sns', 'publish', publish)).toMatchObject({ MessageId: expect.any(String) });
    const long = await boto3.refused('sns', 'publish', { ...publish, Subject: 'x'.repeat(101) });
    expect(long).toMatchObject(modelled('InvalidParameterException', 'InvalidParameter'));
    const none = await boto3.refused('sns', 'publish', { ...publish, TopicArn: `${page}x` });
    expect(none).toMatchObject(modelled('NotFoundException', 'NotFound'));
  });

  it('s3: puts, reads and lists objects with odd keys', async () => {
    const { Parameter } = await boto3.ok('ssm', 'get_parameter', { Name: '/firebreak/dev/stack' });
    const { bucket: Bucket } = JSON.parse((Parameter as { Value: string }).Value);
    // In the order of their UTF-8 bytes.
    const keys = ['shop/a b+c.txt', 'shop/z', 'shop/ü&<>.txt'];
    const Metadata = { who: 'me' };
    for (const Key of keys) await boto3.ok('s3', 'put_object', { Bucket, Key, Body: 'héllo', Metadata });
    expect(await boto3.ok('s3', 'get_object', { Bucket, Key: keys[2] })).toMatchObject({
      Body: { bytes: 'héllo' },
      Metadata,
      LastModified: lately,
    });
    const { all, pages } = await boto3.paged('s3', 'list_objects_v2', 'Contents', 2, { Bucket, Prefix: 'shop/' });
    expect(all).toMatchObject(keys.map((Key) => ({ Key, Size: 6, LastModified: lately })));
    expect(pages).toBe(2);
    expect(await boto3.ok('s3', 'list_objects_v2', { Bucket, Prefix: 'shop', Delimiter: '/' })).toMatchObject({
      CommonPrefixes: [{ Prefix: 'shop/' }],
    });
    const get = (of: string, Key: string) => boto3.refused('s3', 'get_object', { Bucket: of, Key });
    expect(await get(Bucket, 'none')).toMatchObject(modelled('NoSuchKey'));
    expect(await get('no-such-bucket', 'none')).toMatchObject(modelled('NoSuchBucket'));
  });

  it('stepfunctions: starts a run once, and reads its history', async () => {
    const { stateMachineArn } = sandbox.ready.stack;
    const start = { stateMachineArn, name: 'by-hand', input: '{"incident":"none","run":"none"}' };
    const { executionArn, startDate } = await boto3.ok('stepfunctions', 'start_execution', start);
    expect(startDate).toEqual(lately);
    const other = await boto3.refused('stepfunctions', 'start_execution', { ...start, input: '{}' });
    expect(other).toMatchObject(modelled('ExecutionAlreadyExists'));
    const { all } = await boto3.paged('stepfunctions', 'get_execution_history', 'events', 1, { executionArn });
    expect(all[0]).toMatchObject({ type: 'ExecutionStarted', id: 1, timestamp: lately });
    const list = await boto3.paged('stepfunctions', 'list_executions', 'executions', 1, { stateMachineArn });
    expect(list.all).toContainEqual(expect.objectContaining({ executionArn, startDate: lately }));
    const none = await boto3.refused('stepfunctions', 'describe_execution', { executionArn: `${executionArn}-none` });
    expect(none).toMatchObject(modelled('ExecutionDoesNotExist'));
  });

  it('lambda: lists functions, and runs one', async () => {
    const { all, pages } = await boto3.paged('lambda', 'list_functions', 'Functions', 3);
    expect(pages).toBeGreaterThan(1);
    expect(all).toContainEqual(expect.objectContaining({ FunctionName: 'firebreak-dev-sweep' }));
    const invoked = await boto3.ok('lambda', 'invoke', { FunctionName: 'firebreak-dev-sweep', Payload: '{}' });
    expect(invoked).toMatchObject({ StatusCode: 200, Payload: { bytes: '{"until":null}' } });
    expect(invoked).not.toHaveProperty('FunctionError');
    const none = await boto3.refused('lambda', 'get_function', { FunctionName: 'none' });
    expect(none).toMatchObject({ ...modelled('ResourceNotFoundException'), status: 404 });
  });

  it('events: lists rules, puts events, tests a pattern', async () => {
    const { all, pages } = await boto3.paged('events', 'list_rules', 'Rules', 2);
    expect(all.length).toBeGreaterThan(2);
    expect(pages).toBe(Math.ceil(all.length / 2));
    const Entries = ['{}', '{'].map((Detail) => ({ Source: 'shop', DetailType: 'Order', Detail }));
    expect(await boto3.ok('events', 'put_events', { Entries })).toMatchObject({
      FailedEntryCount: 1,
      Entries: [{ EventId: expect.any(String) }, { ErrorCode: 'MalformedDetail' }],
    });
    const none = await boto3.refused('events', 'describe_rule', { Name: 'none' });
    expect(none).toMatchObject(modelled('ResourceNotFoundException'));
    const about = { id: '1', account: '1', source: 'shop', time: '2026-01-01T00:00:00Z', region: 'r', resources: [] };
    const Event = JSON.stringify({ ...about, 'detail-type': 'Order' });
    const test = (pattern: object) => ({ EventPattern: JSON.stringify(pattern), Event });
    expect(await boto3.ok('events', 'test_event_pattern', test({ source: ['shop'] }))).toMatchObject({ Result: true });
    const bad = await boto3.refused('events', 'test_event_pattern', test({ source: 'shop' }));
    expect(bad).toMatchObject(modelled('InvalidEventPatternException'));
  });

  it('logs: reads what a function wrote, and writes', async () => {
    const { all, pages } = await boto3.paged('logs', 'describe_log_groups', 'logGroups', 3);
    expect(pages).toBe(Math.ceil(all.length / 3));
    const logGroupName = '/aws/lambda/firebreak-dev-guard';
    expect(all).toContainEqual(expect.objectContaining({ logGroupName }));
    const read = await boto3.paged('logs', 'filter_log_events', 'events', 2, { logGroupName });
    expect(read.all).toContainEqual(expect.objectContaining({ message: expect.stringContaining('REPORT RequestId') }));
    const logStreamName = 'mine';
    const logEvents = [{ timestamp: Date.now(), message: 'héllo' }];
    await boto3.ok('logs', 'create_log_stream', { logGroupName, logStreamName });
    await boto3.ok('logs', 'put_log_events', { logGroupName, logStreamName, logEvents });
    expect(await boto3.ok('logs', 'get_log_events', { logGroupName, logStreamName })).toMatchObject({
      events: logEvents,
    });
    const twice = await boto3.refused('logs', 'create_log_stream', { logGroupName, logStreamName });
    expect(twice).toMatchObject(modelled('ResourceAlreadyExistsException'));
  });

  it('cloudwatch: describes alarms, in CBOR', async () => {
    const { all, pages } = await boto3.paged('cloudwatch', 'describe_alarms', 'MetricAlarms', 4);
    expect(pages).toBe(Math.ceil(all.length / 4));
    expect(all).toContainEqual(
      expect.objectContaining({
        AlarmName: 'firebreak-dev-undelivered',
        ActionsEnabled: true,
        Period: 60,
        Threshold: 0,
        Dimensions: [{ Name: 'QueueName', Value: expect.stringContaining('UndeliveredQueue') }],
        StateUpdatedTimestamp: lately,
      }),
    );
    const both = { AlarmNames: ['a'], AlarmNamePrefix: 'b' };
    expect(await boto3.refused('cloudwatch', 'describe_alarms', both)).toMatchObject({ code: 'ValidationError' });
  });

  it('cloudformation, lambda: lists what the stack is made of, and how a queue is read', async () => {
    const StackName = 'firebreak-dev';
    const { StackResourceSummaries } = (await boto3.ok('cloudformation', 'list_stack_resources', { StackName })) as {
      readonly StackResourceSummaries: readonly {
        readonly LogicalResourceId: string;
        readonly PhysicalResourceId: string;
      }[];
    };
    expect(StackResourceSummaries.length).toBeGreaterThan(50);
    const mapping = StackResourceSummaries.find(({ LogicalResourceId }) => LogicalResourceId === 'ImageScanMapping');
    const UUID = mapping?.PhysicalResourceId ?? '';
    expect(await boto3.ok('lambda', 'get_event_source_mapping', { UUID })).toMatchObject({ UUID, State: 'Enabled' });
    const none = await boto3.refused('lambda', 'get_event_source_mapping', { UUID: 'none' });
    expect(none).toMatchObject({ ...modelled('ResourceNotFoundException'), status: 404 });
    const gone = await boto3.refused('cloudformation', 'list_stack_resources', { StackName: 'gone' });
    expect(gone).toMatchObject({ code: 'ValidationError', status: 400 });
  });

  it('cloudtrail: what was called, though its clients write the name of its package before its own', async () => {
    expect(await boto3.ok('cloudtrail', 'lookup_events')).toMatchObject({ Events: [] });
    const refused = await boto3.refused('cloudtrail', 'lookup_events', { NextToken: 'none' });
    expect(refused).toMatchObject(modelled('InvalidNextTokenException'));
  });

  it('guardduty, inspector2, config: an account that nobody watches', async () => {
    expect(await boto3.ok('guardduty', 'list_detectors')).toMatchObject({ DetectorIds: [] });
    const none = await boto3.refused('guardduty', 'get_detector', { DetectorId: 'none' });
    expect(none).toMatchObject(modelled('BadRequestException'));
    const off = { accountId: '123456789012', state: { status: 'DISABLED' } };
    expect(await boto3.ok('inspector2', 'batch_get_account_status')).toMatchObject({ accounts: [off] });
    const recorders = await boto3.ok('config', 'describe_configuration_recorder_status');
    expect(recorders).toMatchObject({ ConfigurationRecordersStatus: [] });
    const ConfigurationRecorderNames = ['default'];
    const named = await boto3.refused('config', 'describe_configuration_recorder_status', {
      ConfigurationRecorderNames,
    });
    expect(named).toMatchObject(modelled('NoSuchConfigurationRecorderException'));
  });
});
