import { definitionsOf, servicesOf } from './ecsServiceUsers.ts';
import { readClusters } from './ecsUsers.ts';
import { attempt, type Reads, type Unread } from './reads.ts';
import { type Sightings, shortArn } from './sightings.ts';

/** Who gets a secret when it starts. */
export interface SecretReaders {
  /** `service/prod/checkout`, in the order of their names. */
  readonly services: readonly string[];
  readonly unread: readonly Unread[];
}

/**
 * The services of the account and Region whose containers are given a secret as they start: they keep its value until they are started
 * anew. What reads it by itself, while it runs, is not found so.
 * @param arn of the secret, in full; a definition may add a key, stage or version to it, or name it without what is behind its name
 */
export async function readSecretReaders(read: Reads, arn: string): Promise<SecretReaders> {
  const sightings: Sightings = { users: [], unread: [] };
  const starters = new Map<string, Set<string>>();
  for (const cluster of (await readClusters(read, sightings)) ?? []) {
    await attempt(sightings.unread, `ECS services of ${shortArn(cluster)}`, async () => {
      for (const service of await servicesOf(read, cluster, sightings)) {
        if (service.status === 'INACTIVE') continue;
        for (const definition of definitionsOf(service)) {
          const known = starters.get(definition) ?? new Set();
          starters.set(definition, known.add(shortArn(service.serviceArn ?? 'a service')));
        }
      }
    });
  }
  const { client, DescribeTaskDefinitionCommand } = await read.aws.ecs();
  const services = new Set<string>();
  for (const [definition, startedBy] of starters) {
    await attempt(sightings.unread, shortArn(definition), async () => {
      const answer = await client.send(new DescribeTaskDefinitionCommand({ taskDefinition: definition }), read.call);
      const given = (answer.taskDefinition?.containerDefinitions ?? []).flatMap(({ secrets = [] }) => secrets);
      if (given.some(({ valueFrom }) => names(valueFrom, arn))) for (const one of startedBy) services.add(one);
    });
  }
  return { services: [...services].sort(), unread: sightings.unread };
}

/**
 * The ARN of the secret that a container is given, without the key, stage or version that may follow it (ECS developer guide, "Pass Secrets Manager
 * secrets through environment variables"); undefined of a parameter of Parameter Store.
 */
export const secretArnIn = (valueFrom = ''): string | undefined =>
  /^arn:[^:]+:secretsmanager:[^:]*:[^:]*:secret:[^:]+/.exec(valueFrom)?.[0];

/** Secrets Manager User Guide, "ARN": six characters follow the name, and may be left out where it is named. */
function names(valueFrom: string | undefined, arn: string): boolean {
  const whole = secretArnIn(valueFrom);
  return whole === arn || whole === arn.replace(/-[A-Za-z0-9]{6}$/, '');
}
