import { createHash } from 'node:crypto';
import { type World, worldSchema } from '../../../sandbox/world/schema.ts';

/** Parts of an account file, as it is written. */
export interface Written {
  readonly [key: string]: unknown;
}

export const cluster = 'prod';
export const service = 'checkout';
export const repository = 'shop/checkout';
/** The incident of the service. */
export const incident = `ecs-service/123456789012/us-east-1/${cluster}/${service}`;

const digest = (content: string): string => `sha256:${createHash('sha256').update(content).digest('hex')}`;

/** What ran before, then what is accused. */
export const digests = {
  older: digest('checkout 1.40.0'),
  clean: digest('checkout 1.41.0'),
  accused: digest('checkout 1.42.0'),
  /** What somebody pushed after the accused one. */
  newer: digest('checkout 1.43.0'),
  proxy: digest('proxy 3.0.0'),
} as const;

const image = (name: string, tag: string, pushedAt: string): Written => ({ digest: name, tags: [tag], pushedAt });

const images = {
  older: image(digests.older, '1.40.0', '2026-10-31T09:00:00Z'),
  clean: image(digests.clean, '1.41.0', '2026-11-14T09:00:00Z'),
  accused: image(digests.accused, '1.42.0', '2026-11-20T01:20:00Z'),
  newer: image(digests.newer, '1.43.0', '2026-11-20T01:50:00Z'),
};

export const app = (tag: string): Written => ({ name: 'app', image: `${repository}:${tag}` });

const roles = {
  taskRoleArn: 'arn:aws:iam::123456789012:role/checkout-task',
  executionRoleArn: 'arn:aws:iam::123456789012:role/ecs-execution',
};

const definition = (revision: number, tag: string): Written => ({
  family: 'checkout',
  revision,
  containers: [app(tag)],
  ...roles,
});

/** What differs from a plain Fargate service of four tasks that was deployed 25 minutes ago. */
export interface Different {
  readonly service?: Written;
  /** Of every task definition of the service. */
  readonly definitions?: Written;
  /** By revision. */
  readonly definition?: { readonly [revision: number]: Written };
  /** By name. */
  readonly images?: { readonly [name in keyof typeof images]?: Written };
  readonly hosts?: readonly Written[];
  /** Services beside it. */
  readonly services?: readonly Written[];
  /** Tasks of no service beside it. */
  readonly tasks?: readonly Written[];
}

/** Runs an image of its own, is scaled, and nobody accuses it. */
const bystander: Written = {
  name: 'ledger',
  taskDefinition: 'ledger:14',
  desiredCount: 2,
  autoscaling: { min: 1, max: 4, target: 2 },
  deployedAt: '2026-10-02T10:00:00Z',
};

/**
 * A service that ran 1.40.0 (definition 85) and 1.41.0 (86), and runs 1.42.0 (87); beside it another service and a task of none.
 */
export function worldWith(different: Different = {}): World {
  const definitions = [definition(85, '1.40.0'), definition(86, '1.41.0'), definition(87, '1.42.0')];
  return worldSchema.parse({
    repositories: [
      {
        name: repository,
        images: Object.entries(images).map(([name, one]) => ({
          ...one,
          ...different.images?.[name as keyof typeof images],
        })),
      },
      { name: 'shop/proxy', images: [image(digests.proxy, '3.0.0', '2026-09-01T09:00:00Z')] },
      { name: 'shop/ledger', images: [image(digest('ledger 2.7.1'), '2.7.1', '2026-10-02T09:00:00Z')] },
    ],
    taskDefinitions: [
      ...definitions.map((one) => ({
        ...one,
        ...different.definitions,
        ...different.definition?.[Number(one['revision'])],
      })),
      { ...definition(88, '1.43.0'), ...different.definitions },
      { family: 'ledger', revision: 14, containers: [{ name: 'app', image: 'shop/ledger:2.7.1' }] },
    ],
    clusters: [
      {
        name: cluster,
        containerInstances: different.hosts ?? [],
        services: [
          {
            name: service,
            taskDefinition: 'checkout:87',
            desiredCount: 4,
            minimumHealthyPercent: 50,
            maximumPercent: 200,
            deployedAt: '2026-11-20T01:35:00Z',
            history: [
              { taskDefinition: 'checkout:85', deployedAt: '2026-11-01T10:00:00Z' },
              { taskDefinition: 'checkout:86', deployedAt: '2026-11-14T10:00:00Z' },
            ],
            ...different.service,
          },
          bystander,
          ...(different.services ?? []),
        ],
        tasks: [{ id: '0f1e2d3c4b5a69788796a5b4c3d2e1f0', taskDefinition: 'ledger:14' }, ...(different.tasks ?? [])],
      },
    ],
  });
}
