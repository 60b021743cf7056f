import type { Unread } from './reads.ts';

/**
 * What is known about what findings on Amazon ECS accuse, read when the plan is made. Plain JSON; times are ISO 8601 UTC.
 */
export type Workload = {
  /** The accused tasks, in the order in which they were asked for. */
  readonly tasks: readonly SeenTask[];
  /** The services that they belong to. */
  readonly services: readonly SeenService[];
  /** As `ownerText` writes it: by the tags of a service, of a task definition, or of the cluster. */
  readonly owner: string;
  readonly unread: readonly Unread[];
};

export type SeenTask = {
  readonly arn: string;
  /** `gone`: ECS shows a stopped task for about an hour, and then no more. */
  readonly state: 'running' | 'stopping' | 'stopped' | 'gone';
  readonly group: string | null;
  /** Name of the service that replaces it; null for a task that none does, or that is gone. */
  readonly service: string | null;
  readonly taskDefinition: string | null;
  readonly launchType: string | null;
  readonly containers: readonly SeenContainer[];
  /** ARN of the role whose credentials its containers have; null for none, `unknownRole` where it could not be read. */
  readonly role: string | null;
  /** ARNs of the secrets in Secrets Manager that its containers are given as they start; absent: none is known. */
  readonly secrets?: readonly string[];
  /** When its images had been pulled. */
  readonly pulledAt: string | null;
};

export type SeenContainer = {
  readonly name: string;
  readonly image: string | null;
  /** As ECS resolved it; null before the pull, and for what ECS does not say. */
  readonly digest: string | null;
  /**
   * Whether its file system is read-only, volumes included, but for the usual places (`isWritablePath`): what else runs came with the
   * image. Null where it is not known.
   */
  readonly readOnlyRoot: boolean | null;
};

export type SeenService = {
  readonly arn: string;
  readonly cluster: string;
  readonly name: string;
  /** What it has run, the latest deployment first. ECS keeps deployments for 90 days. */
  readonly versions: readonly Version[];
};

/** A revision of a service: a task definition with its tags resolved, as it was deployed. */
export type Version = {
  readonly revision: string;
  readonly taskDefinition: string;
  readonly containers: readonly VersionContainer[];
  /** When its first deployment began. */
  readonly deployedAt: string;
  /** Whether a deployment of it reached steady state. */
  readonly steady: boolean;
};

export type VersionContainer = Pick<SeenContainer, 'name' | 'image' | 'digest'>;

/** In the place of a role that could not be read: nobody may take it for none. */
export const unknownRole = 'unknown';
