import type { Json } from '../../../shared/platform/json.ts';
import type { Account } from '../../account.ts';
import { imageScan } from './events.ts';
import { indexTypes } from './manifests.ts';
import { scansOnPush } from './registryScanning.ts';
import { type Repository, repositories, type StoredImage } from './state.ts';

export const SCANNED = 'ecr.scanned';

/** AWS gives no figure; here between 3 and 12 seconds, by the account's seed. */
const scanMilliseconds = (account: Account): number => Math.round(3000 + account.random.next() * 9000);

/** Neither what lists others, nor a signature or another attachment. */
export const isScannable = ({ mediaType, subject }: StoredImage): boolean =>
  !indexTypes.includes(mediaType) && subject === undefined;

/** A scan that was started, and has not ended yet. */
export const isScanning = ({ scanning }: StoredImage): boolean => scanning !== undefined;

/** A basic scan: it finds what the image contains, and ends in `ECR Image Scan` on the bus. */
export function beginScan(account: Account, repository: Repository, image: StoredImage): void {
  dropScan(account, image);
  image.scanStartedAt = account.clock.now();
  const args = { repository: repository.name, digest: image.digest };
  image.scanning = account.clock.after(scanMilliseconds(account), SCANNED, args);
}

/** What a repository that is scanned on push does with an image that was pushed or restored: an index is not scanned. */
export function scanAfterPush(account: Account, repository: Repository, image: StoredImage): void {
  if (scansOnPush(account, repository) && isScannable(image)) beginScan(account, repository, image);
}

/** The result is gone, and a scan under way never ends: the image was archived or deleted (ECR user guide, archival). */
export function dropScan(account: Account, image: StoredImage): void {
  if (image.scanning !== undefined) account.clock.cancel(image.scanning);
  delete image.scanning;
  delete image.scannedAt;
}

/** The end of a scan. */
export function onScanned(account: Account, args: Json): void {
  const { repository: name, digest } = args as { readonly repository: string; readonly digest: string };
  const repository = repositories(account).get(name);
  const image = repository?.images.get(digest);
  if (repository === undefined || image === undefined) return;
  delete image.scanning;
  image.scannedAt = account.clock.now();
  imageScan(account, repository, image);
}
