import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SandboxProcess, startSandboxProcess } from '../system/sandboxProcess.ts';
import { running, unused } from '../system/scan.ts';
import { hasTool } from '../system/tools.ts';
import { type AwsCli, awsCli, query } from './aws.ts';

const world = fileURLToPath(new URL('../system/payments.account.yaml', import.meta.url));

describe.skipIf(!hasTool('the aws CLI', 'aws', ['--version']))('the aws CLI against firebreak sandbox', () => {
  let sandbox: SandboxProcess;
  let cli: AwsCli;
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'firebreak-aws-'));
    // The shipped rules would archive what a test has just scanned.
    sandbox = await startSandboxProcess('--account', world, '--observe');
    cli = awsCli(sandbox);
  });
  afterAll(async () => {
    await sandbox?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** In us-east-1 version 1 of the CLI calls queue.amazonaws.com for SQS, whatever AWS_ENDPOINT_URL says. */
  const sqs = (...args: readonly string[]) => ['sqs', ...args, '--endpoint-url', sandbox.ready.endpoint];

  it('knows who it is', async () => {
    expect(await cli.answer('sts', 'get-caller-identity', ...query('Arn'))).toBe('arn:aws:iam::123456789012:root');
  });

  it('lists what the account file says, page by page', async () => {
    const names = await cli.answer(
      'ecr',
      'describe-repositories',
      '--page-size',
      '2',
      ...query('repositories[].repositoryName'),
    );
    expect(names.split(/\s+/)).toHaveLength(6);
    const tasks = await cli.answer(
      'ecs',
      'list-tasks',
      '--cluster',
      'prod',
      '--page-size',
      '1',
      ...query('taskArns[]'),
    );
    expect(tasks.split(/\s+/)).toHaveLength(3);
    const described = query('services[].deployments[].createdAt');
    const created = await cli.answer(
      'ecs',
      'describe-services',
      '--cluster',
      'prod',
      '--services',
      'ledger',
      ...described,
    );
    // Version 1 writes seconds, version 2 ISO 8601.
    expect(created).toMatch(/^(\d{10}(\.\d+)?|\d{4}-\d\d-\d\dT.*)$/);
  });

  it('lists what the stack is made of', async () => {
    const { stack } = sandbox.ready;
    const parameters = query('Parameters[].Name');
    const path = ['--path', '/firebreak/dev', '--recursive'];
    expect(await cli.answer('ssm', 'get-parameters-by-path', ...path, ...parameters)).toContain('/firebreak/dev/stack');
    expect(await cli.answer('sns', 'list-topics', ...query('Topics[].TopicArn'))).toContain(stack.topics.page);
    expect(await cli.answer('stepfunctions', 'list-state-machines', ...query('stateMachines[].stateMachineArn'))).toBe(
      stack.stateMachineArn,
    );
    expect(await cli.answer('lambda', 'list-functions', ...query('Functions[].FunctionName'))).toContain(
      'firebreak-dev-decide',
    );
    expect(await cli.answer('events', 'list-rules', ...query('Rules[].Name'))).toContain('ImageScanRule');
    expect(await cli.answer('logs', 'describe-log-groups', ...query('logGroups[].logGroupName'))).toContain(
      'dev-guard',
    );
    const table = ['--table-name', stack.incidentTable];
    expect(await cli.answer('dynamodb', 'describe-table', ...table, ...query('Table.TableStatus'))).toBe('ACTIVE');
    expect(await cli.answer('dynamodb', 'list-tables', ...query('TableNames[]'))).toBe(stack.incidentTable);
  });

  it('reads a role, and what it may do', async () => {
    const roles = await cli.answer('iam', 'list-roles', '--page-size', '2', ...query('Roles[].RoleName'));
    const act = roles.split(/\s+/).find((name) => name.includes('ActRole')) ?? '';
    const role = ['--role-name', act];
    const trusted = query('Role.AssumeRolePolicyDocument.Statement[].Principal.Service');
    expect(await cli.answer('iam', 'get-role', ...role, ...trusted)).toBe('lambda.amazonaws.com');
    expect(await cli.answer('iam', 'list-attached-role-policies', ...role, ...query('AttachedPolicies[]'))).toBe('');
    const names = await cli.answer('iam', 'list-role-policies', ...role, ...query('PolicyNames[]'));
    const policy = [...role, '--policy-name', names.split(/\s+/)[0] ?? ''];
    const granted = query("PolicyDocument.Statement[?Sid=='Incidents'].Action[]");
    expect(await cli.answer('iam', 'get-role-policy', ...policy, ...granted)).toContain('dynamodb:UpdateItem');
  });

  it('finds the network interfaces of tasks', async () => {
    const interfaces = query('NetworkInterfaces[].[NetworkInterfaceId,RequesterManaged]');
    const found = (await cli.answer('ec2', 'describe-network-interfaces', ...interfaces)).split('\n');
    expect(found.length).toBeGreaterThan(2);
    const [id = '', managed] = found[0]?.split(/\s+/) ?? [];
    expect(managed).toBe('True');
    const one = ['--network-interface-ids', id, '--filters', 'Name=status,Values=in-use,available'];
    expect((await cli.answer('ec2', 'describe-network-interfaces', ...one, ...interfaces)).split('\n')).toHaveLength(1);
  });

  it('registers a scalable target, suspended, and reads it back', async () => {
    const which = ['--service-namespace', 'ecs', '--resource-id', 'service/prod/ledger'];
    const dimension = ['--scalable-dimension', 'ecs:service:DesiredCount'];
    const bounds = [
      '--min-capacity',
      '0',
      '--max-capacity',
      '5',
      '--suspended-state',
      'DynamicScalingOutSuspended=true',
    ];
    const arn = query('ScalableTargetARN');
    const registered = await cli.answer(
      'application-autoscaling',
      'register-scalable-target',
      ...which,
      ...dimension,
      ...bounds,
      ...arn,
    );
    expect(registered).toContain(':scalable-target/');
    const read = query('ScalableTargets[].[MinCapacity,MaxCapacity,SuspendedState.DynamicScalingOutSuspended]');
    const targets = [
      'describe-scalable-targets',
      '--service-namespace',
      'ecs',
      '--resource-ids',
      'service/prod/ledger',
    ];
    expect((await cli.answer('application-autoscaling', ...targets, ...read)).split(/\s+/)).toEqual(['0', '5', 'True']);
  });

  it('sends a message through a queue', async () => {
    const queues = await cli.answer(...sqs('list-queues', ...query('QueueUrls[]')));
    const url = queues.split(/\s+/).find((one) => one.includes('Undelivered')) ?? '';
    await cli.answer(...sqs('send-message', '--queue-url', url, '--message-body', 'hello'));
    const received = await cli.answer(...sqs('receive-message', '--queue-url', url, ...query('Messages[].Body')));
    expect(received).toBe('hello');
  });

  it('copies, lists and removes a file', async () => {
    const stack = await cli.answer(
      'ssm',
      'get-parameter',
      '--name',
      '/firebreak/dev/stack',
      ...query('Parameter.Value'),
    );
    const { bucket } = JSON.parse(stack);
    const file = join(folder, 'a b.txt');
    writeFileSync(file, 'hello');
    const key = `s3://${bucket}/some folder/a b+c.txt`;
    await cli.answer('s3', 'cp', file, key);
    expect(await cli.answer('s3', 'ls', `s3://${bucket}/some folder/`)).toMatch(/ 5 a b\+c\.txt$/);
    expect(await cli.answer('s3', 'cp', key, '-')).toBe('hello');
    await cli.answer('s3', 'rm', key);
    expect((await cli.run('s3', 'ls', `s3://${bucket}/some folder/`)).out).toBe('');
  });

  it('scans an image, waits for it, and reads what it found', async () => {
    const image = ['--repository-name', unused.repository, '--image-id', `imageDigest=${unused.digest}`];
    await cli.answer('ecr', 'start-image-scan', ...image);
    await cli.answer('ecr', 'wait', 'image-scan-complete', ...image);
    const found = query('imageScanFindings.findingSeverityCounts.CRITICAL');
    expect(await cli.answer('ecr', 'describe-image-scan-findings', ...image, ...found)).toBe('12');
  });

  it.each([
    ['ecr describe-images --repository-name none', 'RepositoryNotFoundException', 'DescribeImages'],
    ['ecs list-services --cluster none', 'ClusterNotFoundException', 'ListServices'],
    [
      'application-autoscaling register-scalable-target --service-namespace ecs --resource-id service/prod/none --scalable-dimension ecs:service:DesiredCount',
      'ValidationException',
      'RegisterScalableTarget',
    ],
    [
      'ec2 describe-network-interfaces --network-interface-ids eni-0123456789abcdef0',
      'InvalidNetworkInterfaceID.NotFound',
      'DescribeNetworkInterfaces',
    ],
    ['elbv2 describe-target-groups --names none', 'TargetGroupNotFound', 'DescribeTargetGroups'],
    ['ssm get-parameter --name /none', 'ParameterNotFound', 'GetParameter'],
    ['dynamodb describe-table --table-name none', 'ResourceNotFoundException', 'DescribeTable'],
    ['lambda get-function --function-name none', 'ResourceNotFoundException', 'GetFunction'],
    ['logs filter-log-events --log-group-name none', 'ResourceNotFoundException', 'FilterLogEvents'],
    ['events describe-rule --name none', 'ResourceNotFoundException', 'DescribeRule'],
    ['sns publish --topic-arn arn:aws:sns:us-east-1:123456789012:none --message x', 'NotFound', 'Publish'],
    ['iam get-role-policy --role-name none --policy-name none', 'NoSuchEntity', 'GetRolePolicy'],
    ['dynamodb scan --table-name none', 'ResourceNotFoundException', 'Scan'],
    ['ecs create-service --service-name web', 'UnknownOperationException', 'CreateService'],
    ['s3api get-object --bucket none-such --key x /dev/null', 'NoSuchBucket', 'GetObject'],
    [
      'stepfunctions describe-execution --execution-arn arn:aws:states:us-east-1:123456789012:execution:a:b',
      'ExecutionDoesNotExist',
      'DescribeExecution',
    ],
  ])('%s: says %s', async (command, code, operation) => {
    const { exit, err } = await cli.run(...command.split(' '));
    // Version 1 ends with 255, version 2 with 254.
    expect([254, 255]).toContain(exit);
    expect(err).toContain(`An error occurred (${code}) when calling the ${operation} operation`);
  });

  it('pulls what a service runs, by tag', async () => {
    const image = ['--repository-name', running.repository, '--image-ids', 'imageTag=prod'];
    expect(await cli.answer('ecr', 'batch-get-image', ...image, ...query('images[].imageId.imageDigest'))).toBe(
      running.digest,
    );
  });
});
