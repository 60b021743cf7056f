import { worldSchema } from '../../sandbox/world/schema.ts';
import { type Accusation, noAccusation } from '../../shared/actions/accusation.ts';
import type { Target } from '../../shared/actions/contract.ts';
import type { ResourceKind } from '../../shared/finding/resource.ts';
import { emptyCluster, ofPods, pod } from './embeddedPods.ts';

/** Accounts of the sandbox in which every action has something to do, by the kind of its target. */
const account = '123456789012';
const region = 'eu-central-1';
const accused = `sha256:${'1'.repeat(64)}`;
const index = `sha256:${'3'.repeat(64)}`;
const other = `sha256:${'2'.repeat(64)}`;
const clean = `sha256:${'4'.repeat(64)}`;
const arn = (service: string, resource: string): string => `arn:aws:${service}:${region}:${account}:${resource}`;
const role = `arn:aws:iam::${account}:role/checkout`;

/** A platform image of an index is accused; every place that could run it runs another one. */
const ofImages = worldSchema.parse({
  account,
  region,
  repositories: [
    {
      name: 'payments/checkout-api',
      tags: { team: 'payments' },
      images: [{ digest: index, tags: ['1.42.0'], platforms: [{ digest: accused }], scan: { CRITICAL: 12 } }],
    },
    { name: 'payments/ledger', images: [{ digest: other, tags: ['2.7.1'] }] },
  ],
  taskDefinitions: [{ family: 'ledger', revision: 14, containers: [{ name: 'app', image: 'payments/ledger:2.7.1' }] }],
  clusters: [
    {
      name: 'prod',
      services: [{ name: 'ledger', taskDefinition: 'ledger:14', desiredCount: 1 }],
      scheduledTasks: [{ name: 'nightly', schedule: 'rate(1 day)', taskDefinition: 'ledger:14' }],
      taskSchedules: [{ name: 'monthly', taskDefinition: 'ledger' }],
    },
  ],
  eksClusters: [emptyCluster],
  functions: [{ name: 'mailer', image: `payments/ledger@${other}` }],
});

const taskId = '0f1e2d3c4b5a69788796a5b4c3d2e1f0';
const definition = 'checkout-api:42';

/**
 * A service on EC2 hosts that was deployed an hour ago, when the tag of its image had moved to a bad one; of a definition with tags and
 * roles, scaled, with a circuit breaker that rolls back, and with a task that is protected from scale-in.
 */
const ofServices = worldSchema.parse({
  account,
  region,
  repositories: [
    {
      name: 'payments/checkout-api',
      images: [
        { digest: clean, tags: ['1.41.9'] },
        {
          digest: accused,
          tags: ['stable'],
          prints: ['connected with correct-horse', 'stratum+tcp://pool.example:3333'],
        },
      ],
    },
  ],
  taskDefinitions: [
    {
      family: 'checkout-api',
      revision: 42,
      taskRoleArn: role,
      executionRoleArn: role,
      tags: { team: 'payments' },
      containers: [
        {
          name: 'app',
          image: 'payments/checkout-api:stable',
          environment: { DB_PASSWORD: 'correct-horse' },
          logGroup: '/ecs/checkout-api',
        },
      ],
    },
  ],
  clusters: [
    {
      name: 'prod',
      containerInstances: [{ ec2InstanceId: 'i-0ab12cd34ef567890' }],
      services: [
        {
          name: 'checkout-api',
          taskDefinition: definition,
          desiredCount: 2,
          launchType: 'EC2',
          autoscaling: { min: 1, max: 6, target: 2 },
          circuitBreaker: { enable: true, rollback: true },
          tags: { team: 'payments' },
          taskIds: [taskId],
          protectedTasks: 1,
          deployedAt: '2026-11-20T01:00:00Z',
          history: [{ taskDefinition: definition, digests: { app: clean }, deployedAt: '2026-11-11T09:00:00Z' }],
        },
      ],
    },
  ],
});

const [tagged] = ofServices.taskDefinitions;

/** The same, deployed from a definition of its own with a role of its own: what ran before comes back without a copy. */
export const withoutCopy = worldSchema.parse({
  ...ofServices,
  taskDefinitions: [
    { ...tagged, revision: 41, containers: [{ name: 'app', image: 'payments/checkout-api:1.41.9' }] },
    { ...tagged, taskRoleArn: `${role}-new`, executionRoleArn: `${role}-new` },
  ],
  clusters: ofServices.clusters.map((cluster) => ({
    ...cluster,
    services: cluster.services.map((service) => ({
      ...service,
      history: [{ taskDefinition: 'checkout-api:41', deployedAt: '2026-11-11T09:00:00Z' }],
    })),
  })),
});

const [checkout] = ofServices.repositories;

/** The same, but the tag of what it runs points to something else by now: deployed again, its definition would start that. */
export const movedSince = worldSchema.parse({
  ...ofServices,
  repositories: [
    {
      ...checkout,
      images: [
        ...(checkout?.images ?? []).map((image) => ({ ...image, tags: [] })),
        { digest: other, tags: ['stable'] },
      ],
    },
  ],
  clusters: ofServices.clusters.map((cluster) => ({
    ...cluster,
    services: cluster.services.map((service) => ({ ...service, digests: { app: accused } })),
  })),
});

const container = {
  name: 'app',
  image: `${account}.dkr.ecr.${region}.amazonaws.com/payments/checkout-api:stable`,
};

const targets: { readonly [K in ResourceKind]: Target<K> } = {
  image: {
    kind: 'image',
    id: `payments/checkout-api@${accused}`,
    arn: arn('ecr', 'repository/payments/checkout-api'),
    repository: 'payments/checkout-api',
    digest: accused,
    tags: [],
    account,
    region,
  },
  'ecs-task': {
    kind: 'ecs-task',
    id: `prod/${taskId}`,
    arn: arn('ecs', `task/prod/${taskId}`),
    cluster: 'prod',
    service: 'checkout-api',
    group: 'service:checkout-api',
    taskDefinition: arn('ecs', `task-definition/${definition}`),
    launchType: 'EC2',
    containers: [container],
    account,
    region,
  },
  'ecs-service': {
    kind: 'ecs-service',
    id: 'prod/checkout-api',
    arn: arn('ecs', 'service/prod/checkout-api'),
    cluster: 'prod',
    service: 'checkout-api',
    account,
    region,
  },
  'ecs-cluster': {
    kind: 'ecs-cluster',
    id: 'prod',
    arn: arn('ecs', 'cluster/prod'),
    cluster: 'prod',
    tasks: [],
    account,
    region,
  },
  instance: {
    kind: 'instance',
    id: 'i-0ab12cd34ef567890',
    arn: arn('ec2', 'instance/i-0ab12cd34ef567890'),
    account,
    region,
  },
  'managed-instance': {
    kind: 'managed-instance',
    id: 'mi-0ab12cd34ef567890',
    arn: arn('ssm', 'managed-instance/mi-0ab12cd34ef567890'),
    account,
    region,
  },
  'ecr-repository': {
    kind: 'ecr-repository',
    id: 'payments/checkout-api',
    arn: arn('ecr', 'repository/payments/checkout-api'),
    repository: 'payments/checkout-api',
    account,
    region,
  },
  secret: {
    kind: 'secret',
    id: 'checkout/database-a1B2c3',
    arn: arn('secretsmanager', 'secret:checkout/database-a1B2c3'),
    account,
    region,
  },
  'access-key': {
    kind: 'access-key',
    id: 'AKIAIOSFODNN7EXAMPLE',
    arn: `arn:aws:iam::${account}:user/builder`,
    user: 'builder',
    account,
    region,
  },
  'ecs-task-definition': {
    kind: 'ecs-task-definition',
    id: definition,
    arn: arn('ecs', `task-definition/${definition}`),
    account,
    region,
  },
  pod: {
    kind: 'pod',
    id: `${pod.cluster}/${pod.namespace}/${pod.name}`,
    arn: arn('eks', `cluster/${pod.cluster}`),
    ...{ cluster: pod.cluster, namespace: pod.namespace, account, region },
    workload: `pods/${pod.name}`,
    serviceAccount: null,
  },
  role: { kind: 'role', id: 'checkout', arn: role, session: taskId, account, region },
  function: { kind: 'function', id: arn('lambda', 'function:f'), arn: arn('lambda', 'function:f'), account, region },
  'security-group': {
    kind: 'security-group',
    id: 'sg-0a1b2c3d4e5f60718',
    arn: arn('ec2', 'security-group/sg-0a1b2c3d4e5f60718'),
    account,
    region,
  },
  address: { kind: 'address', id: '192.175.48.7', arn: arn('firebreak', 'address/192.175.48.7'), account, region },
  other: { kind: 'other', id: 'receipts', arn: 'arn:aws:s3:::receipts', type: 'S3Bucket', account, region },
};

export const embeddedTarget = (kind: ResourceKind): Target => targets[kind];

/** A host of a cluster with two, from which a service can move, and on which a patch is missing. */
const ofHosts = worldSchema.parse({
  account,
  region,
  repositories: [{ name: 'payments/ledger', images: [{ digest: other, tags: ['2.7.1'] }] }],
  taskDefinitions: [{ family: 'ledger', revision: 14, containers: [{ name: 'app', image: 'payments/ledger:2.7.1' }] }],
  clusters: [
    {
      name: 'prod',
      containerInstances: [
        {
          ec2InstanceId: 'i-0ab12cd34ef567890',
          tags: { team: 'platform' },
          autoScalingGroup: 'web',
          ssm: { patches: [{ id: 'kernel.x86_64' }] },
        },
        { ec2InstanceId: 'i-0ab12cd34ef567891' },
      ],
      services: [{ name: 'ledger', taskDefinition: 'ledger:14', desiredCount: 2, launchType: 'EC2' }],
    },
  ],
});

/** A function that shares what is unreserved. */
const ofFunctions = worldSchema.parse({
  account,
  region,
  functions: [{ name: 'f', tags: { team: 'media' }, prints: ['fetched'] }],
});

const worlds: { readonly [kind in ResourceKind]?: typeof ofServices } = {
  image: ofImages,
  instance: ofHosts,
  function: ofFunctions,
  pod: ofPods,
};

export const worldOf = (kind: ResourceKind) => worlds[kind] ?? ofServices;

/** What the findings accuse there: of a task and its service, the image that was deployed with it. */
export const accusationOf = (kind: ResourceKind): Accusation =>
  kind === 'ecs-task' || kind === 'ecs-service'
    ? { ...noAccusation, cause: 'image', tasks: [targets['ecs-task'].arn], digests: [accused] }
    : noAccusation;
