import { type Account, AwsError, slice } from '../../account.ts';

export interface StoredTaskDefinition {
  readonly arn: string;
  readonly family: string;
  readonly revision: number;
  readonly registeredAt: number;
  readonly containers: readonly { readonly name: string; readonly image: string }[];
}

/** A container as it was resolved: ECS pins a tag to a digest at deployment. */
export interface ResolvedContainer {
  readonly name: string;
  readonly image: string;
  /** Digest of the index for an image of several platforms; undefined before a deployment, and for registries elsewhere. */
  readonly digest: string | undefined;
}

type TaskStatus = 'PROVISIONING' | 'PENDING' | 'RUNNING' | 'DEACTIVATING' | 'STOPPING' | 'STOPPED';

export interface StoredTask {
  readonly id: string;
  readonly arn: string;
  readonly definition: StoredTaskDefinition;
  /** `service:NAME` or `family:NAME` */
  readonly group: string;
  /** The deployment that started it; undefined for a task of no service. */
  readonly startedBy: string | undefined;
  readonly createdAt: number;
  readonly containers: readonly ResolvedContainer[];
  status: TaskStatus;
}

export interface StoredService {
  readonly arn: string;
  readonly name: string;
  readonly createdAt: number;
  readonly tags: { readonly [key: string]: string };
  /** `ecs-svc/` and 19 digits */
  readonly deploymentId: string;
  definition: StoredTaskDefinition;
  desiredCount: number;
  revision: { readonly arn: string; readonly containers: readonly ResolvedContainer[] };
}

export interface Cluster {
  readonly arn: string;
  readonly name: string;
  readonly services: Map<string, StoredService>;
  readonly tasks: Map<string, StoredTask>;
}

export const clusters = slice('ecs.clusters', () => new Map<string, Cluster>());

/** By `family:revision`. */
export const taskDefinitions = slice('ecs.taskDefinitions', () => new Map<string, StoredTaskDefinition>());

export const ecsArn = (account: Account, rest: string): string => `arn:aws:ecs:${account.region}:${account.id}:${rest}`;

/** The name in a name or ARN, for the resource that IAM is asked about. */
export const lastPart = (nameOrArn: string): string => nameOrArn.slice(nameOrArn.lastIndexOf('/') + 1);

/** Finds by name or full ARN; an ARN of another account, Region or cluster finds nothing. */
export const named = <T extends { readonly arn: string }>(
  things: ReadonlyMap<string, T>,
  nameOrArn: string,
): T | undefined =>
  nameOrArn.startsWith('arn:')
    ? [...things.values()].find(({ arn }) => arn === nameOrArn)
    : things.get(lastPart(nameOrArn));

/** Throws AwsError ClusterNotFoundException. Without a name, the cluster is `default`. */
export function clusterNamed(account: Account, nameOrArn = 'default'): Cluster {
  const found = named(clusters(account), nameOrArn);
  if (found !== undefined) return found;
  throw new AwsError('ClusterNotFoundException', 'Cluster not found.');
}

/** What one call may name: from one up to `most`. Throws AwsError InvalidParameterException. */
export function upTo(most: number, what: string, asked: readonly string[] | undefined): readonly string[] {
  if (asked === undefined || asked.length === 0) {
    throw new AwsError('InvalidParameterException', `${what} cannot be empty.`);
  }
  if (asked.length > most) {
    throw new AwsError('InvalidParameterException', `${what} cannot have more than ${most} elements.`);
  }
  return asked;
}

/** What ECS wants a task to become: one that is being stopped counts as STOPPED although it still runs. */
export const desiredStatus = ({ status }: StoredTask): 'RUNNING' | 'STOPPED' =>
  status === 'DEACTIVATING' || status === 'STOPPING' || status === 'STOPPED' ? 'STOPPED' : 'RUNNING';
