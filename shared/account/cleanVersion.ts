import type { TaskDefinition } from '@aws-sdk/client-ecs';
import { failureOf, mayPass } from './awsFailure.ts';
import { parseImageReference } from './imageReference.ts';
import type { Reads } from './reads.ts';
import { readImageStatuses } from './repositoryImages.ts';
import type { Version, VersionContainer } from './workload.ts';

/** A version that a service may go back to, and how to be sure that it is what comes up. Plain JSON. */
export type CleanVersion = {
  readonly revision: string;
  readonly taskDefinition: string;
  /** By container, as it ran then. */
  readonly digests: { readonly [container: string]: string };
  readonly deployedAt: string;
  /**
   * Images to write into a copy of the task definition, by container, because the tag has moved since or the definition was
   * deregistered; empty where deploying the definition as it is starts these very digests.
   */
  readonly pins: { readonly [container: string]: string };
  /** Roles that are passed on with it, ARNs. */
  readonly roles: readonly string[];
};

export type CleanSearch =
  | { readonly clean: CleanVersion; readonly why: null }
  | { readonly clean: null; readonly why: string };

export interface Accusing {
  readonly digests: readonly string[];
  readonly suspects: readonly string[];
}

/** A service that was deployed often may have a long history: further back than this nobody would want to go by night. */
const mostCandidates = 10;

/**
 * The latest version that the service ran to steady state before the accused one, of which nothing is accused and everything
 * in ECR is ACTIVE. Throws the SDK's own error when ECR or ECS cannot be read.
 */
export async function findCleanVersion(
  read: Reads,
  versions: readonly Version[],
  accusing: Accusing,
): Promise<CleanSearch> {
  const before = versions.filter((version) => runs(version, accusing.digests)).map(({ deployedAt }) => deployedAt);
  const [since] = before.toSorted();
  if (since === undefined) return { clean: null, why: 'when the accused image was deployed is not known' };
  const earlier = versions.filter(({ deployedAt, steady }) => steady && deployedAt < since);
  if (earlier.length === 0) return { clean: null, why: 'it ran nothing to steady state before the accused image' };
  const reasons: string[] = [];
  const accused = versions.flatMap(({ containers }) => containers.filter((one) => isAmong(one, accusing.digests)));
  const containers = accused.map(({ name }) => name);
  for (const version of earlier.slice(0, mostCandidates)) {
    const why = await unfit(read, version, accusing, containers);
    if (why !== null) {
      reasons.push(why);
      continue;
    }
    const found = await resolve(read, version.taskDefinition, cleanOf(version).digests);
    if (found === null) reasons.push(`${nameOf(version)} is not there any more`);
    else if (found.unknown.length > 0) reasons.push(`what ${nameOf(version)} ran in ${found.unknown[0]} is not known`);
    else return { clean: { ...cleanOf(version), ...found.deployable }, why: null };
  }
  return { clean: null, why: reasons.join('; ') };
}

const isAmong = ({ digest }: VersionContainer, digests: readonly string[]): boolean =>
  digest !== null && digests.includes(digest);

const runs = ({ containers }: Version, digests: readonly string[]): boolean =>
  containers.some((container) => isAmong(container, digests));

const nameOf = ({ taskDefinition }: Version): string => taskDefinition.slice(taskDefinition.lastIndexOf('/') + 1);

function cleanOf(version: Version): Omit<CleanVersion, 'pins' | 'roles'> {
  const { revision, taskDefinition, deployedAt, containers } = version;
  const digests = Object.fromEntries(
    containers.flatMap(({ name, digest }) => (digest === null ? [] : [[name, digest]])),
  );
  return { revision, taskDefinition, deployedAt, digests };
}

/** Why a version is no good; null when it is. */
async function unfit(
  read: Reads,
  version: Version,
  { digests, suspects }: Accusing,
  accused: readonly string[],
): Promise<string | null> {
  if (runs(version, [...digests, ...suspects])) return `${nameOf(version)} is accused, too`;
  for (const container of version.containers) {
    const reference = inEcr(container);
    const { digest, name } = container;
    // Of another registry nobody can say what its tag stands for now. Beside the accused container it stays what it is.
    if (reference === null && accused.includes(name)) return `the image of ${nameOf(version)} is not in ECR`;
    if (reference === null) continue;
    if (digest === null) return `what ${nameOf(version)} ran is not known`;
    const status = (await readImageStatuses(read, reference, [digest])).get(digest) ?? null;
    if (status !== 'ACTIVE') return `the image of ${nameOf(version)} is ${status ?? 'gone'}`;
  }
  return null;
}

const inEcr = ({ image }: Pick<VersionContainer, 'image'>) => (image === null ? null : parseImageReference(image));

/** What it takes that deploying a definition starts certain digests. Plain JSON. */
export type Deployable = Pick<CleanVersion, 'pins' | 'roles'>;

/**
 * Reads what must be pinned so that a definition starts these digests, by container, and the roles that go with it; null when it
 * is not there any more. Throws the SDK's own error.
 */
export async function readDeployable(
  read: Reads,
  taskDefinition: string,
  digests: CleanVersion['digests'],
): Promise<Deployable | null> {
  return (await resolve(read, taskDefinition, digests))?.deployable ?? null;
}

/** With the containers in ECR of which no digest is known: nobody can say what would come up in them. */
async function resolve(
  read: Reads,
  taskDefinition: string,
  digests: CleanVersion['digests'],
): Promise<{ readonly deployable: Deployable; readonly unknown: readonly string[] } | null> {
  const definition = await readDefinition(read, taskDefinition);
  if (definition === null) return null;
  const pins: [string, string][] = [];
  const unknown: string[] = [];
  for (const { name = '', image = '' } of definition.containerDefinitions ?? []) {
    const reference = parseImageReference(image);
    const digest = digests[name];
    if (reference === null) continue;
    if (digest === undefined) {
      unknown.push(name);
      continue;
    }
    const sure = definition.status === 'ACTIVE' && (await resolvesTo(read, image, digest));
    if (!sure)
      pins.push([name, `${image.slice(0, image.indexOf(reference.repository))}${reference.repository}@${digest}`]);
  }
  return { deployable: { pins: Object.fromEntries(pins), roles: rolesIn(definition) }, unknown };
}

const rolesIn = ({ taskRoleArn, executionRoleArn }: TaskDefinition): readonly string[] =>
  [...new Set([taskRoleArn ?? [], executionRoleArn ?? []].flat())].sort();

/** Null when ECS does not know it: a deleted definition cannot be described. */
async function readDefinition(read: Reads, arn: string): Promise<TaskDefinition | null> {
  const { client, DescribeTaskDefinitionCommand } = await read.aws.ecs();
  try {
    const answer = await client.send(new DescribeTaskDefinitionCommand({ taskDefinition: arn }), read.call);
    return answer.taskDefinition ?? null;
  } catch (error) {
    // ClientException: "Unable to describe task definition".
    if (error instanceof Error && error.name === 'ClientException') return null;
    throw error;
  }
}

/** Whether an image as it is written starts this digest: it names the digest, or a tag that points to it now. */
async function resolvesTo(read: Reads, image: string, digest: string): Promise<boolean> {
  const reference = parseImageReference(image);
  if (reference === null) return false;
  if (reference.digest !== null) return reference.digest === digest;
  const { client, DescribeImagesCommand } = await read.aws.ecr();
  try {
    const answer = await client.send(
      new DescribeImagesCommand({
        registryId: reference.account,
        repositoryName: reference.repository,
        imageIds: [{ imageTag: reference.tag ?? 'latest' }],
      }),
      read.call,
    );
    return answer.imageDetails?.[0]?.imageDigest === digest;
  } catch (error) {
    // No such tag any more, or nobody may say: the digest is pinned, which is right in either case.
    const failure = failureOf(error);
    if (failure === null || mayPass(failure)) throw error;
    return false;
  }
}
