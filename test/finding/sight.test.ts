import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contentHash } from '../../shared/finding/hash.ts';
import { incidentKey } from '../../shared/finding/incidentKey.ts';
import { threatFinding } from '../../shared/finding/threatFinding.ts';
import { hostileTexts, read, withAt } from './brokenEvent.ts';
import { placesIn } from './changedEvent.ts';
import { invalidPath, oneFinding, parsed, reasonOf } from './sampleEvent.ts';
import { expectSound } from './soundFinding.ts';
import { type Tree, threatEvent } from './threatEvent.ts';

const lost = (changes: Tree = {}) => oneFinding(threatEvent('sight-lost-ecs', changes));
function about(resourceDetails: unknown) {
  const event = threatEvent('sight-lost-ecs');
  return oneFinding({ ...event, detail: { ...event.detail, resourceDetails } });
}
const details = 'detail.resourceDetails';

describe('GuardDuty Runtime Protection Unhealthy', () => {
  test('of a cluster on ECS is a finding of the cluster, with what is the matter and without a severity', () => {
    const finding = lost();
    expect(finding).toEqual({
      id: 'guardduty/RuntimeProtection/123456789012/us-east-1/ecs-cluster#prod',
      source: 'guardduty',
      type: 'RuntimeProtectionUnhealthy',
      status: 'open',
      severity: null,
      label: 'unknown',
      account: '123456789012',
      region: 'us-east-1',
      observedAt: '2026-11-20T09:19:10.000Z',
      title:
        'GuardDuty does not see all that runs on ecs-cluster prod: Agent not reporting, for 2 tasks of checkout-api:87',
      sample: false,
      resource: {
        kind: 'ecs-cluster',
        id: 'prod',
        arn: 'arn:aws:ecs:us-east-1:123456789012:cluster/prod',
        cluster: 'prod',
        tasks: [],
      },
    });
    expect(incidentKey(finding)).toBe('ecs-cluster/123456789012/us-east-1/prod');
  });

  test('of a cluster on EKS, and of an instance, is a finding of those', () => {
    const cluster = oneFinding(threatEvent('sight-lost-eks'));
    expect(cluster.resource).toMatchObject({ kind: 'pod', id: 'prod-eks', namespace: null, workload: null });
    expect(cluster.observedAt).toBe('2026-11-20T09:19:10.000Z');
    const host = oneFinding(threatEvent('sight-lost-instance'));
    expect(host.resource).toMatchObject({ kind: 'instance', id: 'i-0ab12cd34ef567890' });
    expect(host.title).toBe(
      'GuardDuty does not see all that runs on instance i-0ab12cd34ef567890: Agent not reporting',
    );
  });

  test('belongs to the account that it names, in either form, else to that of the envelope', () => {
    expect(oneFinding(threatEvent('sight-lost-instance')).account).toBe('123456789012');
    const other = { ...threatEvent('sight-lost-ecs', { resourceAccountId: null }), account: '210987654321' };
    expect(oneFinding(other)).toMatchObject({
      account: '210987654321',
      resource: { arn: 'arn:aws:ecs:us-east-1:210987654321:cluster/prod' },
    });
    expect(lost({ resourceAccountId: '210987654321', accountId: '123456789012' }).account).toBe('210987654321');
  });

  test('without anything that it may lack is told as it is', () => {
    const bare = {
      status: 'open',
      account: '123456789012',
      observedAt: '2026-11-20T09:20:11.000Z',
      title: 'GuardDuty does not see all that runs on unknown/not named',
      resource: { kind: 'other', id: 'unknown/not named', type: 'unknown', arn: '' },
    };
    const event = threatEvent('sight-lost-unnamed');
    expect(oneFinding(event)).toMatchObject(bare);
    for (const detail of [{}, null, undefined]) expect(oneFinding({ ...event, detail })).toMatchObject(bare);
    for (const odd of ['text', 7, []]) expect(about(odd).resource.id).toBe('unknown/not named');
  });

  test('of a type that did not exist yesterday is known by the first name that it gives', () => {
    const lambda = {
      resourceType: 'LAMBDA',
      lambdaDetails: { version: '7', functionName: 'img-resize', roleArn: null },
    };
    expect(about(lambda).resource).toMatchObject({ kind: 'other', id: 'LAMBDA/img-resize', type: 'LAMBDA' });
    expect(about({ resourceType: 'LAMBDA', lambdaDetails: null }).resource.id).toBe('LAMBDA/not named');
  });

  test('goes by its type where it says one, and by its details where it does not', () => {
    const both = {
      ecsClusterDetails: { clusterName: 'prod' },
      ec2InstanceDetails: { instanceId: 'i-0ab12cd34ef567890' },
    };
    expect(about({ ...both, resourceType: 'EC2' }).resource.kind).toBe('instance');
    expect(about({ ...both, resourceType: 'ECS' }).resource.kind).toBe('ecs-cluster');
    expect(about({ ...both, resourceType: 'EKS' }).resource).toMatchObject({
      kind: 'other',
      id: 'EKS/i-0ab12cd34ef567890',
    });
    expect(about({ ec2InstanceDetails: both.ec2InstanceDetails }).resource.kind).toBe('instance');
  });

  test.each([
    ['ECS', 'ecsClusterDetails', 'clusterName', 'pr*d'],
    ['EKS', 'eksClusterDetails', 'clusterName', '-prod'],
    ['EC2', 'ec2InstanceDetails', 'instanceId', 'i-*'],
    ['EC2', 'ec2InstanceDetails', 'instanceId', 7],
  ])('of %s with a name that cannot be one is invalid at its place', (resourceType, block, field, name) => {
    const event = threatEvent('sight-lost-ecs', { resourceDetails: { resourceType, [block]: { [field]: name } } });
    expect(invalidPath(() => parsed(event))).toBe(`${details}.${block}.${field}`);
  });

  test('of what cannot be an account, or with a detail that is none, is invalid at its place', () => {
    const at = (changes: Tree) => invalidPath(() => parsed(threatEvent('sight-lost-ecs', changes)));
    expect(at({ resourceAccountId: '12' })).toBe('detail.resourceAccountId');
    expect(at({ resourceAccountId: null, accountId: 7 })).toBe('detail.accountId');
    expect(invalidPath(() => parsed({ ...threatEvent('sight-lost-ecs'), detail: 'text' }))).toBe('detail');
  });

  test('says what is the matter in one order, each once, bounded', () => {
    const issues = (all: unknown, issue: unknown = null) =>
      lost({ issue, resourceDetails: { ecsClusterDetails: { fargateDetails: { issues: all } } } }).title;
    expect(issues(['c', 'b', 'c', 'a', 7, null], 'a')).toBe(
      'GuardDuty does not see all that runs on ecs-cluster prod: a; b; c',
    );
    expect(issues('text')).toBe('GuardDuty does not see all that runs on ecs-cluster prod');
    expect(issues(Array.from({ length: 50 }, (_, n) => `${n}${'😀'.repeat(400)}`)).length).toBeLessThanOrEqual(300);
  });

  test('is read from GuardDuty alone', () => {
    expect(reasonOf({ ...threatEvent('sight-lost-ecs'), source: 'my.guardduty' })).toContain('no source reads');
  });
});

describe('GuardDuty Runtime Protection Healthy', () => {
  test('resolves the same finding, later', () => {
    const restored = oneFinding(threatEvent('sight-restored-ecs'));
    expect(restored).toMatchObject({
      id: lost().id,
      type: 'RuntimeProtectionUnhealthy',
      status: 'resolved',
      title: 'GuardDuty sees again what runs on ecs-cluster prod',
    });
    expect(restored.observedAt > lost().observedAt).toBe(true);
    expect(contentHash(restored, threatFinding.volatile)).not.toBe(contentHash(lost(), threatFinding.volatile));
  });
});

describe.each(['sight-lost-ecs', 'sight-lost-eks', 'sight-lost-instance', 'sight-restored-ecs'])('%s', (name) => {
  const event = threatEvent(name);
  const all = placesIn(event.detail);

  test('is never invalid for a field that is missing or null', () => {
    expect(all.length).toBeGreaterThan(8);
    for (const path of all) {
      for (const value of [undefined, null]) {
        const result = read(withAt(event, path, value));
        expect(result, path.join('.')).toHaveLength(1);
        expectSound(result);
      }
    }
  });

  test('with anything at all in any place is findings or invalid at a path', () => {
    const value = fc.oneof(fc.jsonValue(), fc.constantFrom(...hostileTexts));
    fc.assert(
      fc.property(fc.constantFrom(...all), value, (path, given) => expectSound(read(withAt(event, path, given)))),
      { numRuns: 150 },
    );
  });
});
