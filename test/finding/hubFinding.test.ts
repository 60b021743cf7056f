import { describe, expect, it } from 'vitest';
import { contentHash } from '../../shared/finding/hash.ts';
import { hubFinding } from '../../shared/finding/hubFinding.ts';
import { incidentKey } from '../../shared/finding/incidentKey.ts';
import { aboutOther, hubEvent, hubRecord, resource } from './hubEvent.ts';
import { findingsOf, invalidPath, oneFinding, parsed, reasonOf, sampleEvent } from './sampleEvent.ts';
import type { Tree } from './threatEvent.ts';

const digest = 'sha256:3f1c9e0d5a7b4c2e8f6d1a0b9c8e7f6a5d4c3b2a1908f7e6d5c4b3a291807f6e';
const image = '123456789012.dkr.ecr.us-east-1.amazonaws.com/payments/checkout-api';
const hash = (event: unknown): string => contentHash(oneFinding(event), hubFinding.volatile);

describe('a finding of another product', () => {
  it('says whose it is, and what people have made of it in Security Hub', () => {
    expect(oneFinding(hubEvent('sysdig-task', { Workflow: { Status: 'NOTIFIED' } }))).toMatchObject({
      ...{ source: 'securityhub', type: 'TTPs/Execution/Unix Shell', status: 'open', severity: 8, label: 'high' },
      product: {
        ...{ id: 'sysdig/sysdig-secure-for-cloud', name: 'Sysdig Secure for cloud', company: 'Sysdig' },
        ...{ generator: 'Terminal shell in container', workflow: 'notified', action: null },
        types: ['TTPs/Execution/Unix Shell', 'Unusual Behaviors/Container'],
      },
    });
  });

  it('that speaks of somebody at work is a threat: process, files, malware, and whom it talked to', () => {
    expect(oneFinding(sampleEvent('hub-sysdig-task')).threat).toEqual({
      ...{ firstSeenAt: '2026-11-20T09:12:41.000Z', count: 1, role: null, files: [], names: [], signals: [] },
      process: { name: 'sh', path: '/bin/sh', sha256: null },
      remote: '198.51.100.7',
      from: null,
    });
    expect(oneFinding(sampleEvent('hub-prisma-image')).threat).toMatchObject({
      ...{ names: ['xmrig'], files: ['/tmp/.x/xmrig'] },
    });
    expect(oneFinding(sampleEvent('hub-calico-pod')).threat?.remote).toBe('pool.minexmr.example');
  });

  it('on exposed data, or on how something is, is no threat', () => {
    const Types = ['Effects/Data Exposure/External Access Granted'];
    expect(oneFinding(hubEvent('sysdig-task', { Types })).threat).toBeUndefined();
    expect(oneFinding(sampleEvent('hub-aqua-image')).threat).toBeUndefined();
  });

  it('on vulnerabilities carries the worst of them', () => {
    expect(oneFinding(sampleEvent('hub-aqua-image')).vulnerability).toEqual({
      ...{ id: 'CVE-2026-23456', score: 9.8, epss: null, exploitAvailable: true, fixAvailable: 'yes' },
    });
  });

  it('that lists none carries the CVE of which it speaks', () => {
    expect(oneFinding(sampleEvent('hub-aqua-tag')).vulnerability).toMatchObject({ id: 'CVE-2026-23456', score: null });
  });

  it('on several resources is one for each', () => {
    expect(findingsOf(sampleEvent('hub-qualys-instances')).map(incidentKey)).toEqual([
      'instance/123456789012/us-east-1/i-0ab12cd34ef567890',
      'instance/123456789012/us-east-1/i-0cd34ef56ab127890',
    ]);
  });

  it('on a task does not accuse the cluster that it names beside it', () => {
    const [task] = hubRecord('sysdig-task')['Resources'] as readonly Tree[];
    const cluster = resource('AwsEcsCluster', 'arn:aws:ecs:us-east-1:123456789012:cluster/prod');
    const another = resource('AwsEcsCluster', 'arn:aws:ecs:us-east-1:123456789012:cluster/stage');
    expect(findingsOf(aboutOther('sysdig-task', cluster, task ?? {}, another)).map(incidentKey)).toEqual([
      'ecs-service/123456789012/us-east-1/prod/checkout-api',
      'ecs-cluster/123456789012/us-east-1/stage',
    ]);
  });

  it('that names nothing is told as itself', () => {
    expect(oneFinding(aboutOther('sysdig-task')).resource).toMatchObject({
      ...{ kind: 'other', id: 'finding/sysdig/7d1f0c9a-policy-event-1' },
    });
  });

  it('without what it must have is invalid, all of the event', () => {
    for (const field of ['Id', 'ProductArn', 'AwsAccountId', 'Resources']) {
      expect(invalidPath(() => parsed(hubEvent('sysdig-task', { [field]: undefined })))).toBe(
        `detail.findings[0].${field}`,
      );
    }
    expect(invalidPath(() => parsed(hubEvent('sysdig-task', { ProductArn: 'arn:aws:iam::123456789012:role/x' })))).toBe(
      'detail.findings[0].ProductArn',
    );
  });

  it('is none where the event is of somebody else, or has none', () => {
    const event = sampleEvent('hub-sysdig-task');
    expect(reasonOf({ ...event, source: 'custom.securityhub' })).toMatch(/^no source reads/);
    expect(reasonOf({ ...event, 'detail-type': 'Security Hub Insight Results' })).toMatch(/^no source reads/);
    expect(reasonOf({ ...event, detail: { findings: [] } })).toBe('the event names no finding');
  });
});

describe('what is found', () => {
  it.each([
    [
      'an image by its digest',
      resource('Container', `${image}@${digest}`),
      `image/123456789012/us-east-1/payments/checkout-api@${digest}`,
    ],
    [
      'an image by its ARN',
      resource('AwsEcrContainerImage', `arn:aws:ecr:us-east-1:123456789012:repository/payments/checkout-api/${digest}`),
      `image/123456789012/us-east-1/payments/checkout-api@${digest}`,
    ],
    [
      'an image of another Region',
      resource('Container', `${image.replace('us-east', 'eu-west')}@${digest}`),
      `image/123456789012/eu-west-1/payments/checkout-api@${digest}`,
    ],
    [
      'an image of another account',
      resource('Container', `${image.replace('1234', '9994')}@${digest}`),
      `other/123456789012/us-east-1/Container/${image.replace('1234', '9994')}@${digest}`,
    ],
    [
      'an image of another registry',
      resource('Container', 'docker.io/library/nginx:1'),
      'other/123456789012/us-east-1/Container/docker.io/library/nginx:1',
    ],
    [
      'a repository',
      resource('AwsEcrRepository', 'arn:aws:ecr:us-east-1:123456789012:repository/payments/ledger'),
      'ecr-repository/123456789012/us-east-1/payments/ledger',
    ],
    [
      'a service',
      resource('AwsEcsService', 'arn:aws:ecs:us-east-1:123456789012:service/prod/ledger'),
      'ecs-service/123456789012/us-east-1/prod/ledger',
    ],
    [
      'a cluster',
      resource('AwsEcsCluster', 'arn:aws:ecs:us-east-1:123456789012:cluster/prod'),
      'ecs-cluster/123456789012/us-east-1/prod',
    ],
    [
      'a task definition',
      resource('AwsEcsTaskDefinition', 'arn:aws:ecs:us-east-1:123456789012:task-definition/api:3'),
      'ecs-task-definition/123456789012/us-east-1/api:3',
    ],
    [
      'an instance, by its id alone',
      resource('AwsEc2Instance', 'i-0ab12cd34ef567890'),
      'instance/123456789012/us-east-1/i-0ab12cd34ef567890',
    ],
    [
      'a security group',
      resource('AwsEc2SecurityGroup', 'arn:aws:ec2:us-east-1:123456789012:security-group/sg-0a1b2c3d4e5f60718'),
      'security-group/123456789012/us-east-1/sg-0a1b2c3d4e5f60718',
    ],
    [
      'a function',
      resource('AwsLambdaFunction', 'arn:aws:lambda:us-east-1:123456789012:function:resize:7'),
      'function/123456789012/us-east-1/arn:aws:lambda:us-east-1:123456789012:function:resize',
    ],
    [
      'a role',
      resource('AwsIamRole', 'arn:aws:iam::123456789012:role/tasks/checkout'),
      'role/123456789012/us-east-1/checkout',
    ],
    [
      'the key of a role',
      resource('AwsIamAccessKey', 'AWS::IAM::AccessKey:ASIAEXAMPLE', {
        PrincipalType: 'AssumedRole',
        PrincipalName: 'checkout',
      }),
      'role/123456789012/us-east-1/checkout',
    ],
    [
      'the key of a user',
      resource('AwsIamAccessKey', 'AWS::IAM::AccessKey:AKIAEXAMPLE', {
        PrincipalType: 'IAMUser',
        PrincipalName: 'ann',
      }),
      'other/123456789012/us-east-1/AwsIamAccessKey/AWS::IAM::AccessKey:AKIAEXAMPLE',
    ],
    [
      'a type of tomorrow',
      resource('AwsNewThing', 'arn:aws:new:us-east-1:123456789012:thing/1'),
      'other/123456789012/us-east-1/AwsNewThing/arn:aws:new:us-east-1:123456789012:thing/1',
    ],
    [
      'a task of another account',
      resource('AwsEcsTask', 'arn:aws:ecs:us-east-1:210987654321:task/prod/0f1e'),
      'other/123456789012/us-east-1/AwsEcsTask/arn:aws:ecs:us-east-1:210987654321:task/prod/0f1e',
    ],
    [
      'a name with a wildcard',
      resource('AwsEcsService', 'arn:aws:ecs:us-east-1:123456789012:service/prod/*'),
      'other/123456789012/us-east-1/AwsEcsService/arn:aws:ecs:us-east-1:123456789012:service/prod/*',
    ],
  ])('is %s', (_what, about, incident) => {
    expect(incidentKey(oneFinding(aboutOther('sysdig-task', about)))).toBe(incident);
  });

  it('is the image that a product names in its own fields, with the digest beside it', () => {
    expect(incidentKey(oneFinding(sampleEvent('hub-prisma-image')))).toContain(`payments/checkout-api@${digest}`);
    const [container] = hubRecord('prisma-image')['Resources'] as readonly { readonly [key: string]: unknown }[];
    const Details = {
      Other: { image: `${image}:1.42.0`, imageDigest: digest, baseDigest: digest.replace('3f', '4f') },
    };
    // Two digests: nobody can tell which of them it is.
    expect(oneFinding(aboutOther('prisma-image', { ...container, Details })).resource).toMatchObject({ digest: null });
  });

  it('is the pod of which the product speaks', () => {
    expect(oneFinding(sampleEvent('hub-neuvector-pod')).resource).toMatchObject({
      ...{ kind: 'pod', cluster: 'shop', namespace: 'payments', workload: 'pods/checkout-5c9f7d9b8-x2x4q' },
    });
    expect(oneFinding(hubEvent('neuvector-pod', { ProductFields: { workload_name: 'a b' } })).resource).toMatchObject({
      ...{ kind: 'pod', id: 'shop', workload: null },
    });
  });
});

describe('the severity', () => {
  it.each([
    ['HIGH', 80, 8, 'high'],
    ['HIGH', 60, 7, 'high'],
    ['CRITICAL', undefined, 9, 'critical'],
    ['LOW', 1, 0.1, 'low'],
    [undefined, 95, 9.5, 'critical'],
    [undefined, 0, 0, 'informational'],
    ['SOMETHING', 40, 4, 'medium'],
    [undefined, undefined, null, 'unknown'],
    ['MEDIUM', 1000, 4, 'medium'],
  ])('%s with %s is %s, %s', (Label, Normalized, severity, label) => {
    expect(oneFinding(hubEvent('sysdig-task', { Severity: { Label, Normalized } }))).toMatchObject({ severity, label });
  });
});

describe('the status', () => {
  const later = '2026-11-20T09:31:00.000Z';
  it.each([
    ['NEW', { Workflow: { Status: 'NEW' } }, 'open', '2026-11-20T09:20:11.000Z'],
    [
      'NOTIFIED: nobody has said that it is over',
      { Workflow: { Status: 'NOTIFIED' } },
      'open',
      '2026-11-20T09:20:11.000Z',
    ],
    ['RESOLVED by a person', { Workflow: { Status: 'RESOLVED' } }, 'resolved', later],
    ['SUPPRESSED by a person', { Workflow: { Status: 'SUPPRESSED' } }, 'suppressed', later],
    ['archived by its product', { RecordState: 'ARCHIVED' }, 'resolved', later],
    ['a check that is passed', { Compliance: { Status: 'PASSED' } }, 'resolved', later],
    ['a check that could not be made', { Compliance: { Status: 'NOT_AVAILABLE' } }, 'inconclusive', later],
  ])('%s', (_what, changes, status, observedAt) => {
    expect(oneFinding(hubEvent('sysdig-task', changes))).toMatchObject({ status, observedAt });
  });

  it('of a vulnerability is as old as its product said it', () => {
    expect(oneFinding(sampleEvent('hub-aqua-image')).observedAt).toBe('2026-11-20T09:20:11.482Z');
  });
});

describe('the same again', () => {
  it('with other dates, a note or another workflow that is open says nothing new', () => {
    const again = hubEvent('sysdig-task', {
      ...{ LastObservedAt: '2026-11-20T10:20:11.000Z', UpdatedAt: '2026-11-20T10:20:11.000Z' },
      ...{ Note: { Text: 'looking' }, Workflow: { Status: 'NOTIFIED' } },
    });
    expect(hash(again)).toBe(hash(sampleEvent('hub-sysdig-task')));
  });

  it('put aside, or more severe, is news', () => {
    for (const changes of [{ Workflow: { Status: 'SUPPRESSED' } }, { Severity: { Label: 'CRITICAL' } }]) {
      expect(hash(hubEvent('sysdig-task', changes))).not.toBe(hash(sampleEvent('hub-sysdig-task')));
    }
  });
});
