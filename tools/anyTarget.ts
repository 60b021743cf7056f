import type { Target } from '../shared/actions/contract.ts';
import type { ResourceKind } from '../shared/finding/resource.ts';

/** What stands for the varying parts of a target when its permissions are written down for all of them. */
export interface Wording {
  readonly partition: string;
  readonly account: string;
  readonly region: string;
  /** What stands for the name of a resource. */
  readonly name: string;
}

// Valid in form, because actions refuse to make an ARN from anything else, and found nowhere else in an ARN.
const account = '000011112222';
const region = 'any-region-1';
const name = 'any-name';
/** What stands for every name. */
export const anyName = name;
/** What Secrets Manager puts behind the name of a secret. */
export const anySecretEnd = '-a1B2c3';
/** What stands for every EC2 instance. */
export const anyInstance = 'i-00001111222233334';
/** What stands for every security group. */
export const anyGroup = 'sg-00001111222233334';

const targets: { readonly [K in ResourceKind]: Target<K> } = {
  image: {
    kind: 'image',
    id: `${name}@sha256:${'0'.repeat(64)}`,
    arn: `arn:aws:ecr:${region}:${account}:repository/${name}`,
    repository: name,
    digest: `sha256:${'0'.repeat(64)}`,
    tags: [],
    account,
    region,
  },
  'ecs-task': {
    kind: 'ecs-task',
    id: `${name}/${name}`,
    arn: `arn:aws:ecs:${region}:${account}:task/${name}/${name}`,
    cluster: name,
    service: null,
    group: `family:${name}`,
    taskDefinition: `arn:aws:ecs:${region}:${account}:task-definition/${name}:1`,
    launchType: 'FARGATE',
    containers: [],
    account,
    region,
  },
  'ecs-service': {
    kind: 'ecs-service',
    id: `${name}/${name}`,
    arn: `arn:aws:ecs:${region}:${account}:service/${name}/${name}`,
    cluster: name,
    service: name,
    account,
    region,
  },
  'ecs-cluster': {
    kind: 'ecs-cluster',
    id: name,
    arn: `arn:aws:ecs:${region}:${account}:cluster/${name}`,
    cluster: name,
    tasks: [],
    account,
    region,
  },
  instance: {
    kind: 'instance',
    id: anyInstance,
    arn: `arn:aws:ec2:${region}:${account}:instance/${anyInstance}`,
    account,
    region,
  },
  'managed-instance': {
    kind: 'managed-instance',
    id: 'mi-00001111222233334',
    arn: `arn:aws:ssm:${region}:${account}:managed-instance/mi-00001111222233334`,
    account,
    region,
  },
  'ecr-repository': {
    kind: 'ecr-repository',
    id: name,
    arn: `arn:aws:ecr:${region}:${account}:repository/${name}`,
    repository: name,
    account,
    region,
  },
  'ecs-task-definition': {
    kind: 'ecs-task-definition',
    id: `${name}:1`,
    arn: `arn:aws:ecs:${region}:${account}:task-definition/${name}:1`,
    account,
    region,
  },
  pod: {
    kind: 'pod',
    id: `${name}/${name}/${name}`,
    arn: `arn:aws:eks:${region}:${account}:cluster/${name}`,
    cluster: name,
    namespace: name,
    workload: name,
    serviceAccount: null,
    account,
    region,
  },
  role: { kind: 'role', id: name, arn: `arn:aws:iam::${account}:role/${name}`, session: null, account, region },
  secret: {
    kind: 'secret',
    id: `${name}${anySecretEnd}`,
    arn: `arn:aws:secretsmanager:${region}:${account}:secret:${name}${anySecretEnd}`,
    account,
    region,
  },
  'access-key': {
    kind: 'access-key',
    id: 'AKIA0000111122223333',
    arn: `arn:aws:iam::${account}:user/${name}`,
    user: name,
    account,
    region,
  },
  function: {
    kind: 'function',
    id: `arn:aws:lambda:${region}:${account}:function:${name}`,
    arn: `arn:aws:lambda:${region}:${account}:function:${name}`,
    account,
    region,
  },
  'security-group': {
    kind: 'security-group',
    id: anyGroup,
    arn: `arn:aws:ec2:${region}:${account}:security-group/${anyGroup}`,
    account,
    region,
  },
  address: {
    kind: 'address',
    id: '192.175.48.7',
    arn: `arn:aws:firebreak:${region}:${account}:address/192.175.48.7`,
    account,
    region,
  },
  other: { kind: 'other', id: name, arn: `arn:aws:any:${region}:${account}:${name}`, type: 'Any', account, region },
};

/** A target that stands for every target of its kind. */
export const anyTarget = <K extends ResourceKind>(kind: K): { readonly [N in ResourceKind]: Target<N> }[K] =>
  targets[kind];

/** Replaces the varying parts of an ARN that was made from `anyTarget`. */
export const inWords = (arn: string, wording: Wording): string =>
  arn
    .replace('arn:aws:', `arn:${wording.partition}:`)
    .replace(`${name}${anySecretEnd}`, wording.name)
    .replace(anyInstance, wording.name)
    .replace(anyGroup, wording.name)
    .replace(account, wording.account)
    .replace(region, wording.region)
    .replaceAll(name, wording.name);
