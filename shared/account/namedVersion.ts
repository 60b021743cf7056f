import type { TaskDefinition } from '@aws-sdk/client-ecs';
import { type ImageReference, parseImageReference } from './imageReference.ts';
import type { Reads } from './reads.ts';
import { readImageStatuses } from './repositoryImages.ts';
import { shortArn } from './sightings.ts';

/** A version that a person named, and what comes up with it. */
export interface NamedVersion {
  readonly taskDefinition: string;
  /** By container, of those in ECR. */
  readonly digests: { readonly [container: string]: string };
  /** Images to write into a copy of the definition, by container; empty where it is deployed as it is. */
  readonly pins: { readonly [container: string]: string };
  /** Roles that are passed on with it, ARNs. */
  readonly roles: readonly string[];
  readonly images: readonly { readonly reference: ImageReference; readonly digest: string }[];
}

type Found = { readonly version: NamedVersion; readonly why: null } | { readonly version: null; readonly why: string };

const no = (why: string): Found => ({ version: null, why });

/** What a service runs now, as far as a named version is compared with it. */
export interface RunningNow {
  readonly taskDefinition: string;
  readonly digests: { readonly [container: string]: string };
}

const isDigest = (text: string): boolean => /^sha256:[0-9a-f]{64}$/.test(text);

/** `checkout` of `arn:…:task-definition/checkout:7` or of `checkout:7`. */
export const familyIn = (definition: string): string =>
  shortArn(definition)
    .replace(/^task-definition\//, '')
    .replace(/:\d+$/, '');

/**
 * Finds out what would come up: of a task definition (`family:revision` or its ARN) its images, by the digests that their tags have now; of an image digest
 * the definition that the service runs now, with that image in the place of the one from the same repository. Null: what it runs. Throws the SDK's own error.
 */
export async function readNamedVersion(read: Reads, to: string | null, now: RunningNow): Promise<Found> {
  const running = await definitionOf(read, now.taskDefinition);
  if (running === null) return no(`${shortArn(now.taskDefinition)}, which it runs, is not there any more`);
  if (to === null) {
    const { version, why } = await resolved(read, running, running, now.digests);
    // It is not deployed anew: what its tags point to by now starts nowhere.
    return version === null ? no(why) : { version: { ...version, pins: {} }, why: null };
  }
  if (isDigest(to)) return withImage(read, to, now, running);
  const named = await definitionOf(read, to);
  if (named === null) return no(`there is no task definition ${shortArn(to)}`);
  if (named.status !== 'ACTIVE') return no(`${shortArn(to)} is ${named.status ?? 'gone'}`);
  return resolved(read, named, running, {});
}

async function definitionOf(read: Reads, taskDefinition: string): Promise<TaskDefinition | null> {
  const { client, DescribeTaskDefinitionCommand } = await read.aws.ecs();
  try {
    return (await client.send(new DescribeTaskDefinitionCommand({ taskDefinition }), read.call)).taskDefinition ?? null;
  } catch (error) {
    // ClientException: "Unable to describe task definition".
    if (error instanceof Error && error.name === 'ClientException') return null;
    throw error;
  }
}

/** The definition that runs, with one image in the place of another version of it. */
async function withImage(read: Reads, digest: string, now: RunningNow, running: TaskDefinition): Promise<Found> {
  const holding: string[] = [];
  for (const { name = '', image = '' } of running.containerDefinitions ?? []) {
    const reference = parseImageReference(image);
    if (reference === null) continue;
    if (((await readImageStatuses(read, reference, [digest])).get(digest) ?? null) !== null) holding.push(name);
  }
  const [container, ...others] = holding;
  if (container === undefined) return no(`no repository of its containers has ${digest.slice(0, 19)}`);
  if (others.length > 0)
    return no(`${holding.join(' and ')} are of a repository that has ${digest.slice(0, 19)}: name a task definition`);
  return resolved(read, running, running, { ...now.digests, [container]: digest });
}

/** @param wanted digests by container that are to come up whatever the definition says */
async function resolved(
  read: Reads,
  definition: TaskDefinition,
  running: TaskDefinition,
  wanted: { readonly [container: string]: string },
): Promise<Found> {
  const digests: [string, string][] = [];
  const pins: [string, string][] = [];
  const images: { reference: ImageReference; digest: string }[] = [];
  const name = shortArn(definition.taskDefinitionArn ?? '');
  for (const { name: container = '', image = '' } of definition.containerDefinitions ?? []) {
    const reference = parseImageReference(image);
    if (reference === null) {
      const same = running.containerDefinitions?.some((one) => one.name === container && one.image === image) === true;
      if (same) continue;
      return no(`the image of ${container} in ${name} is not in ECR, so that nobody can say what it is`);
    }
    const digest = wanted[container] ?? reference.digest ?? (await digestOf(read, reference));
    if (digest === null) return no(`the image of ${container} in ${name} is not there: it could not be pulled`);
    const status = (await readImageStatuses(read, reference, [digest])).get(digest) ?? null;
    if (status !== 'ACTIVE')
      return no(`${reference.repository}@${digest.slice(0, 19)} is ${status ?? 'gone'}: it could not be pulled`);
    digests.push([container, digest]);
    images.push({ reference, digest });
    if (Object.keys(wanted).length > 0 && reference.digest !== digest)
      pins.push([container, `${image.slice(0, image.indexOf(reference.repository))}${reference.repository}@${digest}`]);
  }
  const { taskDefinitionArn = '', taskRoleArn, executionRoleArn } = definition;
  const roles = [...new Set([taskRoleArn ?? [], executionRoleArn ?? []].flat())].sort();
  const version = { digests: Object.fromEntries(digests), pins: Object.fromEntries(pins), roles, images };
  return { version: { taskDefinition: taskDefinitionArn, ...version }, why: null };
}

/** What a tag points to now; null where nothing has it. */
async function digestOf(read: Reads, { account, repository, tag }: ImageReference): Promise<string | null> {
  const { client, DescribeImagesCommand } = await read.aws.ecr();
  try {
    const answer = await client.send(
      new DescribeImagesCommand({
        registryId: account,
        repositoryName: repository,
        imageIds: [{ imageTag: tag ?? 'latest' }],
        filter: { imageStatus: 'ANY' },
      }),
      read.call,
    );
    return answer.imageDetails?.[0]?.imageDigest ?? null;
  } catch (error) {
    if (
      error instanceof Error &&
      (error.name === 'ImageNotFoundException' || error.name === 'RepositoryNotFoundException')
    )
      return null;
    throw error;
  }
}
