import { type Account, AwsError, slice } from '../../account.ts';
import type { Lifecycle, Preview } from './lifecycle/state.ts';
import type { TagMutability } from './mutability.ts';
import type { Replica } from './replication.ts';
import { checkRepositoryName } from './repositoryName.ts';

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
  /** Digest of the image that it is a signature, SBOM or the like of. */
  readonly subject?: string;
  readonly annotations?: { readonly [key: string]: string };
  /** What ECR's own signing came to, for each signing profile. */
  readonly signing?: readonly Signing[];
  /** When it was pushed: last, where that took it out of the archive. */
  pushedAt: number;
  /** Its container ends as soon as it starts. */
  readonly exits?: boolean;
  /** What its container ends without as soon as it starts. */
  readonly needs?: readonly Need[];
  /** What its container writes when it starts. */
  readonly prints?: readonly string[];
  /** Vulnerability counts that any basic scan of it finds: an image's contents do not change. Absent: none. */
  readonly scan?: { readonly [severity: string]: number } | undefined;
  /** When a scan was last started here. */
  scanStartedAt?: number;
  /** When its last scan ended; absent: it has no result. */
  scannedAt?: number;
  /** Number of the clock event that ends a scan under way. */
  scanning?: number;
  status: ImageStatus;
  /** The last pull by anyone whose pulls are recorded. */
  lastPulledAt?: number;
  lastArchivedAt?: number;
  lastActivatedAt?: number;
  /** Number of the clock event that ends a restore under way. */
  restore?: number;
  /** Where else it was or is being copied to, by the rules at its last push. */
  replicas?: readonly Replica[];
}

export interface Repository {
  readonly name: string;
  readonly arn: string;
  readonly createdAt: number;
  readonly tags: { readonly [key: string]: string };
  readonly images: Map<string, StoredImage>;
  /** By manifest, what the account file says of an image: it is still true when the image is deleted and pushed again. */
  readonly contents: Map<string, Content>;
  /** Bytes of layers that are read here, by digest: the envelopes of signatures. Other layers have none. */
  readonly layers: Map<string, string>;
  mutability: TagMutability;
  scanOnPush: boolean;
  lifecycle?: Lifecycle;
  /** The last preview of a lifecycle policy. */
  preview?: Preview;
}

/** A status of ECR's managed signing, by one signing profile of AWS Signer. */
export interface Signing {
  readonly profile: string;
  readonly status: 'COMPLETE' | 'IN_PROGRESS' | 'FAILED';
  readonly failureCode?: string | undefined;
  readonly failureReason?: string | undefined;
}

/** Being privileged, running as root, writing to the root file system. */
export type Need = 'privileged' | 'root' | 'writes';

/** What an image is whenever it is pushed. Its digest is as given, not what its manifest hashes to. */
export type Content = Pick<StoredImage, 'digest' | 'scan' | 'exits' | 'needs' | 'prints'>;

/** Private repositories of the account's registry. */
export const repositories = slice('ecr', () => new Map<string, Repository>());

export const repositoryArn = (account: Account, name: string | undefined): string =>
  `arn:aws:ecr:${account.region}:${account.id}:repository/${name ?? ''}`;

/** Host of a private registry: this account's, or another's, in its Region. */
export const registryHost = (account: Account, registryId = account.id): string =>
  `${registryId}.dkr.ecr.${account.region}.amazonaws.com`;

/** Host and path that images of a repository are pulled from. */
export const repositoryUri = (account: Account, name: string): string => `${registryHost(account)}/${name}`;

/** The lists of the repository that name an image. */
export const indexesOf = ({ images }: Repository, digest: string): readonly StoredImage[] =>
  [...images.values()].filter(({ platforms }) => platforms.includes(digest));

/**
 * The repository that a request names. Throws AwsError RepositoryNotFoundException, also for another account's registry, and
 * InvalidParameterException for what can be no name.
 */
export function repositoryOf(
  account: Account,
  request: { readonly registryId?: string | undefined; readonly repositoryName?: string | undefined },
): Repository {
  checkRepositoryName(request.repositoryName);
  const registry = request.registryId ?? account.id;
  const found = registry === account.id ? repositories(account).get(request.repositoryName ?? '') : undefined;
  if (found !== undefined) return found;
  throw new AwsError(
    'RepositoryNotFoundException',
    `The repository with name '${request.repositoryName}' does not exist in the registry with id '${registry}'`,
  );
}
