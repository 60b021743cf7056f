import type { BatchGetImageRequest, BatchGetImageResponse, Image, ImageFailure } from '@aws-sdk/client-ecr';
import { operation } from '../../account.ts';
import { idsOf, lookUp, type NotFound } from './imageId.ts';
import { indexTypes, readManifest } from './manifests.ts';
import { recordPull } from './pullTime.ts';
import { type Repository, repositoryArn, repositoryOf, type StoredImage } from './state.ts';

/**
 * The pull's first call, and recorded as one. An archived image, and one that is still being restored, answers as if it were
 * not there ("archived images can't be pulled").
 */
export const batchGetImage = operation<BatchGetImageRequest, BatchGetImageResponse>(
  (input, account) => [{ action: 'ecr:BatchGetImage', resource: repositoryArn(account, input.repositoryName) }],
  (input, { account, principal }) => {
    const repository = repositoryOf(account, input);
    const images: Image[] = [];
    const failures: ImageFailure[] = [];
    for (const imageId of idsOf(input.imageIds)) {
      const found = pullable(lookUp(repository, imageId));
      const image = 'code' in found ? found : inAccepted(repository, found, input.acceptedMediaTypes ?? []);
      if ('code' in image) {
        failures.push({ imageId, failureCode: image.code, failureReason: image.reason });
        continue;
      }
      recordPull(account, principal, image);
      images.push({
        registryId: account.id,
        repositoryName: repository.name,
        imageId: { ...imageId, imageDigest: image.digest },
        imageManifest: image.manifest,
        imageManifestMediaType: image.mediaType,
      });
    }
    return { images, failures };
  },
);

const missing: NotFound = { code: 'ImageNotFound', reason: 'Requested image not found' };

const pullable = (found: StoredImage | NotFound): StoredImage | NotFound =>
  'code' in found || found.status === 'ACTIVE' ? found : missing;

/**
 * For a client that takes no index, an index stands for its image for linux/amd64, as registries do; what AWS answers is not
 * documented. Without `acceptedMediaTypes` everything is taken.
 */
function inAccepted(repository: Repository, image: StoredImage, accepted: readonly string[]): StoredImage | NotFound {
  if (accepted.length === 0 || accepted.includes(image.mediaType)) return image;
  if (!indexTypes.includes(image.mediaType)) return missing;
  const { platforms } = readManifest(image.manifest, image.mediaType);
  const chosen = platforms.find(({ os, architecture }) => os === 'linux' && architecture === 'amd64');
  const found = repository.images.get(chosen?.digest ?? '');
  return found !== undefined && found.status === 'ACTIVE' && accepted.includes(found.mediaType) ? found : missing;
}
