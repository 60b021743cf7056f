import { describe, expect, test } from 'vitest';
import { incidentKey, keyOfResource } from '../../shared/finding/incidentKey.ts';
import type { Resource } from '../../shared/finding/resource.ts';
import { imageIn, oneFinding, scan } from './sampleEvent.ts';

const finding = oneFinding(scan());

test('the same image of another account or Region is another incident', () => {
  const keys = [finding, { ...finding, account: '210987654321' }, { ...finding, region: 'eu-west-1' }].map(incidentKey);
  expect(new Set(keys).size).toBe(3);
});

test('another statement about the same image is the same incident', () => {
  expect(incidentKey({ ...finding, id: 'another', type: 'Another', source: 'inspector' })).toBe(incidentKey(finding));
});

describe('the incident of', () => {
  const arn = 'arn:aws:any:eu-west-1:210987654321:any';
  const taskOn = (service: string | null, group: string | null): Resource => ({
    kind: 'ecs-task',
    id: 'prod/0f1e',
    arn,
    cluster: 'prod',
    service,
    group,
    taskDefinition: null,
    launchType: null,
    containers: [],
  });

  test.each<[string, Resource, string]>([
    ['an image', { ...imageIn(finding), id: 'a/b@sha256:1' }, 'image/A/R/a/b@sha256:1'],
    ['a task of a service: the service', taskOn('checkout', 'service:checkout'), 'ecs-service/A/R/prod/checkout'],
    [
      'a service',
      { kind: 'ecs-service', id: 'prod/checkout', arn, cluster: 'prod', service: 'checkout' },
      'ecs-service/A/R/prod/checkout',
    ],
    ['tasks that were started together', taskOn(null, 'family:nightly'), 'ecs-group/A/R/prod/family:nightly'],
    ['a task of its own', taskOn(null, null), 'ecs-task/A/R/prod/0f1e'],
    ['a group whose name has a space', taskOn(null, 'nightly run  2'), 'ecs-group/A/R/prod/nightly run  2'],
    ['a cluster', { kind: 'ecs-cluster', id: 'prod', arn, cluster: 'prod', tasks: ['x'] }, 'ecs-cluster/A/R/prod'],
    ['a host', { kind: 'instance', id: 'i-0ab', arn }, 'instance/A/R/i-0ab'],
    [
      'a pod',
      {
        kind: 'pod',
        id: 'prod/payments/pods/checkout',
        arn,
        cluster: 'prod',
        namespace: 'payments',
        workload: 'pods/checkout',
        serviceAccount: null,
      },
      'pod/A/R/prod/payments/pods/checkout',
    ],
    ['a role, whatever its session', { kind: 'role', id: 'checkout', arn, session: '0f1e' }, 'role/A/R/checkout'],
    [
      'a function',
      { kind: 'function', id: 'arn:aws:lambda:eu-west-1:1:function:resize', arn },
      'function/A/R/arn:aws:lambda:eu-west-1:1:function:resize',
    ],
    ['anything else', { kind: 'other', id: 'bucket/x', arn, type: 'S3Bucket' }, 'other/A/R/bucket/x'],
  ])('%s', (_what, resource, key) => {
    expect(incidentKey({ ...finding, account: 'A', region: 'R', resource })).toBe(key);
    expect(keyOfResource(resource, { account: 'A', region: 'R' })).toBe(key);
  });

  test('no two kinds is the same, whatever their ids are', () => {
    const other = (kind: 'instance' | 'role') =>
      incidentKey({
        ...finding,
        resource: kind === 'role' ? { kind, id: 'x', arn, session: null } : { kind, id: 'x', arn },
      });
    expect(other('instance')).not.toBe(other('role'));
  });
});
