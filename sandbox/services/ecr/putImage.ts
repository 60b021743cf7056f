import type { PutImageRequest, PutImageResponse } from '@aws-sdk/client-ecr';
import { type Account, AwsError, operation } from '../../account.ts';
import { imageAction } from './events.ts';
import { isTag } from './imageId.ts';
import { digestOf, type ReadManifest, readManifest } from './manifests.ts';
import { isImmutable } from './mutability.ts';
import { replicate } from './replication.ts';
import { scanAfterPush } from './scan.ts';
import { type Repository, repositoryArn, repositoryOf, type StoredImage } from './state.ts';
import { activate } from './storageClass.ts';

const MOST_CHARACTERS = 4_194_304;
/** ECR user guide, "Amazon ECR service quotas". */
const MOST_TAGS = 1000;

/**
 * A push. A tag moves to the image from whichever had it, where the repository lets it. The same image pushed again is
 * active again at once, archived or not. Layers are not asked for: there are none in this registry.
 */
export const putImage = operation<PutImageRequest, PutImageResponse>(
  (input, account) => [{ action: 'ecr:PutImage', resource: repositoryArn(account, input.repositoryName) }],
  (input, { account }) => {
    const repository = repositoryOf(account, input);
    const { imageManifest = '', imageTag } = input;
    if (imageManifest.length > MOST_CHARACTERS || (imageTag !== undefined && !isTag(imageTag))) {
      throw new AwsError('InvalidParameterException', "Invalid parameter at 'imageManifest' or 'imageTag'");
    }
    const manifest = readManifest(imageManifest, input.imageManifestMediaType);
    const digest = repository.contents.get(imageManifest)?.digest ?? digestOf(imageManifest);
    const known = repository.images.get(digest);
    if (input.imageDigest !== undefined && input.imageDigest !== digest) {
      throw new AwsError('ImageDigestDoesNotMatchException', 'The digest does not match that of the manifest');
    }
    if (known?.status === 'ACTIVE' && (imageTag === undefined || known.tags.has(imageTag))) {
      throw new AwsError(
        'ImageAlreadyExistsException',
        `Image with digest '${digest}' and tag '${imageTag ?? 'null'}' already exists in the repository with name '${repository.name}' in registry with id '${account.id}'`,
      );
    }
    if (imageTag !== undefined) refuseToMove(repository, digest, imageTag);
    if (imageTag !== undefined && known !== undefined && known.tags.size >= MOST_TAGS && !known.tags.has(imageTag)) {
      throw new AwsError('LimitExceededException', `Image with digest '${digest}' has ${MOST_TAGS} tags already`);
    }
    const image = known ?? pushed(account, repository, digest, imageManifest, manifest);
    if (image.status !== 'ACTIVE') {
      image.pushedAt = account.clock.now();
      activate(account, repository, image);
    }
    if (imageTag !== undefined) moveTag(repository, image, imageTag);
    imageAction(account, repository, image, {
      'action-type': 'PUSH',
      ...(imageTag === undefined ? {} : { 'image-tag': imageTag }),
    });
    replicate(account, repository, image);
    return {
      image: {
        registryId: account.id,
        repositoryName: repository.name,
        imageId: { imageDigest: digest, ...(imageTag === undefined ? {} : { imageTag }) },
        imageManifest,
        imageManifestMediaType: image.mediaType,
      },
    };
  },
);

function pushed(
  account: Account,
  repository: Repository,
  digest: string,
  text: string,
  manifest: ReadManifest,
): StoredImage {
  const platforms = manifest.platforms.map((platform) => platform.digest);
  const absent = platforms.filter((platform) => !repository.images.has(platform));
  if (absent.length > 0) {
    throw new AwsError(
      'ReferencedImagesNotFoundException',
      `Images with digests '${absent.join(', ')}' required for pushing image into repository with name '${repository.name}' in the registry with id '${account.id}' do not exist`,
    );
  }
  const { mediaType, artifactMediaType, subject, annotations, sizeInBytes } = manifest;
  const image: StoredImage = {
    ...repository.contents.get(text),
    digest,
    tags: new Set(),
    mediaType,
    artifactMediaType,
    manifest: text,
    platforms,
    sizeInBytes,
    ...(subject === undefined ? {} : { subject }),
    ...(annotations === undefined ? {} : { annotations }),
    pushedAt: account.clock.now(),
    status: 'ACTIVE',
  };
  repository.images.set(digest, image);
  scanAfterPush(account, repository, image);
  return image;
}

/** A tag that may not move, and is on another image, archived or not. */
function refuseToMove(repository: Repository, digest: string, tag: string): void {
  const holder = [...repository.images.values()].find(({ tags }) => tags.has(tag));
  if (holder === undefined || holder.digest === digest || !isImmutable(repository.mutability, tag)) return;
  throw new AwsError(
    'ImageTagAlreadyExistsException',
    `The image tag '${tag}' already exists in the '${repository.name}' repository and cannot be overwritten because the tag is immutable.`,
  );
}

function moveTag(repository: Repository, image: StoredImage, tag: string): void {
  for (const other of repository.images.values()) other.tags.delete(tag);
  image.tags.add(tag);
}
