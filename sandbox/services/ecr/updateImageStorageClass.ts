import type { UpdateImageStorageClassRequest, UpdateImageStorageClassResponse } from '@aws-sdk/client-ecr';
import { type Account, AwsError, operation } from '../../account.ts';
import { imageOf } from './imageId.ts';
import { indexesOf, type Repository, repositoryArn, repositoryOf, type StoredImage } from './state.ts';
import { archive, beginRestore } from './storageClass.ts';

/** An image that a list needs stays: the list is archived first. Which error AWS gives is not documented; this is the likely one. */
function archiveUnneeded(account: Account, repository: Repository, image: StoredImage): void {
  const index = indexesOf(repository, image.digest).find(({ status }) => status !== 'ARCHIVED');
  if (index !== undefined) {
    throw new AwsError(
      'ImageStorageClassUpdateNotSupportedException',
      `The image with digest ${image.digest} is referenced by the manifest list ${index.digest} and cannot be archived before it`,
    );
  }
  archive(account, repository, image);
}

/** Repeated for a class that the image has or is on its way to, it changes nothing (AWS documents neither that nor an error). */
export const updateImageStorageClass = operation<UpdateImageStorageClassRequest, UpdateImageStorageClassResponse>(
  (input, account) => [
    { action: 'ecr:UpdateImageStorageClass', resource: repositoryArn(account, input.repositoryName) },
  ],
  (input, { account }) => {
    const repository = repositoryOf(account, input);
    const image = imageOf(account, repository, input.imageId);
    const { status } = image;
    if (input.targetStorageClass === 'ARCHIVE') {
      if (status !== 'ARCHIVED') archiveUnneeded(account, repository, image);
    } else if (input.targetStorageClass === 'STANDARD') {
      if (status === 'ARCHIVED') beginRestore(account, repository, image);
    } else throw new AwsError('ValidationException', "'targetStorageClass' must be STANDARD or ARCHIVE");
    return {
      registryId: account.id,
      repositoryName: repository.name,
      imageId: { ...input.imageId, imageDigest: image.digest },
      imageStatus: image.status,
    };
  },
);
