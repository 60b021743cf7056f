import { TargetGone } from '../platform/errors.ts';
import { readEcsUsers } from './ecsUsers.ts';
import type { Wanted } from './imageMatch.ts';
import { type IndexContents, imageSet, sharedWith } from './imageSet.ts';
import { readLambdaUsers } from './lambdaUsers.ts';
import { childrenOf, readManifests } from './manifests.ts';
import { readPodUsers } from './podUsers.ts';
import { attempt, type Reads, type Unread } from './reads.ts';
import { type Repository, type RepositoryImage, readRepositoryImages } from './repositoryImages.ts';
import { type ImageUser, type Sightings, shortArn } from './sightings.ts';

/** The places that were read: the registry, where images run, and what would start them. "Not in use" needs all of them. */
export const places = ['ecr', 'ecs', 'lambda', 'eventbridge', 'scheduler', 'eks'] as const;

/** What may run or start an image and is not read: a pull that ECR recorded is all that shows it, once it has run. */
export const placesNotRead = [
  'Step Functions, Batch and others that call RunTask',
  'Kubernetes outside of Amazon EKS',
  'other accounts and Regions',
] as const;

/** An image, what hangs on it, and who uses any of it. Plain JSON; times are ISO 8601 UTC. */
export type ImageGraph = {
  readonly account: string;
  readonly region: string;
  readonly repository: string;
  readonly digest: string;
  /** The digest, the indexes that list it and everything they list, as far as it is in the repository; indexes first. */
  readonly images: readonly RepositoryImage[];
  /** What each index of `images` lists: not to be had from ECR once the index is archived. */
  readonly contents: IndexContents;
  /** Indexes that do not hold the digest, but share another image with one that does. */
  readonly sharedWith: readonly string[];
  readonly users: readonly ImageUser[];
  /** The latest pull of any of `images` that ECR recorded, null for none. It may lag by a day. */
  readonly lastPull: string | null;
  readonly places: readonly string[];
  readonly notRead: readonly string[];
  readonly unread: readonly Unread[];
};

/**
 * Reads the graph of one image. Throws TargetGone when the repository holds neither it nor anything that was changed with it, and the SDK's
 * own error when the repository cannot be read: without that there is nothing to say. What else cannot be read is in `unread`.
 * @param known contents of indexes that were read earlier, for those that are archived by now
 * @param changed digests that were changed together with it: when it has gone itself, the graph is that of those
 */
export async function readImageGraph(
  read: Reads,
  target: Repository & { readonly digest: string },
  known: IndexContents = {},
  changed: readonly string[] = [],
): Promise<ImageGraph> {
  const all = await readRepositoryImages(read, target);
  const gone = !all.some((image) => image.digest === target.digest);
  if (gone && !all.some((image) => changed.includes(image.digest))) {
    throw new TargetGone(`${target.repository}@${target.digest} is not in the repository`);
  }
  const sightings: Sightings = { users: [], unread: [] };
  const { contents: listed, closed } = await readContents(read, target, all, known, sightings.unread);
  // What an index listed that is not there any more, only we know.
  const contents = gone ? { ...known, ...listed } : listed;
  const digests = gone ? changed : imageSet(target.digest, contents);
  const byDigest = new Map(all.map((image) => [image.digest, image]));
  const images = digests.flatMap((digest) => byDigest.get(digest) ?? []);

  const wanted: Wanted = {
    repository: target,
    digests: new Set([...digests, ...closed]),
    tags: new Map(all.flatMap((image) => image.tags.map((tag) => [tag, image.digest] as const))),
  };
  await readEcsUsers(read, wanted, sightings);
  await readLambdaUsers(read, wanted, sightings);
  await readPodUsers(read, wanted, sightings);

  const inside = new Set(digests);
  return {
    account: target.account,
    region: target.region,
    repository: target.repository,
    digest: target.digest,
    images,
    contents: Object.fromEntries(Object.entries(contents).filter(([index]) => inside.has(index))),
    sharedWith: sharedWith(digests, contents),
    users: sightings.users.filter((user) => inside.has(user.digest)),
    lastPull: latest(images.map((image) => image.lastPull)),
    places,
    notRead: placesNotRead,
    unread: [...sightings.unread, ...sightings.users.filter((user) => !inside.has(user.digest)).map(mayHold)],
  };
}

interface Contents {
  readonly contents: IndexContents;
  /** Indexes that are archived (or on their way back), which ECR does not hand out. */
  readonly closed: readonly string[];
}

/**
 * What every index of the repository lists. An archived index that ECR does not hand out cannot be pulled either, so it
 * matters only if something still runs it; otherwise a lifecycle rule that archives would make every image "unknown".
 */
async function readContents(
  read: Reads,
  repository: Repository,
  all: readonly RepositoryImage[],
  known: IndexContents,
  unread: Unread[],
): Promise<Contents> {
  const indexes = all.filter((image) => image.kind === 'index');
  const contents: Record<string, readonly string[]> = {};
  const closed: string[] = [];
  const unknown = indexes.filter(({ digest }) => known[digest] === undefined).map(({ digest }) => digest);
  const manifests = await attempt(unread, `the indexes of repository/${repository.repository}`, () =>
    readManifests(read, repository, unknown),
  );
  for (const { digest, status } of indexes) {
    const manifest = manifests?.found.get(digest);
    const children = known[digest] ?? (manifest === undefined ? null : childrenOf(manifest.text));
    const failure = manifests?.failed.get(digest);
    if (children !== null) contents[digest] = children;
    else if (status !== 'ACTIVE') closed.push(digest);
    else if (manifests !== null && failure !== 'ImageNotFound') {
      unread.push({ place: `index ${digest}`, why: failure ?? 'its manifest is no index' });
    }
  }
  return { contents, closed };
}

const mayHold = (user: ImageUser): Unread => ({
  place: `index ${user.digest}`,
  why: `it is archived, so what it lists cannot be read, and ${shortArn(user.arn)} uses it`,
});

function latest(times: readonly (string | null)[]): string | null {
  return times.reduce((a, b) => (a === null || (b !== null && b > a) ? b : a), null);
}
