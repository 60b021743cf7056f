import type {
  DescribeImageScanFindingsRequest,
  DescribeImageScanFindingsResponse,
  ImageScanFindings,
} from '@aws-sdk/client-ecr';
import { AwsError, operation } from '../../account.ts';
import { next, pageOf, pageSize } from '../paging.ts';
import { findingsOf } from './cves.ts';
import { imageOf } from './imageId.ts';
import { isScanning } from './scan.ts';
import { repositoryArn, repositoryOf } from './state.ts';

/**
 * The result of the last basic scan. An index is not scanned, its images are. An archived image has lost its scan; active again, it
 * has one when its repository scans on push.
 */
export const describeImageScanFindings = operation<DescribeImageScanFindingsRequest, DescribeImageScanFindingsResponse>(
  (input, account) => [
    { action: 'ecr:DescribeImageScanFindings', resource: repositoryArn(account, input.repositoryName) },
  ],
  (input, { account }) => {
    const repository = repositoryOf(account, input);
    const image = imageOf(account, repository, input.imageId);
    const page = pageOf(findingsOf(image), pageSize(input.maxResults, 100, 1000), input.nextToken);
    if ((image.scannedAt === undefined && !isScanning(image)) || image.status !== 'ACTIVE') {
      throw new AwsError(
        'ScanNotFoundException',
        `Image scan does not exist for the image with '{imageDigest:'${image.digest}', imageTag:'${input.imageId?.imageTag ?? 'null'}'}' in the repository with name '${repository.name}' in the registry with id '${account.id}'`,
      );
    }
    const identity = {
      registryId: account.id,
      repositoryName: repository.name,
      imageId: { ...input.imageId, imageDigest: image.digest },
    };
    if (isScanning(image)) {
      return { ...identity, imageScanStatus: { status: 'IN_PROGRESS', description: 'The scan is in progress.' } };
    }
    const scannedAt = new Date(image.scannedAt ?? 0);
    const imageScanFindings: ImageScanFindings = {
      imageScanCompletedAt: scannedAt,
      vulnerabilitySourceUpdatedAt: scannedAt,
      findingSeverityCounts: { ...image.scan },
      findings: [...page.items],
    };
    return {
      ...identity,
      imageScanStatus: { status: 'COMPLETE', description: 'The scan was completed successfully.' },
      imageScanFindings,
      ...next(page.nextToken),
    };
  },
);
