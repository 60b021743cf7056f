import type { Finding, Threat } from '../finding/finding.ts';
import type { Resource, ResourceKind } from '../finding/resource.ts';
import { labelOfScore } from '../finding/severity.ts';
import { threatClass, typesBySeverity, typesOfClassA } from './threatTypes.ts';

/** What a finding is about, by what stands between `:` and `/` of its type. */
const kindsOn: { readonly [on: string]: readonly ResourceKind[] } = {
  Runtime: ['ecs-task', 'pod', 'instance'],
  ECS: ['ecs-task', 'ecs-cluster'],
  Container: ['ecs-task', 'pod'],
  Kubernetes: ['pod'],
  EKS: ['pod'],
  EC2: ['instance'],
  IAMUser: ['role'],
  Lambda: ['function'],
};

/** Of each of GuardDuty's bands from medium on, with the lowest of high, at which rules begin. */
const severities: readonly number[] = [5, 7, 8, 9.5];

const arn = (service: string, rest: string): string => `arn:aws:${service}:us-east-1:111122223333:${rest}`;
const cluster = 'any-cluster';

const resources: { readonly [kind in ResourceKind]?: Resource } = {
  'ecs-task': {
    ...{ kind: 'ecs-task', id: `${cluster}/any-task`, arn: arn('ecs', `task/${cluster}/any-task`), cluster },
    ...{ service: 'any-service', group: 'service:any-service', launchType: 'FARGATE' },
    taskDefinition: arn('ecs', 'task-definition/any-family:1'),
    containers: [{ name: 'any-container', image: 'any-image:1' }],
  },
  'ecs-cluster': { kind: 'ecs-cluster', id: cluster, arn: arn('ecs', `cluster/${cluster}`), cluster, tasks: [] },
  pod: {
    ...{ kind: 'pod', id: `${cluster}/any-namespace/any-pod`, arn: arn('eks', `cluster/${cluster}`), cluster },
    ...{ namespace: 'any-namespace', workload: 'pods/any-pod', serviceAccount: 'any-account' },
  },
  instance: { kind: 'instance', id: 'i-0123456789abcdef0', arn: arn('ec2', 'instance/i-0123456789abcdef0') },
  role: { kind: 'role', id: 'any-role', arn: 'arn:aws:iam::111122223333:role/any-role', session: 'any-session' },
  function: { kind: 'function', id: arn('lambda', 'function:any'), arn: arn('lambda', 'function:any') },
  other: { kind: 'other', id: 'S3Bucket/any-bucket', arn: 'arn:aws:s3:::any-bucket', type: 'S3Bucket' },
};

const at = '2026-01-01T00:00:00.000Z';

const nothingSeen: Threat = {
  ...{ firstSeenAt: at, count: 1, role: null, process: null, files: [], names: [], remote: null, from: null },
  signals: [],
};

/** With all that the source may say: a condition that names nobody (`exists`, `anything-but`) asks whether it does. */
const muchSeen: Threat = {
  ...{ firstSeenAt: at, count: 100, role: 'target', files: ['/any/file'], names: ['any-malware'] },
  process: { name: 'any-process', path: '/any/process', sha256: 'any-hash' },
  ...{ remote: '198.51.100.7', from: '198.51.100.7', signals: [] },
};

const probe = (type: string, severity: number, resource: Resource, threat: Threat = nothingSeen): Finding => ({
  ...{ id: `${type}/${resource.kind}/${severity}`, source: 'guardduty', type, status: 'open', sample: false },
  ...{ severity, label: labelOfScore(severity), account: '111122223333', region: 'us-east-1', observedAt: at },
  ...{ title: type, resource, threat },
});

/** The same of which more is known; a task of it runs on an instance. */
function fuller(type: string, severity: number, resource: Resource): Finding {
  const onInstance = resource.kind === 'ecs-task' ? { ...resource, launchType: 'EC2' } : resource;
  const full = probe(type, severity, onInstance, muchSeen);
  return { ...full, id: `${full.id}/full` };
}

const onOf = (type: string): string => type.split(/[:/]/)[1] ?? '';

/**
 * A type, in each severity, on each kind of resource that it may be about; those alone that are of the worst class. Little is known of each, and
 * of one, of the highest severity, all that may be.
 */
export const probesOfType = (type: string): readonly Finding[] =>
  (kindsOn[onOf(type)] ?? ['other']).flatMap((kind) => {
    const resource = resources[kind];
    if (resource === undefined) return [];
    const worst = severities.filter((severity) => threatClass({ type, severity }) === 'A');
    return [
      ...worst.map((severity) => probe(type, severity, resource)),
      ...worst.slice(-1).map((severity) => fuller(type, severity, resource)),
    ];
  });

/**
 * Findings of the worst class, each type in several severities and on the kinds of resource that it may be about, of names that nobody has: what
 * sets of rules are compared by.
 */
export const worstProbes: readonly Finding[] = [...typesOfClassA, ...typesBySeverity].flatMap(probesOfType);
