import { describe, expect, test } from 'vitest';
import { catalogue } from '../../shared/actions/catalogue.ts';
import type { Action, Target } from '../../shared/actions/contract.ts';
import { sessionPolicy } from '../../shared/actions/sessionPolicy.ts';
import type { ResourceKind } from '../../shared/finding/resource.ts';
import type { JsonObject } from '../../shared/platform/json.ts';
import { embeddedTarget } from './embeddedWorlds.ts';

const region = 'ap-southeast-1';
const name = 'n'.repeat(255);
const repository = 'a'.repeat(256);
const arn = (service: string, resource: string): string =>
  `arn:aws-us-gov:${service}:${region}:123456789012:${resource}`;
const image = (name: string) => `123456789012.dkr.ecr.${region}.amazonaws.com/${name}:latest`;

/** By kind, whatever makes a policy long: a short repository, because its own ARN is allowed, and one that is too long for that. */
const longest: Partial<Readonly<Record<ResourceKind, readonly Partial<Target>[]>>> = {
  image: [{ repository, arn: arn('ecr', `repository/${repository}`) }],
  'ecs-cluster': [{ cluster: name, arn: arn('ecs', `cluster/${name}`) }],
  function: [{ arn: arn('lambda', `function:${'f'.repeat(64)}`) }],
  instance: [{ arn: arn('ec2', 'instance/i-0ab12cd34ef567890') }],
  secret: [{ arn: arn('secretsmanager', `secret:${'s'.repeat(512)}-a1B2c3`) }],
  pod: [{ cluster: 'c'.repeat(100), arn: arn('eks', `cluster/${'c'.repeat(100)}`) }],
  'security-group': [{ arn: arn('ec2', 'security-group/sg-0a1b2c3d4e5f60718') }],
  'ecs-task': [60, 256].map((length) => ({
    cluster: name,
    service: name,
    arn: arn('ecs', `task/${name}/${'0'.repeat(36)}`),
    containers: [{ name, image: image('r'.repeat(length)) }],
  })),
};

const service = (each: string) => ({ cluster: each, service: each, arn: arn('ecs', `service/${each}/${each}`) });

const rollback = (family: string, pins: JsonObject): JsonObject => ({
  how: 'rollback',
  passes: ['a', 'b'].map((each) => `arn:aws-us-gov:iam::123456789012:role/${each.repeat(64)}`),
  from: { taskDefinition: arn('ecs', `task-definition/${family}:13`), pins },
  clean: {
    revision: '',
    taskDefinition: arn('ecs', `task-definition/${family}:12`),
    digests: {},
    deployedAt: '',
    pins,
    roles: [],
  },
  heldCount: 1,
  fullCount: 1,
});

/**
 * Of `ecs.contain-service`, whatever a plan may choose. A copy of a definition needs most; with three names of more than 100
 * characters no policy holds it, the step fails, and on-call is told.
 */
const ofService: readonly (readonly [change: Partial<Target>, chosen: JsonObject])[] = [
  [service(name), { how: 'zero' }],
  [service(name), { how: 'replace', fullCount: 1 }],
  [service(name), rollback(name, {})],
  [service('n'.repeat(100)), rollback('f'.repeat(100), { app: 'x' })],
];

type Case = readonly [name: string, kind: ResourceKind, at: number, Action, Target, JsonObject | undefined];

const cases = catalogue.flatMap((action) =>
  action.targets.flatMap((kind): readonly Case[] => {
    const changes: readonly (readonly [Partial<Target>, JsonObject?])[] =
      action.name === 'ecs.contain-service' ? ofService : (longest[kind] ?? [{}]).map((change) => [change]);
    return changes.map(([change, chosen], at) => {
      const target = { ...embeddedTarget(kind), region, ...change } as Target;
      return [action.name, kind, at, action, target, chosen];
    });
  }),
);

describe('session policy', () => {
  test('allows what is asked for and nothing else, actions on the same resources together', () => {
    const policy = sessionPolicy([
      { action: 'ecs:ListTasks', resource: '*', why: 'no narrower' },
      { action: 'ecr:DescribeImages', resource: 'arn:r' },
      { action: 'ecr:BatchGetImage', resource: 'arn:r' },
      { action: 'ecr:BatchGetImage', resource: 'arn:r' },
      { action: 'ecs:DescribeServiceRevisions', resource: 'arn:s' },
      { action: 'ecs:DescribeServiceRevisions', resource: 'arn:v' },
    ]);
    expect(JSON.parse(policy)).toEqual({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Action: ['ecr:BatchGetImage', 'ecr:DescribeImages'], Resource: 'arn:r' },
        { Effect: 'Allow', Action: 'ecs:DescribeServiceRevisions', Resource: ['arn:s', 'arn:v'] },
        { Effect: 'Allow', Action: 'ecs:ListTasks', Resource: '*' },
      ],
    });
  });

  test('of nothing allows nothing: without a statement it would be no policy', () => {
    expect(JSON.parse(sessionPolicy([])).Statement).toEqual([{ Effect: 'Deny', Action: '*', Resource: '*' }]);
  });

  test.each(cases)('%s on %s fits with the longest names (%s)', (_name, _kind, _at, action, target, chosen) => {
    const { read, write } = action.permissions(target, chosen);
    expect(sessionPolicy([...read, ...write]).length).toBeLessThanOrEqual(2048);
  });

  test.each(cases)('%s on %s widens no change for that (%s)', (_name, kind, _at, action, target, chosen) => {
    const short = action.permissions(embeddedTarget(kind), chosen);
    const { read, write } = action.permissions(target, chosen);
    expect(write.map((one) => one.action)).toEqual(short.write.map((one) => one.action));
    expect(new Set(read.map((one) => one.action))).toEqual(new Set(short.read.map((one) => one.action)));
    // What AWS cannot scope is on `*` whatever the names, and says why.
    const unscoped = new Set(short.write.flatMap((one) => (one.resource === '*' ? [one.action] : [])));
    for (const { action: call, resource } of write)
      expect([call, resource === '*']).toEqual([call, unscoped.has(call)]);
    for (const { action: call, resource, why = '' } of write) if (resource === '*') expect(why, call).not.toBe('');
  });

  test('2,048 characters pass, one more fails', () => {
    const empty = sessionPolicy([{ action: 'a:B', resource: '' }]).length;
    const sized = (length: number) => [{ action: 'a:B', resource: 'x'.repeat(length - empty) }];
    expect(sessionPolicy(sized(2048))).toHaveLength(2048);
    expect(() => sessionPolicy(sized(2049))).toThrow(expect.objectContaining({ name: 'ActionFailed' }));
  });
});
