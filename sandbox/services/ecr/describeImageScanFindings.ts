import type {
  DescribeImageScanFindingsRequest,
  DescribeImageScanFindingsResponse,
  ImageScanFindings,
} from '@aws-sdk/client-ecr';
import { AwsError, operation } from '../../account.ts';
import { pageOf, pageSize } from '../paging.ts';
import { imageOf } from './imageId.ts';
import { isScanning } from './startImageScan.ts';
import { repositoryArn, repositoryOf } from './state.ts';

/**
 * The counts of a basic scan; the list of CVEs behind them is empty, because an account file holds counts alone. An index is
 * not scanned, its images are. An archived image has lost its scan; when it is active again it has been scanned anew.
 */
export const describeImageScanFindings = operation<DescribeImageScanFindingsRequest, DescribeImageScanFindingsResponse>(
  (input, account) => [
    { action: 'ecr:DescribeImageScanFindings', resource: repositoryArn(account, input.repositoryName) },
  ],
  (input, { account }) => {
    const repository = repositoryOf(account, input);
    const image = imageOf(account, repository, input.imageId);
    const findings = pageOf<never>([], pageSize(input.maxResults, 100, 1000), input.nextToken).items;
    if ((image.scan === undefined && !isScanning(image)) || image.status !== 'ACTIVE') {
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
    const scannedAt = new Date(Math.max(image.pushedAt, image.lastActivatedAt ?? 0, image.scannedAt ?? 0));
    const imageScanFindings: ImageScanFindings = {
      imageScanCompletedAt: scannedAt,
      vulnerabilitySourceUpdatedAt: scannedAt,
      findingSeverityCounts: { ...image.scan },
      findings: [...findings],
    };
    return {
      ...identity,
      imageScanStatus: { status: 'COMPLETE', description: 'The scan was completed successfully.' },
      imageScanFindings,
    };
  },
);
