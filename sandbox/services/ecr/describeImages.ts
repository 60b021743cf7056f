import type { DescribeImagesRequest, DescribeImagesResponse, ImageDetail } from '@aws-sdk/client-ecr';
import { type Account, AwsError, operation } from '../../account.ts';
import { next, pageOf, pageSize } from '../paging.ts';
import { isShown } from './imageFilter.ts';
import { idsOf, imageNotFound, imageOf } from './imageId.ts';
import { type Repository, repositoryArn, repositoryOf, type StoredImage } from './state.ts';

const time = (milliseconds: number): Date => new Date(milliseconds);

const detail = (account: Account, repository: Repository, image: StoredImage): ImageDetail => ({
  registryId: account.id,
  repositoryName: repository.name,
  imageDigest: image.digest,
  ...(image.tags.size === 0 ? {} : { imageTags: [...image.tags] }),
  imageSizeInBytes: sizeOf(repository, image),
  imagePushedAt: time(image.pushedAt),
  imageManifestMediaType: image.mediaType,
  ...(image.artifactMediaType === undefined ? {} : { artifactMediaType: image.artifactMediaType }),
  ...(image.subject === undefined ? {} : { subjectManifestDigest: image.subject }),
  imageStatus: image.status,
  ...(image.lastPulledAt === undefined ? {} : { lastRecordedPullTime: time(image.lastPulledAt) }),
  ...(image.lastArchivedAt === undefined ? {} : { lastArchivedAt: time(image.lastArchivedAt) }),
  ...(image.lastActivatedAt === undefined ? {} : { lastActivatedAt: time(image.lastActivatedAt) }),
});

/** An index counts as its largest image (ImageDetail of the SDK). */
const sizeOf = (repository: Repository, image: StoredImage): number =>
  Math.max(image.sizeInBytes, ...image.platforms.map((digest) => repository.images.get(digest)?.sizeInBytes ?? 0));

/** Named images, all or none: an image that the filter hides is not found. */
function named(account: Account, repository: Repository, input: DescribeImagesRequest): StoredImage[] {
  if (input.maxResults !== undefined || input.nextToken !== undefined) {
    throw new AwsError('InvalidParameterException', 'maxResults and nextToken cannot be used together with imageIds');
  }
  return idsOf(input.imageIds).map((id) => {
    const image = imageOf(account, repository, id);
    if (isShown(image, input.filter)) return image;
    throw imageNotFound(account, repository, id);
  });
}

export const describeImages = operation<DescribeImagesRequest, DescribeImagesResponse>(
  (input, account) => [{ action: 'ecr:DescribeImages', resource: repositoryArn(account, input.repositoryName) }],
  (input, { account }) => {
    const repository = repositoryOf(account, input);
    const show = (image: StoredImage): ImageDetail => detail(account, repository, image);
    if (input.imageIds !== undefined) return { imageDetails: named(account, repository, input).map(show) };
    const all = [...repository.images.values()].filter((image) => isShown(image, input.filter));
    const page = pageOf(all, pageSize(input.maxResults, 100, 1000), input.nextToken);
    return { imageDetails: page.items.map(show), ...next(page.nextToken) };
  },
);
