import { describe, expect, test } from 'vitest';
import { incidentKey } from '../../shared/finding/incidentKey.ts';
import { invalidPath, oneFinding, parsed } from './sampleEvent.ts';
import { onCluster, onResource, onTask, type Tree, threatEvent } from './threatEvent.ts';

const at = 'detail.resource';
const taskArn = 'arn:aws:ecs:us-east-1:123456789012:task/prod/0f1e2d3c4b5a69788796a5b4c3d2e1f0';
const accused = (event: unknown) => oneFinding(event).resource;
const pathOf = (event: unknown): string => invalidPath(() => parsed(event));

describe('ECSCluster', () => {
  test('with a task is that task, whatever blocks stand beside', () => {
    expect(accused(threatEvent('ecs-reverse-shell'))).toMatchObject({ kind: 'ecs-task', launchType: 'EC2' });
    expect(accused(threatEvent('ecs-malware'))).toMatchObject({ kind: 'ecs-task', arn: taskArn });
  });

  test('takes the cluster from the ARN of the task', () => {
    expect(accused(onCluster({ arn: null, name: null }))).toMatchObject({ cluster: 'prod', arn: taskArn });
    expect(accused(onCluster({ name: 'elsewhere' }))).toMatchObject({ cluster: 'prod' });
  });

  test('a task that no service started has its group, and an incident of its own', () => {
    const finding = oneFinding(threatEvent('ecs-standalone-task'));
    expect(finding.resource).toMatchObject({ service: null, group: 'family:nightly-report' });
    expect(incidentKey(finding)).toBe('ecs-group/123456789012/us-east-1/prod/family:nightly-report');
    expect(incidentKey(oneFinding(onTask({ group: null })))).toBe(
      'ecs-task/123456789012/us-east-1/prod/0f1e2d3c4b5a69788796a5b4c3d2e1f0',
    );
  });

  test.each(['service:check*out', 'service:'])('of %s, which can be no service, is accused all the same', (group) => {
    expect(accused(onTask({ group }))).toMatchObject({ kind: 'ecs-task', arn: taskArn, service: null, group });
  });

  test('with nulls where details were is still that task', () => {
    expect(accused(threatEvent('nulls'))).toEqual({
      kind: 'ecs-task',
      id: 'prod/0f1e2d3c4b5a69788796a5b4c3d2e1f0',
      arn: taskArn,
      cluster: 'prod',
      service: null,
      group: null,
      taskDefinition: null,
      launchType: null,
      containers: [],
    });
  });

  test('keeps the containers that have a name, twenty at most', () => {
    const containers = [{ name: null, image: 'x' }, 'odd', null, { name: 'a', image: null }];
    expect(accused(onTask({ containers }))).toMatchObject({ containers: [{ name: 'a', image: '' }] });
    expect(accused(onTask({ containers: { name: 'a' } }))).toMatchObject({ containers: [] });
    const many = Array.from({ length: 40 }, (_, n) => ({ name: `c${n}`, image: 'x'.repeat(5000) }));
    const resource = accused(onTask({ containers: many }));
    const kept = resource.kind === 'ecs-task' ? resource.containers : [];
    expect([kept.length, kept[0]?.image.length]).toEqual([20, 512]);
  });

  test('without a task is the cluster, by its ARN or by its name', () => {
    const cluster = {
      kind: 'ecs-cluster',
      id: 'prod',
      arn: 'arn:aws:ecs:us-east-1:123456789012:cluster/prod',
      cluster: 'prod',
      tasks: [],
    };
    expect(accused(threatEvent('ecs-cluster'))).toEqual(cluster);
    expect(accused(onCluster({ taskDetails: null }))).toEqual(cluster);
    expect(accused(onTask({ arn: null }))).toEqual(cluster);
    expect(accused(onCluster({ taskDetails: null, arn: null }))).toEqual(cluster);
  });

  test.each<[string, Tree, string]>([
    ['a wildcard for a cluster', { arn: taskArn.replace('/prod/', '/*/') }, 'arn'],
    ['a wildcard for a task', { arn: taskArn.replace(/[^/]+$/, '*') }, 'arn'],
    ['no cluster', { arn: taskArn.replace('/prod/', '/') }, 'arn'],
    ['another service', { arn: taskArn.replace(':ecs:', ':ec2:') }, 'arn'],
    ['another account', { arn: taskArn.replace('123456789012', '210987654321') }, 'arn'],
    ['another Region', { arn: taskArn.replace('us-east-1', 'us-east-2') }, 'arn'],
    ['something that is no ARN', { arn: 'prod/0f1e2d3c' }, 'arn'],
    ['a number', { arn: 7 }, 'arn'],
    ['a definition that cannot be one', { definitionArn: 'checkout-api:87' }, 'definitionArn'],
  ])('with a task of %s is invalid', (_, task, field) => {
    expect(pathOf(onTask(task))).toBe(`${at}.ecsClusterDetails.taskDetails.${field}`);
  });

  test('with a cluster that cannot be one is invalid', () => {
    const without = { taskDetails: null };
    expect(pathOf(onCluster({ ...without, arn: 'arn:aws:ecs:us-east-1:123456789012:cluster/*' }))).toBe(
      `${at}.ecsClusterDetails.arn`,
    );
    expect(pathOf(onCluster({ ...without, arn: null, name: 'pr*d' }))).toBe(`${at}.ecsClusterDetails.name`);
  });
});

describe('Instance and Container', () => {
  const host = {
    kind: 'instance',
    id: 'i-0ab12cd34ef567890',
    arn: 'arn:aws:ec2:us-east-1:123456789012:instance/i-0ab12cd34ef567890',
  };

  test('are the host', () => {
    expect(accused(threatEvent('instance-bitcoin-dns'))).toEqual(host);
    const container = { resourceType: 'Container', containerDetails: { id: null, name: null, imagePrefix: null } };
    expect(accused(threatEvent('ecs-malware', { resource: container }))).toEqual(host);
  });

  test('with an id that cannot be one are invalid', () => {
    const resource = { instanceDetails: { instanceId: 'i-*' } };
    expect(pathOf(threatEvent('instance-bitcoin-dns', { resource }))).toBe(`${at}.instanceDetails.instanceId`);
  });

  test('whether it was attacked or attacked others is said', () => {
    const role = (resourceRole: unknown) =>
      oneFinding(threatEvent('instance-brute-force', { service: { resourceRole } })).threat?.role;
    expect(['TARGET', 'ACTOR', 'OTHER', null].map(role)).toEqual(['target', 'actor', null, null]);
  });
});

describe('EKSCluster', () => {
  const pods = (resource: Tree) => threatEvent('eks-reverse-shell', { resource });
  const workload = (kubernetesWorkloadDetails: Tree | null) =>
    pods({ kubernetesDetails: { kubernetesWorkloadDetails } });

  test('is the workload in its namespace, though its host stands beside', () => {
    expect(accused(threatEvent('eks-reverse-shell'))).toEqual({
      kind: 'pod',
      id: 'prod-eks/payments/checkout-5c9f',
      arn: 'arn:aws:eks:us-east-1:123456789012:cluster/prod-eks',
      cluster: 'prod-eks',
      namespace: 'payments',
      workload: 'pods/checkout-5c9f',
      serviceAccount: 'checkout',
    });
  });

  test('without a workload is the cluster', () => {
    const whole = { kind: 'pod', id: 'prod-eks', namespace: null, workload: null };
    expect(accused(workload(null))).toMatchObject(whole);
    expect(accused(workload({ name: null }))).toMatchObject(whole);
    expect(accused(pods({ kubernetesDetails: null }))).toMatchObject(whole);
  });

  test('of the whole cluster has no namespace, and may lack its type', () => {
    expect(accused(workload({ namespace: null, type: null }))).toMatchObject({
      id: 'prod-eks/checkout-5c9f',
      workload: 'workload/checkout-5c9f',
    });
  });

  test('is known by its name where the ARN is missing', () => {
    expect(accused(pods({ eksClusterDetails: { arn: null } }))).toMatchObject({
      id: 'prod-eks/payments/checkout-5c9f',
    });
  });

  test.each<[Tree, string]>([
    [{ eksClusterDetails: { arn: 'arn:aws:eks:us-east-1:123456789012:cluster/*' } }, 'eksClusterDetails.arn'],
    [{ eksClusterDetails: { arn: null, name: '-prod' } }, 'eksClusterDetails.name'],
    [
      { kubernetesDetails: { kubernetesWorkloadDetails: { name: 'a/b' } } },
      'kubernetesDetails.kubernetesWorkloadDetails.name',
    ],
    [
      { kubernetesDetails: { kubernetesWorkloadDetails: { namespace: 'a b' } } },
      'kubernetesDetails.kubernetesWorkloadDetails.namespace',
    ],
  ])('with %j is invalid', (resource, path) => {
    expect(pathOf(pods(resource))).toBe(`${at}.${path}`);
  });
});

describe('Lambda', () => {
  const lambda = (lambdaDetails: Tree) => threatEvent('lambda-c2', { resource: { lambdaDetails } });
  const arn = 'arn:aws:lambda:us-east-1:123456789012:function:img-resize';

  test('is the function, without a version', () => {
    expect(accused(threatEvent('lambda-c2'))).toEqual({ kind: 'function', id: arn, arn });
    expect(accused(lambda({ functionArn: `${arn}:$LATEST` })).id).toBe(arn);
    expect(accused(lambda({ functionArn: `${arn}:12` })).id).toBe(arn);
    expect(accused(lambda({ functionArn: null })).id).toBe(arn);
  });

  test('that cannot be one is invalid', () => {
    expect(pathOf(lambda({ functionArn: `${arn}*` }))).toBe(`${at}.lambdaDetails.functionArn`);
    expect(pathOf(lambda({ functionArn: null, functionName: 'a*' }))).toBe(`${at}.lambdaDetails.functionName`);
  });
});

describe('AccessKey', () => {
  const key = (accessKeyDetails: Tree) => threatEvent('task-role-exfiltrated', { resource: { accessKeyDetails } });

  test('of a role is that role, with the session: of an ECS task its id', () => {
    expect(accused(threatEvent('task-role-exfiltrated'))).toEqual({
      kind: 'role',
      id: 'checkout-task-role',
      arn: 'arn:aws:iam::123456789012:role/checkout-task-role',
      session: '0f1e2d3c4b5a69788796a5b4c3d2e1f0',
    });
    expect(accused(key({ userType: 'Role', principalId: 'AROAEXAMPLEEXAMPLE12' }))).toMatchObject({ session: null });
    expect(accused(key({ principalId: null }))).toMatchObject({ session: null });
    expect(accused(key({ principalId: 'AROAEXAMPLEEXAMPLE12:a:b' }))).toMatchObject({ session: 'a:b' });
  });

  test('of anybody else is nothing that is acted on', () => {
    expect(accused(threatEvent('iam-user'))).toMatchObject({ kind: 'other', id: 'AccessKey/ann', type: 'AccessKey' });
    for (const userType of ['Root', 'FederatedUser', 'AWSService', null]) {
      expect(accused(key({ userType })).kind).toBe('other');
    }
    expect(accused(key({ userName: null })).id).toBe('AccessKey/AROAEXAMPLEEXAMPLE12:0f1e2d3c4b5a69788796a5b4c3d2e1f0');
  });

  test('of a role that cannot be one is invalid', () => {
    expect(pathOf(key({ userName: 'checkout/*' }))).toBe(`${at}.accessKeyDetails.userName`);
  });
});

describe('what nothing here acts on', () => {
  const findingArn =
    'arn:aws:guardduty:us-east-1:123456789012:detector/d8b1c2d3e4f5061728394a5b6c7d8e9f/finding/aec1a2b3c4d5e6f708192a3b4c5d6e7f';
  const typed = (resourceType: unknown, resource: Tree = {}) =>
    onResource({ ecsClusterDetails: undefined, resourceType, ...resource });

  test('has its type in its id, and names what the finding names', () => {
    const bucket = { name: 'ledger', arn: 'arn:aws:s3:::ledger' };
    expect(accused(typed('S3Bucket', { s3BucketDetails: [bucket], accessKeyDetails: { userName: 'ann' } }))).toEqual({
      kind: 'other',
      id: 'S3Bucket/ledger',
      arn: 'arn:aws:s3:::ledger',
      type: 'S3Bucket',
    });
    const base = { dbInstanceIdentifier: 'ledger', dbInstanceArn: 'arn:aws:rds:us-east-1:123456789012:db:ledger' };
    expect(accused(typed('RDSDBInstance', { rdsDbInstanceDetails: base }))).toMatchObject({
      id: 'RDSDBInstance/ledger',
      arn: base.dbInstanceArn,
    });
    const snapshotArn = 'arn:aws:ec2:us-east-1::snapshot/snap-1';
    expect(accused(typed('Snapshot', { ebsSnapshotDetails: { snapshotArn } })).id).toBe(`Snapshot/${snapshotArn}`);
  });

  test.each([
    'QuantumProcessor',
    'ECSCluster',
    'EKSCluster',
    'Lambda',
    'Instance',
    'Container',
    'AccessKey',
    'S3Bucket',
  ])('is a %s without its details: the finding itself names it', (type) => {
    expect(accused(typed(type))).toEqual({
      kind: 'other',
      id: `${type}/aec1a2b3c4d5e6f708192a3b4c5d6e7f`,
      arn: findingArn,
      type,
    });
  });

  test('has the type "unknown" where there is none, whatever blocks there are', () => {
    const unknown = { kind: 'other', id: 'unknown/aec1a2b3c4d5e6f708192a3b4c5d6e7f', type: 'unknown' };
    expect(accused(onResource({ resourceType: null }))).toMatchObject(unknown);
    expect(accused(threatEvent('ecs-miner', { resource: null, arn: null }))).toMatchObject({ ...unknown, arn: '' });
    expect(accused(threatEvent('ecs-miner', { resource: 'text' }))).toMatchObject(unknown);
  });

  test('never becomes another kind because of a block of it', () => {
    expect(accused(threatEvent('ecs-malware', { resource: { resourceType: 'EBSVolume' } }))).toMatchObject({
      kind: 'other',
      type: 'EBSVolume',
    });
  });

  test('has a bounded type', () => {
    expect(accused(typed('x'.repeat(5000)))).toMatchObject({ type: expect.stringMatching(/^.{100}$/) });
  });
});
