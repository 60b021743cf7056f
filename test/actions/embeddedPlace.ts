import { credentialsFor } from '../../sandbox/iam/credentials.ts';
import { createRole } from '../../sandbox/iam/roles.ts';
import { type EmbeddedAccount, openAccount } from '../../sandbox/sandbox.ts';
import { worldSchema } from '../../sandbox/world/schema.ts';
import type { Permission, Target } from '../../shared/actions/contract.ts';
import { sessionPolicy } from '../../shared/actions/sessionPolicy.ts';
import type { ResourceKind } from '../../shared/finding/resource.ts';
import { awsFor } from '../../shared/platform/sdk/aws.ts';
import { actContext } from './actContext.ts';
import type { Place } from './life.ts';

const accused = `sha256:${'1'.repeat(64)}`;
const index = `sha256:${'3'.repeat(64)}`;
const other = `sha256:${'2'.repeat(64)}`;

/** A platform image of an index is accused; every place that could run it runs another one. */
const world = worldSchema.parse({
  account: '123456789012',
  region: 'eu-central-1',
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
    },
  ],
  functions: [{ name: 'mailer', image: `payments/ledger@${other}` }],
});

const targets: Partial<Readonly<Record<ResourceKind, Target>>> = {
  image: {
    kind: 'image',
    id: `payments/checkout-api@${accused}`,
    arn: `arn:aws:ecr:eu-central-1:123456789012:repository/payments/checkout-api`,
    repository: 'payments/checkout-api',
    digest: accused,
    tags: [],
    account: '123456789012',
    region: 'eu-central-1',
  },
};

export function embeddedTarget(kind: ResourceKind): Target {
  const target = targets[kind];
  if (target === undefined) throw new Error(`An action takes ${kind}, which has no place here yet`);
  return target;
}

export interface EmbeddedPlace extends Place, AsyncDisposable {
  /** The calls that IAM refused. */
  refused(): readonly string[];
}

/** The embedded account, called under a role that may do what these permissions say and nothing else. */
export async function embeddedPlace(kind: ResourceKind, permissions: readonly Permission[]): Promise<EmbeddedPlace> {
  const { account, clock, door, close }: EmbeddedAccount = await openAccount({ world });
  const name = 'step';
  createRole(account, {
    name,
    arn: `arn:aws:iam::${account.id}:role/${name}`,
    trust: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { AWS: account.id }, Action: 'sts:AssumeRole' }],
    },
    policies: [{ name, document: JSON.parse(sessionPolicy(permissions)) }],
  });
  const { expiration: _virtual, ...credentials } = credentialsFor(account, name, 'test');
  const aws = awsFor({ region: account.region, endpoint: door.endpoint, credentials });
  const refused = (): readonly string[] =>
    account.trail.filter(({ result }) => result.startsWith('AccessDenied')).map(({ action }) => action);
  return {
    target: embeddedTarget(kind),
    context: { ...actContext(aws), clock: { now: () => new Date(clock.now()) } },
    // What an action does after a refusal says nothing more about its permissions.
    enter: () => {
      if (refused().length > 0) throw new Error('IAM refused a call');
    },
    // As long as ECR may take to restore an image.
    settle: () => clock.advance(20 * 60_000),
    refused: () => account.trail.filter(({ result }) => result.startsWith('AccessDenied')).map(({ action }) => action),
    [Symbol.asyncDispose]: close,
  };
}
