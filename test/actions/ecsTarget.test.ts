import { describe, expect, test } from 'vitest';
import { arnIn, clusterOf, type EcsTarget, isEcsName } from '../../shared/actions/targets/ecsTarget.ts';

const service = {
  kind: 'ecs-service',
  id: 'prod/checkout',
  arn: 'arn:aws-cn:ecs:cn-north-1:123456789012:service/prod/checkout',
  cluster: 'prod',
  service: 'checkout',
  account: '123456789012',
  region: 'cn-north-1',
} as const satisfies EcsTarget;

describe('the cluster of a target', () => {
  test('lies in its partition, account and Region', () => {
    const place = clusterOf(service);
    expect(place).toEqual({ partition: 'aws-cn', account: '123456789012', region: 'cn-north-1', name: 'prod' });
    expect(arnIn(place, 'task', '*')).toBe('arn:aws-cn:ecs:cn-north-1:123456789012:task/prod/*');
    expect(arnIn(place, 'service', 'checkout')).toBe(service.arn);
  });

  // What an event says would widen the policy to every cluster, or to another account.
  test.each<[string, Partial<EcsTarget>]>([
    ['every cluster', { cluster: '*' }],
    ['clusters that begin so', { cluster: 'prod*' }],
    ['any letter', { cluster: 'pro?' }],
    ['another kind of thing', { cluster: 'prod/x' }],
    ['a variable', { cluster: '${aws:username}' }],
    ['no cluster', { cluster: '' }],
    ['more letters than a name has', { cluster: 'x'.repeat(256) }],
    ['a line more', { cluster: 'prod\n' }],
    ['every account', { account: '*' }],
    ['no account', { account: '12345678901' }],
    ['every Region', { region: '*' }],
    ['no Region', { region: 'here' }],
    ['no partition', { arn: 'arn:*:ecs:x' }],
    ['another service', { arn: 'arn:aws:iam::123456789012:role/x' }],
  ])('is none where the event names %s: no permission is given', (_what, fields) => {
    expect(() => clusterOf({ ...service, ...fields } as EcsTarget)).toThrow('no permission is given for it');
  });

  test('has the longest name that ECS allows', () => {
    expect(clusterOf({ ...service, cluster: 'x'.repeat(255) }).name).toHaveLength(255);
  });
});

test('a name is letters, digits, hyphens and underscores', () => {
  for (const name of ['a', 'A_b-9']) expect(isEcsName(name)).toBe(true);
  for (const name of ['', 'a b', 'a.b', 'a*', 'ä']) expect(isEcsName(name)).toBe(false);
});
