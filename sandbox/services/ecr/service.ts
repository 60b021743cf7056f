import type { Service } from '../../account.ts';
import { batchGetImage } from './batchGetImage.ts';
import { describeImageScanFindings } from './describeImageScanFindings.ts';
import { describeImages } from './describeImages.ts';
import { describeRepositories } from './describeRepositories.ts';
import { listTagsForResource } from './listTagsForResource.ts';
import { putImage } from './putImage.ts';
import { startImageScan } from './startImageScan.ts';
import { updateImageStorageClass } from './updateImageStorageClass.ts';

/** Private registry: images by digest, indexes and their platforms, archive and restore. */
export const ecrService: Service = {
  name: 'ecr',
  protocol: 'json-1.1',
  target: 'AmazonEC2ContainerRegistry_V20150921',
  operations: {
    BatchGetImage: batchGetImage,
    DescribeImageScanFindings: describeImageScanFindings,
    DescribeImages: describeImages,
    DescribeRepositories: describeRepositories,
    ListTagsForResource: listTagsForResource,
    PutImage: putImage,
    StartImageScan: startImageScan,
    UpdateImageStorageClass: updateImageStorageClass,
  },
};
