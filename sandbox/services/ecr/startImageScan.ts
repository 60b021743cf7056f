import type { StartImageScanRequest, StartImageScanResponse } from '@aws-sdk/client-ecr';
import { AwsError, operation } from '../../account.ts';
import { imageOf } from './imageId.ts';
import { registryScanning } from './registryScanning.ts';
import { beginScan, isScannable } from './scan.ts';
import { repositoryArn, repositoryOf, type StoredImage } from './state.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

function refuse(image: StoredImage, now: number): void {
  if (image.status !== 'ACTIVE') {
    throw new AwsError('ImageArchivedException', 'The specified image is archived and cannot be scanned.');
  }
  if (!isScannable(image)) {
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
 * Once in 24 hours, the scan on push included. When the scan was that an account file tells of is not known, and it does not count.
 */
export const startImageScan = operation<StartImageScanRequest, StartImageScanResponse>(
  (input, account) => [{ action: 'ecr:StartImageScan', resource: repositoryArn(account, input.repositoryName) }],
  (input, { account }) => {
    const repository = repositoryOf(account, input);
    const image = imageOf(account, repository, input.imageId);
    if (registryScanning(account).is.scanType === 'ENHANCED') {
      throw new AwsError('ValidationException', 'This feature is disabled');
    }
    refuse(image, account.clock.now());
    beginScan(account, repository, image);
    return {
      registryId: account.id,
      repositoryName: repository.name,
      imageId: { ...input.imageId, imageDigest: image.digest },
      imageScanStatus: { status: 'IN_PROGRESS' },
    };
  },
);
