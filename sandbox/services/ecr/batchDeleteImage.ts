import type {
  BatchDeleteImageRequest,
  BatchDeleteImageResponse,
  ImageFailure,
  ImageIdentifier,
} from '@aws-sdk/client-ecr';
import { type Account, operation } from '../../account.ts';
import { deleteImage, removeTag } from './deleteImage.ts';
import { idsOf, lookUp } from './imageId.ts';
import { indexesOf, type Repository, repositoryArn, repositoryOf } from './state.ts';

/**
 * By tag it takes the tag away, and the image with its last tag; by digest it takes the image with all its tags. One after the
 * other: an index that is named first lets its images go in the same call.
 */
export const batchDeleteImage = operation<BatchDeleteImageRequest, BatchDeleteImageResponse>(
  (input, account) => [{ action: 'ecr:BatchDeleteImage', resource: repositoryArn(account, input.repositoryName) }],
  (input, { account }) => {
    const repository = repositoryOf(account, input);
    const imageIds: ImageIdentifier[] = [];
    const failures: ImageFailure[] = [];
    for (const imageId of idsOf(input.imageIds)) {
      const deleted = deleteOne(account, repository, imageId);
      if ('ids' in deleted) imageIds.push(...deleted.ids);
      else failures.push(deleted);
    }
    return { imageIds, failures };
  },
);

function deleteOne(
  account: Account,
  repository: Repository,
  imageId: ImageIdentifier,
): ImageFailure | { readonly ids: readonly ImageIdentifier[] } {
  const image = lookUp(repository, imageId);
  if ('code' in image) return { imageId, failureCode: image.code, failureReason: image.reason };
  const { digest, tags } = image;
  const indexes = indexesOf(repository, digest).map((index) => index.digest);
  const { imageTag } = imageId;
  // An image that an index needs stays without its last tag: AWS does not say what becomes of it.
  if (imageTag !== undefined && (tags.size > 1 || indexes.length > 0)) {
    removeTag(account, repository, image, imageTag);
    return { ids: [{ imageDigest: digest, imageTag }] };
  }
  if (indexes.length > 0) {
    const failureReason = `Requested image referenced by manifest list: [${indexes.join(', ')}]`;
    return { imageId, failureCode: 'ImageReferencedByManifestList', failureReason };
  }
  const ids =
    tags.size === 0 ? [{ imageDigest: digest }] : [...tags].map((tag) => ({ imageDigest: digest, imageTag: tag }));
  deleteImage(account, repository, image);
  return { ids };
}
