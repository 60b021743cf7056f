import { type Account, AwsError, slice } from '../../account.ts';

/** Only an ACTIVE image can be pulled. */
type ImageStatus = 'ACTIVE' | 'ARCHIVED' | 'ACTIVATING';

export interface StoredImage {
  readonly digest: string;
  readonly tags: Set<string>;
  readonly mediaType: string;
  /** Absent for an index. */
  readonly artifactMediaType: string | undefined;
  /** The text as it was pushed: its bytes are what the digest is made of. */
  readonly manifest: string;
  /** Digests of the images that an index lists. */
  readonly platforms: readonly string[];
  readonly sizeInBytes: number;
  readonly pushedAt: number;
  /** Its container ends as soon as it starts. */
  readonly exits?: boolean;
  /** What its container writes when it starts. */
  readonly prints?: readonly string[];
  /** Vulnerability counts of the last basic scan, and what the next one finds: an image's contents do not change. */
  scan?: { readonly [severity: string]: number } | undefined;
  /** When StartImageScan was last called. */
  scanStartedAt?: number;
  /** When the scan that it started ended; absent while it is under way. */
  scannedAt?: number;
  status: ImageStatus;
  /** The last pull by anyone whose pulls are recorded. */
  lastPulledAt?: number;
  lastArchivedAt?: number;
  lastActivatedAt?: number;
  /** Number of the clock event that ends a restore under way. */
  restore?: number;
}

export interface Repository {
  readonly name: string;
  readonly arn: string;
  readonly createdAt: number;
  readonly tags: { readonly [key: string]: string };
  readonly images: Map<string, StoredImage>;
}

/** Private repositories of the account's registry. */
export const repositories = slice('ecr', () => new Map<string, Repository>());

export const repositoryArn = (account: Account, name: string | undefined): string =>
  `arn:aws:ecr:${account.region}:${account.id}:repository/${name ?? ''}`;

/** Host and path that images of a repository are pulled from. */
export const repositoryUri = (account: Account, name: string): string =>
  `${account.id}.dkr.ecr.${account.region}.amazonaws.com/${name}`;

/** The repository that a request names. Throws AwsError RepositoryNotFoundException, also for another account's registry. */
export function repositoryOf(
  account: Account,
  request: { readonly registryId?: string | undefined; readonly repositoryName?: string | undefined },
): Repository {
  const registry = request.registryId ?? account.id;
  const found = registry === account.id ? repositories(account).get(request.repositoryName ?? '') : undefined;
  if (found !== undefined) return found;
  throw new AwsError(
    'RepositoryNotFoundException',
    `The repository with name '${request.repositoryName}' does not exist in the registry with id '${registry}'`,
  );
}
