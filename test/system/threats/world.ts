import { createHash } from 'node:crypto';
import { type World, worldSchema } from '../../../sandbox/world/schema.ts';

/** A service that was deployed half an hour before the account opens (02:00), with an image that differs from what it ran for six days. */
export interface Deployed {
  readonly name: string;
  /** Whose repository it runs; its own without it. Services of one repository run the same images. */
  readonly image?: string;
  readonly desired?: number;
  readonly autoscaled?: boolean;
  readonly breaker?: { readonly enable: boolean; readonly rollback: boolean };
  /** Its earlier version does not come up any more. */
  readonly cleanExits?: boolean;
  /** Its earlier definition names a tag that was moved to the accused image. */
  readonly movedTag?: boolean;
  /** Its repository has a third version that is fixed, with a definition of its own. */
  readonly fixed?: boolean;
  readonly protectedTasks?: number;
  readonly minimumHealthyPercent?: number;
  /** Its tasks are on the container instances of the cluster. */
  readonly onHosts?: boolean;
  /** Name of the role of its tasks; its own without it. */
  readonly role?: string;
  /** MiB that a task of its earlier version reserves; 512 without it. */
  readonly cleanMemory?: number;
}

const digestOf = (what: string): string => `sha256:${createHash('sha256').update(what).digest('hex')}`;

export const repositoryOf = (name: string): string => `shop/${name}`;
export const cleanDigest = (name: string): string => digestOf(`${name} 1.0`);
export const accusedDigest = (name: string): string => digestOf(`${name} 2.0`);

export const fixedDigest = (name: string): string => digestOf(`${name} 3.0`);

const repositoryIn = ({ name, cleanExits = false, movedTag = false, fixed = false }: Deployed): object => ({
  name: repositoryOf(name),
  tags: { team: 'shop' },
  images: [
    { digest: cleanDigest(name), tags: ['1.0'], pushedAt: '2026-11-14T09:00:00Z', exits: cleanExits },
    {
      digest: accusedDigest(name),
      tags: ['2.0', ...(movedTag ? ['stable'] : [])],
      pushedAt: '2026-11-20T01:20:00Z',
      lastPulledAt: '2026-11-20T01:30:00Z',
      scan: { CRITICAL: 12 },
    },
    ...(fixed ? [{ digest: fixedDigest(name), tags: ['3.0'], pushedAt: '2026-11-20T01:40:00Z' }] : []),
  ],
});

const definition = (family: string, revision: number, image: string, role: string, memory = 512): object => ({
  family,
  revision,
  memory: String(memory),
  taskRoleArn: `arn:aws:iam::123456789012:role/${role}`,
  executionRoleArn: 'arn:aws:iam::123456789012:role/ecs-execution',
  containers: [{ name: 'app', image, logGroup: `/ecs/${family}` }],
});

const definitionsOf = ({ name, image = name, role = `${name}-task`, ...more }: Deployed): readonly object[] => [
  definition(name, 1, `${repositoryOf(image)}:${more.movedTag === true ? 'stable' : '1.0'}`, role, more.cleanMemory),
  definition(name, 2, `${repositoryOf(image)}:2.0`, role),
  ...(more.fixed === true ? [definition(name, 3, `${repositoryOf(image)}:3.0`, role)] : []),
];

const serviceIn = ({ name, image = name, ...deployed }: Deployed): object => ({
  name,
  taskDefinition: `${name}:2`,
  desiredCount: deployed.desired ?? 2,
  deployedAt: '2026-11-20T01:30:00Z',
  minimumHealthyPercent: deployed.minimumHealthyPercent ?? 50,
  maximumPercent: 200,
  ...(deployed.onHosts === true ? { launchType: 'EC2' } : {}),
  protectedTasks: deployed.protectedTasks ?? 0,
  ...(deployed.breaker === undefined ? {} : { circuitBreaker: deployed.breaker }),
  ...(deployed.autoscaled === true ? { autoscaling: { min: 1, max: 6, target: deployed.desired ?? 2 } } : {}),
  history: [{ taskDefinition: `${name}:1`, deployedAt: '2026-11-14T10:00:00Z', digests: { app: cleanDigest(image) } }],
});

/** An account with these services in the cluster `prod`, of which more can be said as an account file says it; so can of the account. */
export const shopWorld = (services: readonly Deployed[], cluster: object = {}, account: object = {}): World =>
  worldSchema.parse({
    ...account,
    repositories: services.filter(({ name, image = name }) => image === name).map(repositoryIn),
    taskDefinitions: services.flatMap(definitionsOf),
    clusters: [{ name: 'prod', services: services.map(serviceIn), ...cluster }],
  });
