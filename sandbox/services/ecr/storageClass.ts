import type { Json } from '../../../shared/platform/json.ts';
import type { Account } from '../../account.ts';
import { imageAction } from './events.ts';
import { dropScan, scanAfterPush } from './scan.ts';
import { type Repository, repositories, type StoredImage } from './state.ts';

export const RESTORED = 'ecr.restored';

/** AWS says "up to 20 minutes"; here between 2 and 18, by the account's seed. */
const restoreMilliseconds = (account: Account): number => Math.round((2 + account.random.next() * 16) * 60_000);

/** Into the archive, at once: its scan is lost, and a restore under way is given up. */
export function archive(account: Account, repository: Repository, image: StoredImage): void {
  endRestore(account, image);
  dropScan(account, image);
  image.status = 'ARCHIVED';
  image.lastArchivedAt = account.clock.now();
  imageAction(account, repository, image, { 'action-type': 'UPDATE_STORAGE_CLASS', 'target-storage-class': 'ARCHIVE' });
}

/** Out of the archive, which takes a while. */
export function beginRestore(account: Account, repository: Repository, image: StoredImage): void {
  image.status = 'ACTIVATING';
  const args = { repository: repository.name, digest: image.digest };
  image.restore = account.clock.after(restoreMilliseconds(account), RESTORED, args);
}

/** A restore under way is given up: the image was archived again, pushed or deleted. */
export function endRestore(account: Account, image: StoredImage): void {
  if (image.restore !== undefined) account.clock.cancel(image.restore);
  delete image.restore;
}

/** Active at once, without an event of its own: the same image was pushed again. */
export function activate(account: Account, repository: Repository, image: StoredImage): void {
  endRestore(account, image);
  image.status = 'ACTIVE';
  image.lastActivatedAt = account.clock.now();
  scanAfterPush(account, repository, image);
}

/** The end of a restore. */
export function onRestored(account: Account, args: Json): void {
  const { repository: name, digest } = args as { readonly repository: string; readonly digest: string };
  const repository = repositories(account).get(name);
  const image = repository?.images.get(digest);
  if (repository === undefined || image === undefined) return;
  activate(account, repository, image);
  imageAction(account, repository, image, {
    'action-type': 'UPDATE_STORAGE_CLASS',
    'target-storage-class': 'STANDARD',
    'last-activated-at': new Date(account.clock.now()).toISOString(),
  });
}
