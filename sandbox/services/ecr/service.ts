import type { Service } from '../../account.ts';
import { batchDeleteImage } from './batchDeleteImage.ts';
import { batchGetImage } from './batchGetImage.ts';
import { batchGetRepositoryScanningConfiguration } from './batchGetRepositoryScanningConfiguration.ts';
import { describeImageReplicationStatus } from './describeImageReplicationStatus.ts';
import { describeImageScanFindings } from './describeImageScanFindings.ts';
import { describeImageSigningStatus } from './describeImageSigningStatus.ts';
import { describeImages } from './describeImages.ts';
import { describeRegistry } from './describeRegistry.ts';
import { describeRepositories } from './describeRepositories.ts';
import { getAuthorizationToken } from './getAuthorizationToken.ts';
import { getDownloadUrlForLayer } from './getDownloadUrlForLayer.ts';
import { getRegistryScanningConfiguration } from './getRegistryScanningConfiguration.ts';
import { deleteLifecyclePolicy } from './lifecycle/deleteLifecyclePolicy.ts';
import { getLifecyclePolicy } from './lifecycle/getLifecyclePolicy.ts';
import { getLifecyclePolicyPreview } from './lifecycle/getLifecyclePolicyPreview.ts';
import { putLifecyclePolicy } from './lifecycle/putLifecyclePolicy.ts';
import { startLifecyclePolicyPreview } from './lifecycle/startLifecyclePolicyPreview.ts';
import { listImageReferrers } from './listImageReferrers.ts';
import { listImages } from './listImages.ts';
import { listTagsForResource } from './listTagsForResource.ts';
import { putImage } from './putImage.ts';
import { putImageScanningConfiguration } from './putImageScanningConfiguration.ts';
import { putImageTagMutability } from './putImageTagMutability.ts';
import { putRegistryScanningConfiguration } from './putRegistryScanningConfiguration.ts';
import { putReplicationConfiguration } from './putReplicationConfiguration.ts';
import { startImageScan } from './startImageScan.ts';
import { updateImageStorageClass } from './updateImageStorageClass.ts';

/** Private registry: images by digest, indexes and their platforms, tags, archive and restore, scans, lifecycle policies. */
export const ecrService: Service = {
  name: 'ecr',
  protocol: 'json-1.1',
  target: 'AmazonEC2ContainerRegistry_V20150921',
  operations: {
    BatchDeleteImage: batchDeleteImage,
    BatchGetImage: batchGetImage,
    BatchGetRepositoryScanningConfiguration: batchGetRepositoryScanningConfiguration,
    DeleteLifecyclePolicy: deleteLifecyclePolicy,
    DescribeImageReplicationStatus: describeImageReplicationStatus,
    DescribeImageScanFindings: describeImageScanFindings,
    DescribeImageSigningStatus: describeImageSigningStatus,
    DescribeImages: describeImages,
    DescribeRegistry: describeRegistry,
    DescribeRepositories: describeRepositories,
    GetAuthorizationToken: getAuthorizationToken,
    GetDownloadUrlForLayer: getDownloadUrlForLayer,
    GetLifecyclePolicy: getLifecyclePolicy,
    GetLifecyclePolicyPreview: getLifecyclePolicyPreview,
    GetRegistryScanningConfiguration: getRegistryScanningConfiguration,
    ListImageReferrers: listImageReferrers,
    ListImages: listImages,
    ListTagsForResource: listTagsForResource,
    PutImage: putImage,
    PutImageScanningConfiguration: putImageScanningConfiguration,
    PutImageTagMutability: putImageTagMutability,
    PutLifecyclePolicy: putLifecyclePolicy,
    PutRegistryScanningConfiguration: putRegistryScanningConfiguration,
    PutReplicationConfiguration: putReplicationConfiguration,
    StartImageScan: startImageScan,
    StartLifecyclePolicyPreview: startLifecyclePolicyPreview,
    UpdateImageStorageClass: updateImageStorageClass,
  },
};
