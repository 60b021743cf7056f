import { describe, expect, test } from 'vitest';
import { targetKey } from '../../shared/actions/contract.ts';
import { incidentKey } from '../../shared/finding/incidentKey.ts';
import type { Resource } from '../../shared/finding/resource.ts';
import { type About, aboutKey, aboutPlan } from '../../shared/report/about.ts';
import { finding, image } from '../plan/fakes.ts';
import { shell, task, threatFinding } from '../plan/threats.ts';
import { planFor } from './runs.ts';

const arn = 'arn:aws:any:us-east-1:123456789012:any';

/** What a message about a finding of this resource says. */
function about(resource: Resource): About {
  const one = threatFinding(shell, {}, { resource });
  return aboutPlan(planFor([one]), incidentKey(one));
}

describe('a message about', () => {
  test('an image names its repository, its digest and its tags', () => {
    expect(about(image)).toEqual({
      account: '123456789012',
      region: 'us-east-1',
      name: 'payments/checkout-api',
      digest: image.digest,
      lines: ['Repository payments/checkout-api', `Digest ${image.digest}`, 'Tags 1.42.0, prod'],
    });
  });

  test('an image without a digest says so, and has no line without a tag', () => {
    expect(about({ ...image, digest: null, tags: [] })).toMatchObject({
      digest: null,
      lines: ['Repository payments/checkout-api', 'Digest none: the event named no digest'],
    });
  });

  test('a task of a service is named after the service, and says which task and what it ran', () => {
    expect(about(task)).toMatchObject({
      name: 'prod/checkout',
      digest: null,
      lines: [
        'Cluster prod',
        'Service checkout',
        'Task prod/0f1e2d3c',
        `Task definition ${task.taskDefinition}`,
        `Container app (${task.containers[0]?.image})`,
      ],
    });
  });

  test('a task of its own is named after itself', () => {
    const alone = { ...task, service: null, taskDefinition: null, containers: [] };
    expect(about(alone)).toMatchObject({ name: 'prod/0f1e2d3c', lines: ['Cluster prod', 'Task prod/0f1e2d3c'] });
  });

  test.each<[string, Resource, string, readonly string[]]>([
    [
      'a service',
      { kind: 'ecs-service', id: 'prod/checkout', arn, cluster: 'prod', service: 'checkout' },
      'prod/checkout',
      ['Cluster prod', 'Service checkout'],
    ],
    [
      'a cluster and its tasks',
      { kind: 'ecs-cluster', id: 'prod', arn, cluster: 'prod', tasks: ['task/a', 'task/b'] },
      'prod',
      ['Cluster prod', 'Task task/a', 'Task task/b'],
    ],
    ['a host', { kind: 'instance', id: 'i-0ab', arn }, 'i-0ab', ['Instance i-0ab']],
    [
      'a pod',
      {
        kind: 'pod',
        id: 'prod/payments/pods/web',
        arn,
        cluster: 'prod',
        namespace: 'payments',
        workload: 'pods/web',
        serviceAccount: null,
      },
      'prod/payments/pods/web',
      ['Kubernetes workload prod/payments/pods/web'],
    ],
    [
      'a role and the session that used it',
      { kind: 'role', id: 'checkout', arn, session: '0f1e' },
      'checkout',
      ['Role checkout', 'Session 0f1e'],
    ],
    ['a role of no known session', { kind: 'role', id: 'checkout', arn, session: null }, 'checkout', ['Role checkout']],
    [
      'a function, by its short name',
      { kind: 'function', id: 'arn:aws:lambda:us-east-1:1:function:resize', arn },
      'resize',
      ['Lambda function arn:aws:lambda:us-east-1:1:function:resize'],
    ],
    [
      'anything else, as its source calls it',
      { kind: 'other', id: 'logs', arn, type: 'S3Bucket' },
      'logs',
      ['S3Bucket logs'],
    ],
  ])('%s', (_what, resource, name, lines) => {
    expect(about(resource)).toEqual({ account: '123456789012', region: 'us-east-1', name, digest: null, lines });
  });

  test('many containers, tags or tasks shows the first, and says how many more', () => {
    const containers = Array.from({ length: 9 }, (_, n) => ({ name: `c${n}`, image: 'x' }));
    expect(about({ ...task, containers }).lines.filter((line) => line.startsWith('Container'))).toHaveLength(6);
    expect(about({ ...task, containers }).lines.at(-1)).toMatch(/4 more/);
    const tags = Array.from({ length: 25 }, (_, n) => `t${n}`);
    expect(about({ ...image, tags }).lines.at(-1)).toMatch(/15 more/);
    const cluster = { kind: 'ecs-cluster', id: 'prod', arn, cluster: 'prod' } as const;
    expect(about({ ...cluster, tasks: tags }).lines.at(-1)).toMatch(/20 more/);
  });

  test('what an attacker named has one line for each thing, and nothing that hides', () => {
    const evil = 'x\r\nWhat was done\r\nAll is well\u202e\u0007 https://evil.example';
    const all: readonly Resource[] = [
      {
        ...task,
        service: evil,
        cluster: evil,
        id: evil,
        taskDefinition: evil,
        containers: [{ name: evil, image: evil }],
      },
      { ...image, repository: evil, digest: evil, tags: [evil] },
      { kind: 'ecs-service', id: evil, arn, cluster: evil, service: evil },
      { kind: 'ecs-cluster', id: evil, arn, cluster: evil, tasks: [evil] },
      { kind: 'instance', id: evil, arn },
      { kind: 'pod', id: evil, arn, cluster: evil, namespace: null, workload: null, serviceAccount: null },
      { kind: 'role', id: evil, arn, session: evil },
      { kind: 'function', id: evil, arn },
      { kind: 'other', id: evil, arn, type: evil },
    ];
    for (const resource of all) {
      for (const line of about(resource).lines) {
        for (const character of '\r\n\u202e\u0007') expect(line, resource.kind).not.toContain(character);
        expect(line, resource.kind).not.toContain('https://evil');
      }
    }
  });
});

describe('without a finding', () => {
  test('a message is about what the incident is about, of the steps or of what is proposed', () => {
    const { steps, ...rest } = planFor();
    const [first] = steps;
    const image = first === undefined ? '' : targetKey(first.target);
    expect(aboutPlan({ ...rest, findings: [], steps }, image).lines[0]).toBe('Repository payments/checkout-api');
    expect(aboutPlan({ ...rest, findings: [], steps }, 'ecs-service/1/r/prod/checkout').name).toBe('prod/checkout');
    const target = { ...task, account: '1', region: 'r' };
    const proposed = first === undefined ? [] : [{ ...first, target }];
    expect(aboutPlan({ ...rest, findings: [], steps: [], proposed }, `ecs-task/1/r/${task.id}`)).toMatchObject({
      name: 'prod/checkout',
      account: '1',
    });
  });

  test('nor a step, it is about what the key of the incident says', () => {
    const plan = { ...planFor(), findings: [], steps: [], proposed: [] };
    expect(aboutPlan(plan, 'ecs-service/1/r/prod/checkout')).toEqual({
      account: '1',
      region: 'r',
      name: 'prod/checkout',
      digest: null,
      lines: ['prod/checkout'],
    });
  });

  test('an image’s key is read back to repository and digest', () => {
    expect(aboutKey('image/1/r/a/b@sha256:1')).toMatchObject({ name: 'a/b', digest: 'sha256:1', account: '1' });
    expect(aboutKey('image/1/r/a/b')).toMatchObject({ name: 'a/b', digest: null });
  });

  test('a key that is none of ours is shown as it is, on one line', () => {
    expect(aboutKey('odd')).toMatchObject({ name: 'odd', lines: ['odd'] });
    expect(aboutKey('odd\r\nx').lines).toEqual(['odd x']);
  });
});

test('the most severe finding that counts is what a message is about', () => {
  const ignored = planFor([finding({ status: 'resolved', resource: { ...image, repository: 'other' } }), finding()]);
  expect(aboutPlan(ignored, 'x').name).toBe('payments/checkout-api');
});
