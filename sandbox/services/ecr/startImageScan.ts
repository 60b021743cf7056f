import type { StartImageScanRequest, StartImageScanResponse } from '@aws-sdk/client-ecr';
import { type Account, AwsError, operation, slice } from '../../account.ts';
import { imageScan } from './events.ts';
import { imageOf } from './imageId.ts';
import { indexTypes } from './manifests.ts';
import { type Repository, repositories, repositoryArn, repositoryOf, type StoredImage } from './state.ts';

const SCANNED = 'ecr.scanned';
const DAY_MS = 24 * 60 * 60 * 1000;

/** AWS gives no figure; here between 3 and 12 seconds, by the account's seed. */
const scanMilliseconds = (account: Account): number => Math.round(3000 + account.random.next() * 9000);

/** Knows what to do at the end of a scan, from the first scan on. */
const scans = slice('ecr.scans', (account) => {
  account.clock.on(SCANNED, (args) => {
    const { repository: name, digest } = args as { readonly repository: string; readonly digest: string };
    const repository = repositories(account).get(name);
    const image = repository?.images.get(digest);
    if (repository !== undefined && image !== undefined) end(account, repository, image);
  });
  return {
    queue: (delay: number, args: { repository: string; digest: string }) => account.clock.after(delay, SCANNED, args),
  };
});

/** A scan that was started, and has not ended yet. */
export const isScanning = ({ scanStartedAt, scannedAt }: StoredImage): boolean =>
  scanStartedAt !== undefined && (scannedAt === undefined || scannedAt < scanStartedAt);

/** An image that was archived meanwhile has lost its scan (ECR user guide, archival): nothing is told of it. */
function end(account: Account, repository: Repository, image: StoredImage): void {
  image.scannedAt = account.clock.now();
  if (image.status !== 'ACTIVE') return;
  image.scan ??= {};
  imageScan(account, repository, image);
}

function refuse(image: StoredImage, now: number): void {
  if (image.status !== 'ACTIVE') {
    throw new AwsError('ImageArchivedException', 'The specified image is archived and cannot be scanned.');
  }
  if (indexTypes.includes(image.mediaType)) {
    throw new AwsError('UnsupportedImageTypeException', `An image of type ${image.mediaType} cannot be scanned.`);
  }
  if (image.scanStartedAt !== undefined && now - image.scanStartedAt < DAY_MS) {
    throw new AwsError(
      'LimitExceededException',
      'The scan quota per image has been exceeded. Wait and try again: an image can be scanned once per 24 hours.',
    );
  }
}

/**
 * A basic scan: it finds what the account file says of the image, and ends in `ECR Image Scan` on the bus. On AWS the limit counts
 * the scan on push as well; a file does not say when its scan was, so here only calls count.
 */
export const startImageScan = operation<StartImageScanRequest, StartImageScanResponse>(
  (input, account) => [{ action: 'ecr:StartImageScan', resource: repositoryArn(account, input.repositoryName) }],
  (input, { account }) => {
    const repository = repositoryOf(account, input);
    const image = imageOf(account, repository, input.imageId);
    const now = account.clock.now();
    refuse(image, now);
    image.scanStartedAt = now;
    scans(account).queue(scanMilliseconds(account), { repository: repository.name, digest: image.digest });
    return {
      registryId: account.id,
      repositoryName: repository.name,
      imageId: { ...input.imageId, imageDigest: image.digest },
      imageScanStatus: { status: 'IN_PROGRESS' },
    };
  },
);
