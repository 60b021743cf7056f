import { describe, expect, test } from 'vitest';
import { incidentKey } from '../../shared/finding/incidentKey.ts';
import { findingsOf, oneFinding } from './sampleEvent.ts';
import { onSequence, type Tree, threatEvent } from './threatEvent.ts';

const ecs = 'arn:aws:ecs:us-east-1:123456789012';
const cluster = (name: string): Tree => ({ uid: `${ecs}:cluster/${name}`, resourceType: 'ECS_CLUSTER', name });
const task = (name: string, id: string): Tree => ({ uid: `${ecs}:task/${name}/${id}`, resourceType: 'ECS_TASK' });
const onEcs = (...resources: unknown[]) => onSequence('ecs-attack-sequence', { resources });
const onType = (type: string, ...resources: unknown[]) => onSequence('ecs-attack-sequence', { resources }, { type });
const resourcesOf = (event: unknown) => findingsOf(event).map(({ resource }) => resource);
const untold = [{ kind: 'other', id: 'AttackSequence/eec1a2b3c4d5e6f708192a3b4c5d6e7f', type: 'AttackSequence' }];

describe('an attack sequence on ECS', () => {
  test('accuses its cluster, with the tasks that it names', () => {
    const finding = oneFinding(threatEvent('ecs-attack-sequence'));
    expect(finding).toMatchObject({ type: 'AttackSequence:ECS/CompromisedCluster', severity: 9.5, label: 'critical' });
    expect(finding.resource).toEqual({
      kind: 'ecs-cluster',
      id: 'prod',
      arn: `${ecs}:cluster/prod`,
      cluster: 'prod',
      tasks: [`${ecs}:task/prod/0f1e2d3c4b5a69788796a5b4c3d2e1f0`],
    });
    expect(finding.threat).toMatchObject({
      process: { name: 'xmrig', path: '/tmp/.x/xmrig', sha256: 'd2'.repeat(32) },
      remote: '198.51.100.7',
      signals: ['Impact:Runtime/CryptoMinerExecuted'],
    });
  });

  test('on several clusters is a finding for each, with ids and incidents of their own', () => {
    const event = onEcs(task('b', '2'), cluster('b'), cluster('a'), task('a', '3'), task('b', '1'), task('b', '2'));
    expect(resourcesOf(event)).toMatchObject([
      { id: 'a', tasks: [`${ecs}:task/a/3`] },
      { id: 'b', tasks: [`${ecs}:task/b/1`, `${ecs}:task/b/2`] },
    ]);
    expect(new Set(findingsOf(event).map(({ id }) => id)).size).toBe(2);
    expect(new Set(findingsOf(event).map(incidentKey)).size).toBe(2);
  });

  test('that names only tasks accuses their clusters', () => {
    expect(resourcesOf(onEcs(task('a', '1')))).toMatchObject([{ id: 'a', tasks: [`${ecs}:task/a/1`] }]);
  });

  test('of clusters of one name in two Regions is about both', () => {
    const west = { ...cluster('a'), uid: 'arn:aws:ecs:us-west-2:123456789012:cluster/a' };
    const findings = findingsOf(onEcs(cluster('a'), west));
    expect(findings.map(({ region }) => region)).toEqual(['us-east-1', 'us-west-2']);
    expect(new Set(findings.map(({ id }) => id)).size).toBe(2);
  });

  test('knows a cluster by its name where the uid is no ARN, in the place that the sequence says', () => {
    const plain = {
      uid: 'c-1',
      resourceType: 'ECS_CLUSTER',
      name: 'a',
      accountId: '210987654321',
      region: 'eu-west-1',
    };
    expect(findingsOf(onEcs({ ...plain, uid: 'x y' }))).toMatchObject([
      { account: '210987654321', region: 'eu-west-1', resource: { id: 'a' } },
    ]);
    expect(findingsOf(onEcs({ ...plain, uid: null, accountId: 'me', region: 'N/A' }))).toMatchObject([
      { account: '123456789012', region: 'us-east-1', resource: { id: 'a' } },
    ]);
  });

  test('leaves out what cannot be read, and is told as it is where nothing is left', () => {
    const odd = [{ uid: `${ecs}:cluster/*`, resourceType: 'ECS_CLUSTER', name: '*' }, task('*', '1'), 'text', null];
    expect(resourcesOf(onEcs(...odd, cluster('a')))).toMatchObject([{ id: 'a' }]);
    expect(resourcesOf(onEcs(...odd))).toMatchObject(untold);
    expect(resourcesOf(onEcs())).toMatchObject(untold);
    expect(resourcesOf(threatEvent('ecs-attack-sequence', { service: null }))).toMatchObject(untold);
  });

  test('names a hundred tasks at most', () => {
    const tasks = Array.from({ length: 150 }, (_, n) => task('a', `${1000 + n}`));
    const [resource] = resourcesOf(onEcs(...tasks));
    expect(resource?.kind === 'ecs-cluster' && resource.tasks.length).toBe(100);
  });
});

describe('an attack sequence on EKS', () => {
  const eks = (name: string): Tree => ({
    uid: `arn:aws:eks:us-east-1:123456789012:cluster/${name}`,
    resourceType: 'EKS_CLUSTER',
  });
  const workload = (name: string): Tree => ({
    resourceType: 'KUBERNETES_WORKLOAD',
    name,
    data: { kubernetesWorkload: { namespace: 'payments', type: 'pods', containerUids: null } },
  });
  const onEks = (...resources: unknown[]) => onType('AttackSequence:EKS/CompromisedCluster', ...resources);

  test('accuses the one workload in the one cluster', () => {
    expect(resourcesOf(onEks(eks('a'), workload('checkout')))).toMatchObject([
      { kind: 'pod', id: 'a/payments/checkout', workload: 'pods/checkout' },
    ]);
  });

  test('accuses clusters where it names several of either, or a workload that cannot be one', () => {
    expect(resourcesOf(onEks(eks('a'), workload('x'), workload('y')))).toMatchObject([{ id: 'a', workload: null }]);
    expect(resourcesOf(onEks(eks('b'), eks('a'), workload('x')))).toMatchObject([{ id: 'a' }, { id: 'b' }]);
    expect(resourcesOf(onEks(eks('a'), workload('x/y')))).toMatchObject([{ id: 'a', workload: null }]);
  });

  test('without a cluster is told as it is', () => {
    expect(resourcesOf(onEks(workload('x')))).toMatchObject(untold);
  });
});

describe('an attack sequence on EC2', () => {
  const instance = (uid: string): Tree => ({ uid, resourceType: 'EC2_INSTANCE' });
  const onEc2 = (...resources: unknown[]) => onType('AttackSequence:EC2/CompromisedInstanceGroup', ...resources);
  const arn = 'arn:aws:ec2:us-east-1:123456789012:instance/i-0ab12cd34ef567890';

  test('accuses its one instance, by ARN or id', () => {
    const one = [{ kind: 'instance', id: 'i-0ab12cd34ef567890', arn }];
    expect(resourcesOf(onEc2(instance(arn)))).toEqual(one);
    expect(resourcesOf(onEc2(instance('i-0ab12cd34ef567890'), instance(arn)))).toEqual(one);
  });

  test('on a group is told as it is: nobody can say which of them to act on', () => {
    expect(resourcesOf(onEc2(instance(arn), instance('i-0ab12cd34ef567891')))).toMatchObject(untold);
    expect(resourcesOf(onEc2(instance('i-*')))).toMatchObject(untold);
  });
});

describe('an attack sequence on IAM', () => {
  const key = (accessKey: Tree): Tree => ({ resourceType: 'ACCESS_KEY', data: { accessKey } });
  const role = (userName: string) => key({ userName, userType: 'AssumedRole', principalId: 'AROAEXAMPLE:me' });
  const onIam = (...resources: unknown[]) => onType('AttackSequence:IAM/CompromisedCredentials', ...resources);

  test('accuses the roles that it names, each once', () => {
    expect(resourcesOf(onIam(role('b'), role('a'), role('b')))).toMatchObject([
      { kind: 'role', id: 'a', session: 'me' },
      { kind: 'role', id: 'b', arn: 'arn:aws:iam::123456789012:role/b' },
    ]);
  });

  test('of users, or of a role that cannot be one, is told as it is', () => {
    expect(resourcesOf(onIam(key({ userName: 'ann', userType: 'IAMUser' }), role('a/*')))).toMatchObject(untold);
  });

  test('has dates without a zone, which are UTC, and signals of which only findings are named', () => {
    const finding = oneFinding(threatEvent('iam-attack-sequence'));
    expect(finding.observedAt).toBe('2026-11-20T09:20:11.000Z');
    expect(finding.threat).toMatchObject({
      firstSeenAt: '2026-11-20T09:12:41.000Z',
      signals: ['UnauthorizedAccess:IAMUser/ResourceCredentialExfiltration.OutsideAWS'],
    });
  });
});

describe('an attack sequence on something else', () => {
  test.each(['AttackSequence:S3/CompromisedData', 'AttackSequence:Braket/New', 'AttackSequence'])(
    '%s is told',
    (type) => {
      expect(resourcesOf(onType(type, cluster('a')))).toMatchObject(untold);
    },
  );
});

test('signals are in one order, each once, twenty at most', () => {
  const signals = Array.from({ length: 60 }, (_, n) => ({ type: 'FINDING', name: `Impact:Runtime/T${10 + (n % 30)}` }));
  const named = oneFinding(onSequence('ecs-attack-sequence', { signals })).threat?.signals ?? [];
  expect(named).toEqual(Array.from({ length: 20 }, (_, n) => `Impact:Runtime/T${10 + n}`));
  const byType = [{ type: 'Execution:Runtime/ReverseShell', name: null }];
  expect(oneFinding(onSequence('ecs-attack-sequence', { signals: byType })).threat?.signals).toEqual([
    'Execution:Runtime/ReverseShell',
  ]);
});
