import type { ImageDetail } from '@aws-sdk/client-ecr';
import { everyPage, inPartsOf, type Reads } from './reads.ts';

export interface Repository {
  readonly account: string;
  readonly region: string;
  readonly repository: string;
}

/** ECR's word for whether an image can be pulled: only ACTIVE can. */
export type ImageStatus = 'ACTIVE' | 'ARCHIVED' | 'ACTIVATING';

export type RepositoryImage = {
  readonly digest: string;
  readonly kind: 'index' | 'image';
  readonly status: ImageStatus;
  readonly tags: readonly string[];
  readonly mediaType: string | null;
  readonly sizeBytes: number | null;
  /** ISO 8601 UTC. */
  readonly pushedAt: string | null;
  /** When it was last archived, and last restored to standard storage, ISO 8601 UTC; null: never, or ECR does not say. */
  readonly archivedAt: string | null;
  readonly activatedAt: string | null;
  readonly lastPull: string | null;
  /** The image that this one is a signature, SBOM or the like of; null for what can run. */
  readonly referrerOf: string | null;
};

export const indexTypes: readonly string[] = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
];

/**
 * Every image of a repository, archived ones too (DescribeImages shows only ACTIVE ones unless asked for ANY), all pages of
 * 1,000. Errors are those of the SDK.
 */
export async function readRepositoryImages(read: Reads, repository: Repository): Promise<RepositoryImage[]> {
  const { client, DescribeImagesCommand } = await read.aws.ecr();
  const pages = await everyPage(
    (nextToken) =>
      client.send(
        new DescribeImagesCommand({
          registryId: repository.account,
          repositoryName: repository.repository,
          filter: { imageStatus: 'ANY' },
          maxResults: 1000,
          nextToken,
        }),
        read.call,
      ),
    (page) => page.nextToken,
  );
  return pages.flatMap((page) => (page.imageDetails ?? []).flatMap(imageOf));
}

function imageOf(detail: ImageDetail): RepositoryImage[] {
  if (detail.imageDigest === undefined) return [];
  const mediaType = detail.imageManifestMediaType ?? null;
  return [
    {
      digest: detail.imageDigest,
      kind: mediaType !== null && indexTypes.includes(mediaType) ? 'index' : 'image',
      status: statusOf(detail),
      tags: [...(detail.imageTags ?? [])].sort(),
      mediaType,
      sizeBytes: detail.imageSizeInBytes ?? null,
      pushedAt: detail.imagePushedAt?.toISOString() ?? null,
      archivedAt: detail.lastArchivedAt?.toISOString() ?? null,
      activatedAt: detail.lastActivatedAt?.toISOString() ?? null,
      lastPull: detail.lastRecordedPullTime?.toISOString() ?? null,
      referrerOf: detail.subjectManifestDigest ?? null,
    },
  ];
}

// Repositories that never archived anything may leave the field out: what is not archived is ACTIVE.
const statusOf = (detail: ImageDetail): ImageStatus => detail.imageStatus ?? 'ACTIVE';

/** One image by its digest, else by its tag, archived or not; otherwise what is not there. Other errors are those of the SDK. */
export async function readOneImage(
  read: Reads,
  { account, repository, tag, digest }: Repository & { readonly tag: string | null; readonly digest: string | null },
): Promise<RepositoryImage | { readonly missing: 'image' | 'repository' }> {
  const { client, DescribeImagesCommand } = await read.aws.ecr();
  try {
    const { imageDetails = [] } = await client.send(
      new DescribeImagesCommand({
        registryId: account,
        repositoryName: repository,
        // As whoever pulls it does: where both are given, the digest counts.
        imageIds: [digest === null ? { imageTag: tag ?? 'latest' } : { imageDigest: digest }],
        filter: { imageStatus: 'ANY' },
      }),
      read.call,
    );
    return imageDetails.flatMap(imageOf)[0] ?? { missing: 'image' };
  } catch (error) {
    const name = error instanceof Error ? error.name : '';
    if (name === 'ImageNotFoundException') return { missing: 'image' };
    if (name === 'RepositoryNotFoundException') return { missing: 'repository' };
    throw error;
  }
}

/**
 * The status of certain images, by digest; null for one that is not in the repository. One missing image makes
 * DescribeImages refuse the whole call, so then each is asked for by itself.
 */
export async function readImageStatuses(
  read: Reads,
  repository: Repository,
  digests: readonly string[],
): Promise<Map<string, ImageStatus | null>> {
  const statuses = new Map<string, ImageStatus | null>(digests.map((digest) => [digest, null]));
  for (let at = 0; at < digests.length; at += 100) {
    const part = digests.slice(at, at + 100);
    for (const detail of await describeSome(read, repository, part)) {
      if (detail.imageDigest !== undefined) statuses.set(detail.imageDigest, statusOf(detail));
    }
  }
  return statuses;
}

/** Certain images, by digest; one that is not in the repository is not among them. */
export async function readSomeImages(
  read: Reads,
  repository: Repository,
  digests: readonly string[],
): Promise<ReadonlyMap<string, RepositoryImage>> {
  const details: ImageDetail[] = [];
  for (const part of inPartsOf(100, digests)) details.push(...(await describeSome(read, repository, part)));
  return new Map(details.flatMap(imageOf).map((image) => [image.digest, image]));
}

async function describeSome(read: Reads, repository: Repository, digests: readonly string[]): Promise<ImageDetail[]> {
  const { client, DescribeImagesCommand } = await read.aws.ecr();
  try {
    const answer = await client.send(
      new DescribeImagesCommand({
        registryId: repository.account,
        repositoryName: repository.repository,
        imageIds: digests.map((imageDigest) => ({ imageDigest })),
        filter: { imageStatus: 'ANY' },
      }),
      read.call,
    );
    return answer.imageDetails ?? [];
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'ImageNotFoundException') throw error;
    if (digests.length === 1) return [];
    const each: ImageDetail[] = [];
    for (const digest of digests) each.push(...(await describeSome(read, repository, [digest])));
    return each;
  }
}
