import type { Account } from '../../account.ts';
import { imageAction } from './events.ts';
import { dropScan } from './scan.ts';
import type { Repository, StoredImage } from './state.ts';
import { endRestore } from './storageClass.ts';

/** An image goes with all its tags; ECR tells of each, and once of an image without any. */
export function deleteImage(account: Account, repository: Repository, image: StoredImage): void {
  endRestore(account, image);
  dropScan(account, image);
  repository.images.delete(image.digest);
  for (const tag of image.tags.size === 0 ? [undefined] : image.tags) deleted(account, repository, image, tag);
}

export function removeTag(account: Account, repository: Repository, image: StoredImage, tag: string): void {
  image.tags.delete(tag);
  deleted(account, repository, image, tag);
}

function deleted(account: Account, repository: Repository, image: StoredImage, tag: string | undefined): void {
  imageAction(account, repository, image, {
    'action-type': 'DELETE',
    ...(tag === undefined ? {} : { 'image-tag': tag }),
  });
}
