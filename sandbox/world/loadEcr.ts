import type { Account } from '../account.ts';
import { putLifecycle } from '../services/ecr/lifecycle/run.ts';
import {
  imageConfigType,
  imageIndex,
  imageIndexType,
  imageManifest,
  imageManifestType,
  readManifest,
} from '../services/ecr/manifests.ts';
import { setRegistryInMotion } from '../services/ecr/motion.ts';
import { type Content, type Repository, repositories, repositoryArn, type StoredImage } from '../services/ecr/state.ts';
import { type FlatImage, imagesOf } from './images.ts';
import { attachSignatures } from './loadSignatures.ts';
import type { World } from './schema.ts';

/** Puts a repository into the registry, with its images and the platforms of its indexes. */
export function loadRepository(account: Account, given: World['repositories'][number]): void {
  const images = imagesOf(given).map(stored);
  const signedBy = new Map(given.images.map(({ digest, signing }) => [digest, signing]));
  const repository: Repository = {
    name: given.name,
    arn: repositoryArn(account, given.name),
    createdAt: Math.min(account.clock.now(), ...images.map(({ pushedAt }) => pushedAt)),
    tags: given.tags,
    images: new Map(images.map((image) => [image.digest, image])),
    contents: new Map(images.map((image) => [image.manifest, contentOf(image)])),
    mutability: { setting: given.tagMutability, exclusions: given.tagMutabilityExclusions },
    scanOnPush: given.scanOnPush,
    layers: new Map(),
  };
  repositories(account).set(given.name, repository);
  for (const image of images) attachSignatures(account, repository, image, signedBy.get(image.digest));
  setRegistryInMotion(account);
  if (given.lifecyclePolicy !== undefined) putLifecycle(account, repository, JSON.stringify(given.lifecyclePolicy));
}

const contentOf = ({ digest, scan, exits, needs, prints }: StoredImage): Content => ({
  digest,
  scan,
  ...(exits === undefined ? {} : { exits }),
  ...(needs === undefined ? {} : { needs }),
  ...(prints === undefined ? {} : { prints }),
});

function stored(image: FlatImage): StoredImage {
  const isIndex = image.platforms.length > 0;
  const mediaType = isIndex ? imageIndexType : imageManifestType;
  const manifest = isIndex ? imageIndex(image.platforms) : imageManifest(image.content ?? image.digest);
  return {
    digest: image.digest,
    tags: new Set(image.tags),
    mediaType,
    artifactMediaType: isIndex ? undefined : imageConfigType,
    manifest,
    platforms: image.platforms.map(({ digest }) => digest),
    sizeInBytes: readManifest(manifest, mediaType).sizeInBytes,
    pushedAt: Date.parse(image.pushedAt),
    scan: image.scan,
    ...(image.signing === undefined ? {} : { signing: image.signing }),
    // Archived, it has lost the result.
    ...(image.scan === undefined || image.archived ? {} : { scannedAt: Date.parse(image.pushedAt) }),
    ...(image.exits === true ? { exits: true } : {}),
    ...(image.needs === undefined ? {} : { needs: image.needs }),
    ...(image.prints === undefined ? {} : { prints: image.prints }),
    status: image.archived ? 'ARCHIVED' : 'ACTIVE',
    ...(image.lastPulledAt === undefined ? {} : { lastPulledAt: Date.parse(image.lastPulledAt) }),
    // Not known to the file; it must have been some time between the push and now.
    ...(image.archived ? { lastArchivedAt: Date.parse(image.pushedAt) } : {}),
  };
}
