import {
  BatchGetImageCommand,
  DescribeImageScanFindingsCommand,
  DescribeImageSigningStatusCommand,
  DescribeImagesCommand,
  type ECRClient,
  GetDownloadUrlForLayerCommand,
  type ImageIdentifier,
  ListImageReferrersCommand,
  ListTagsForResourceCommand,
  type ServiceInputTypes,
  type ServiceOutputTypes,
  UpdateImageStorageClassCommand,
} from '@aws-sdk/client-ecr';
import type { AwsStub } from 'aws-sdk-client-mock';
import { awsError } from './awsError.ts';
import type { TestImage } from './images.ts';
import { account, page, refused, repository, type World } from './mockAccount.ts';

type EcrStub = AwsStub<ServiceInputTypes, ServiceOutputTypes, ECRClient['config']>;

/** ECR of the test's world: archived images are hidden unless asked for, and their manifests are not handed out. */
export function mockEcr(stub: EcrStub, world: World): void {
  const find = (digest: string | undefined) => world.images.find((image) => image.digest === digest);
  const addressed = (input: { registryId?: string | undefined; repositoryName?: string | undefined }): void => {
    if (input.registryId !== account || input.repositoryName !== repository) {
      throw awsError('RepositoryNotFoundException');
    }
  };

  stub.on(DescribeImagesCommand).callsFake((input) => {
    refused(world, 'DescribeImages', input);
    addressed(input);
    const visible = world.images.filter(
      (image) => input.filter?.imageStatus === 'ANY' || (image.status ?? 'ACTIVE') === 'ACTIVE',
    );
    if (input.imageIds !== undefined) {
      const asked = (input.imageIds as readonly ImageIdentifier[]).map(({ imageDigest, imageTag }) =>
        visible.find(({ digest, tags = [] }) =>
          imageTag === undefined ? digest === imageDigest : tags.includes(imageTag),
        ),
      );
      if (asked.includes(undefined)) throw awsError('ImageNotFoundException');
      return { imageDetails: visible.filter((image) => asked.includes(image)).map(detail) };
    }
    const { part, next } = page(world, visible, input.nextToken);
    return { imageDetails: part.map(detail), nextToken: next };
  });

  stub.on(BatchGetImageCommand).callsFake((input) => {
    refused(world, 'BatchGetImage', input);
    addressed(input);
    const asked = (input.imageIds as { imageDigest: string }[]).map(({ imageDigest }) => ({
      imageDigest,
      image: find(imageDigest),
    }));
    const open = (image: TestImage | undefined): image is TestImage =>
      (image?.status ?? 'ACTIVE') === 'ACTIVE' && image !== undefined;
    return {
      images: asked.flatMap(({ imageDigest, image }) =>
        open(image)
          ? [{ imageId: { imageDigest }, imageManifest: image.manifest, imageManifestMediaType: image.mediaType }]
          : [],
      ),
      failures: asked.flatMap(({ imageDigest, image }) =>
        open(image) ? [] : [{ imageId: { imageDigest }, failureCode: 'ImageNotFound' }],
      ),
    };
  });

  stub.on(UpdateImageStorageClassCommand).callsFake((input) => {
    refused(world, 'UpdateImageStorageClass', input);
    addressed(input);
    const image = find(input.imageId.imageDigest);
    if (image === undefined) throw awsError('ImageNotFoundException');
    const listedBy = world.images.some(
      (other) => other !== image && (other.status ?? 'ACTIVE') === 'ACTIVE' && other.manifest.includes(image.digest),
    );
    // What ECR does with an image that an active index lists is not documented for the API; the strictest is assumed.
    if (input.targetStorageClass === 'ARCHIVE' && listedBy)
      throw awsError('ImageStorageClassUpdateNotSupportedException');
    image.status = input.targetStorageClass === 'ARCHIVE' ? 'ARCHIVED' : 'ACTIVATING';
    return { imageId: input.imageId, imageStatus: image.status };
  });

  stub.on(DescribeImageScanFindingsCommand).callsFake((input) => {
    refused(world, 'DescribeImageScanFindings', input);
    addressed(input);
    const { part, next } = page({ ...world, pageSize: 1 }, world.scan ?? [], input.nextToken);
    if (part[0] === undefined) throw awsError('ScanNotFoundException');
    return { ...part[0], nextToken: next };
  });

  stub.on(DescribeImageSigningStatusCommand).callsFake((input) => {
    refused(world, 'DescribeImageSigningStatus', input);
    addressed(input);
    return { signingStatuses: world.signing ?? [] };
  });

  stub.on(ListImageReferrersCommand).callsFake((input) => {
    refused(world, 'ListImageReferrers', input);
    addressed(input);
    const { part, next } = page(world, world.referrers ?? [], input.nextToken);
    return { referrers: part, nextToken: next };
  });

  stub.on(GetDownloadUrlForLayerCommand).callsFake((input) => {
    refused(world, 'GetDownloadUrlForLayer', input);
    addressed(input);
    const downloadUrl = world.layers?.[input.layerDigest];
    if (downloadUrl === undefined) throw awsError('LayersNotFoundException');
    return { downloadUrl, layerDigest: input.layerDigest };
  });

  stub.on(ListTagsForResourceCommand).callsFake((input) => {
    refused(world, 'ListTagsForResource', input);
    return { tags: Object.entries(world.tags ?? {}).map(([Key, Value]) => ({ Key, Value })) };
  });
}

const detail = (image: TestImage) => ({
  imageDigest: image.digest,
  imageTags: image.tags,
  imageManifestMediaType: image.mediaType,
  imageStatus: image.status ?? 'ACTIVE',
  imagePushedAt: new Date(image.pushedAt ?? '2026-11-20T09:00:00Z'),
  lastArchivedAt: image.archivedAt === undefined ? undefined : new Date(image.archivedAt),
  lastActivatedAt: image.activatedAt === undefined ? undefined : new Date(image.activatedAt),
  lastRecordedPullTime: image.lastPull === undefined ? undefined : new Date(image.lastPull),
  subjectManifestDigest: image.subject,
});
