import type { Task } from '@aws-sdk/client-ecs';
import { bounded, detailLength } from '../finding/bounds.ts';
import { readClusters } from './ecsUsers.ts';
import { functionCode } from './lambdaUsers.ts';
import { attempt, inPartsOf, type Reads, type Unread } from './reads.ts';
import { isDigest, parseReference, type Reference } from './reference.ts';
import { shortArn } from './sightings.ts';

/** An image that something runs now. */
export interface RunningImage {
  /** As it can be pulled, by its digest: what tells it apart. By its tag where nothing says which digest runs. */
  readonly name: string;
  /** Null where its name is in no form that is known: then `name` is what is written. */
  readonly reference: Reference | null;
  /** `service/prod/checkout`, `function/resize`; at most `mostRuns`. */
  readonly runs: readonly string[];
}

/** What runs in the account and Region, and what could not be told. */
export interface Running {
  /** In the order of their names, each once. */
  readonly images: readonly RunningImage[];
  /** Where anything is here, an image that is not among `images` may run all the same. */
  readonly unread: readonly Unread[];
}

/** What runs an image is named so often; more say nothing new. */
const mostRuns = 20;
/** More different images than this are not looked at, and that is said. */
const mostImages = 5_000;

interface Collected {
  readonly images: Map<string, { readonly reference: Reference | null; readonly runs: Set<string> }>;
  readonly unread: Unread[];
}

/**
 * The images of tasks that run on Amazon ECS and of Lambda functions, page by page: what is kept are the images, however many tasks there are.
 * A function is what is invoked without a version; versions that an alias points to are not read.
 */
export async function readRunningImages(read: Reads): Promise<Running> {
  const collected: Collected = { images: new Map(), unread: [] };
  for (const cluster of (await readClusters(read, collected)) ?? []) {
    await attempt(collected.unread, `ECS tasks of ${shortArn(cluster)}`, () => readTasks(read, cluster, collected));
  }
  await attempt(collected.unread, 'Lambda functions', () => readFunctions(read, collected));
  const images = [...collected.images]
    .map(([name, { reference, runs }]) => ({ name, reference, runs: [...runs].sort() }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  return { images, unread: collected.unread };
}

async function readTasks(read: Reads, cluster: string, collected: Collected): Promise<void> {
  const { client, ListTasksCommand, DescribeTasksCommand } = await read.aws.ecs();
  let nextToken: string | undefined;
  do {
    const page = await client.send(
      new ListTasksCommand({ cluster, desiredStatus: 'RUNNING', maxResults: 100, nextToken }),
      read.call,
    );
    for (const tasks of inPartsOf(100, page.taskArns ?? [])) {
      const answer = await client.send(new DescribeTasksCommand({ cluster, tasks }), read.call);
      for (const task of answer.tasks ?? []) collectTask(task, cluster, collected);
      for (const { arn = cluster, reason } of answer.failures ?? []) {
        // MISSING: it was gone between the two calls, and what is gone runs nothing.
        if (reason !== 'MISSING') collected.unread.push({ place: shortArn(arn), why: reason ?? 'no reason given' });
      }
    }
    nextToken = page.nextToken;
  } while (nextToken !== undefined && nextToken !== '');
}

function collectTask({ lastStatus, group, containers = [] }: Task, cluster: string, collected: Collected): void {
  // What has not started yet has not said what it pulled; it has when the next look comes.
  if (lastStatus !== 'RUNNING') return;
  const name = cluster.slice(cluster.lastIndexOf('/') + 1);
  const [kind = 'task', ...rest] = (group ?? 'task').split(':');
  const runs = kind === 'service' ? `service/${name}/${rest.join(':')}` : `task/${name}/${rest.join(':') || kind}`;
  for (const { image, imageDigest } of containers) {
    if (image !== undefined) collect(collected, image, imageDigest ?? null, runs);
  }
}

async function readFunctions(read: Reads, collected: Collected): Promise<void> {
  const { client, ListFunctionsCommand } = await read.aws.lambda();
  let Marker: string | undefined;
  do {
    const page = await client.send(new ListFunctionsCommand({ MaxItems: 50, Marker }), read.call);
    for (const { PackageType, FunctionName, FunctionArn = '', Version } of page.Functions ?? []) {
      if (PackageType !== 'Image' || FunctionName === undefined) continue;
      const code = await attempt(collected.unread, shortArn(FunctionArn), () =>
        functionCode(read, FunctionName, Version),
      );
      const image = code?.ResolvedImageUri ?? code?.ImageUri;
      if (image !== undefined) collect(collected, image, null, `function/${FunctionName}`);
    }
    Marker = page.NextMarker;
  } while (Marker !== undefined && Marker !== '');
}

/** More of a name that nobody can read says nothing more. */
const longestUnread = 256;

/** @param resolved the digest that ECS says runs, whatever the name points to by now */
function collect(collected: Collected, image: string, resolved: string | null, by: string): void {
  const parsed = parseReference(image);
  if (parsed === null) {
    add(collected, image === '' ? '(no name)' : bounded(image, longestUnread), null, by);
    return;
  }
  const { ecr, ...written } = parsed;
  const digest = resolved !== null && isDigest(resolved, ecr !== null) ? resolved : parsed.digest;
  const reference: Reference = { ...written, digest, ecr: ecr === null ? null : { ...ecr, digest } };
  const name = `${reference.registry}/${reference.repository}${digest === null ? `:${reference.tag}` : `@${digest}`}`;
  add(collected, name, reference, by);
}

function add({ images, unread }: Collected, name: string, reference: Reference | null, by: string): void {
  const known = images.get(name);
  if (known === undefined && images.size >= mostImages) {
    const full = `more than ${mostImages} images run`;
    if (!unread.some(({ place }) => place === full)) unread.push({ place: full, why: 'the others are not looked at' });
    return;
  }
  const runs = known?.runs ?? new Set<string>();
  if (runs.size < mostRuns) runs.add(bounded(by, detailLength));
  if (known === undefined) images.set(name, { reference, runs });
}
