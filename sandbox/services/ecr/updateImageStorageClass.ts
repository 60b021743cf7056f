import type { UpdateImageStorageClassRequest, UpdateImageStorageClassResponse } from '@aws-sdk/client-ecr';
import { type Account, AwsError, operation, slice } from '../../account.ts';
import { imageAction } from './events.ts';
import { imageOf } from './imageId.ts';
import { type Repository, repositories, repositoryArn, repositoryOf, type StoredImage } from './state.ts';

const RESTORED = 'ecr.restored';

/** AWS says "up to 20 minutes"; here between 2 and 18, by the account's seed. */
const restoreMilliseconds = (account: Account): number => Math.round((2 + account.random.next() * 16) * 60_000);

/** Knows what to do at the end of a restore, from the first restore on. */
const restores = slice('ecr.restores', (account) => {
  account.clock.on(RESTORED, (args) => {
    const { repository: name, digest } = args as { readonly repository: string; readonly digest: string };
    const repository = repositories(account).get(name);
    const image = repository?.images.get(digest);
    if (repository !== undefined && image !== undefined) activate(account, repository, image);
  });
  return {
    queue: (delay: number, args: { repository: string; digest: string }) => account.clock.after(delay, RESTORED, args),
  };
});

function activate(account: Account, repository: Repository, image: StoredImage): void {
  delete image.restore;
  image.status = 'ACTIVE';
  image.lastActivatedAt = account.clock.now();
  imageAction(account, repository, image, {
    'action-type': 'UPDATE_STORAGE_CLASS',
    'target-storage-class': 'STANDARD',
    'last-activated-at': new Date(image.lastActivatedAt).toISOString(),
  });
}

/** A restore under way is given up: the image was archived again, or pushed. */
export function endRestore(account: Account, image: StoredImage): void {
  if (image.restore !== undefined) account.clock.cancel(image.restore);
  delete image.restore;
}

/** An image that a list needs stays: the list is archived first. Which error AWS gives is not documented; this is the likely one. */
function archive(account: Account, repository: Repository, image: StoredImage): void {
  if (image.status === 'ARCHIVED') return;
  const index = [...repository.images.values()].find(
    (other) => other.platforms.includes(image.digest) && other.status !== 'ARCHIVED',
  );
  if (index !== undefined) {
    throw new AwsError(
      'ImageStorageClassUpdateNotSupportedException',
      `The image with digest ${image.digest} is referenced by the manifest list ${index.digest} and cannot be archived before it`,
    );
  }
  endRestore(account, image);
  image.status = 'ARCHIVED';
  image.lastArchivedAt = account.clock.now();
  imageAction(account, repository, image, { 'action-type': 'UPDATE_STORAGE_CLASS', 'target-storage-class': 'ARCHIVE' });
}

function restore(account: Account, repository: Repository, image: StoredImage): void {
  if (image.status !== 'ARCHIVED') return;
  image.status = 'ACTIVATING';
  image.restore = restores(account).queue(restoreMilliseconds(account), {
    repository: repository.name,
    digest: image.digest,
  });
}

/** Repeated for a class that the image has or is on its way to, it changes nothing (AWS documents neither that nor an error). */
export const updateImageStorageClass = operation<UpdateImageStorageClassRequest, UpdateImageStorageClassResponse>(
  (input, account) => [
    { action: 'ecr:UpdateImageStorageClass', resource: repositoryArn(account, input.repositoryName) },
  ],
  (input, { account }) => {
    const repository = repositoryOf(account, input);
    const image = imageOf(account, repository, input.imageId);
    if (input.targetStorageClass === 'ARCHIVE') archive(account, repository, image);
    else if (input.targetStorageClass === 'STANDARD') restore(account, repository, image);
    else throw new AwsError('ValidationException', "'targetStorageClass' must be STANDARD or ARCHIVE");
    return {
      registryId: account.id,
      repositoryName: repository.name,
      imageId: { ...input.imageId, imageDigest: image.digest },
      imageStatus: image.status,
    };
  },
);
