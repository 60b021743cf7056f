import { type DescribeImagesFilter, ImageStatusFilter, TagStatus } from '@aws-sdk/client-ecr';
import { invalid } from './invalid.ts';
import type { StoredImage } from './state.ts';

/**
 * Without `imageStatus` only ACTIVE images are shown: an archived one vanishes from view.
 * Throws AwsError InvalidParameterException for a value that ECR does not have.
 */
export function isShown(image: StoredImage, filter: DescribeImagesFilter = {}): boolean {
  const { imageStatus = 'ACTIVE', tagStatus = 'ANY' } = filter;
  oneOf('filter.imageStatus', imageStatus, Object.values(ImageStatusFilter));
  oneOf('filter.tagStatus', tagStatus, Object.values(TagStatus));
  const isTagged = image.tags.size > 0;
  return (
    (imageStatus === 'ANY' || image.status === imageStatus) &&
    (tagStatus === 'ANY' || isTagged === (tagStatus === 'TAGGED'))
  );
}

function oneOf(parameter: string, value: string, values: readonly string[]): void {
  if (!values.includes(value)) {
    throw invalid(parameter, `Member must satisfy enum value set: [${values.join(', ')}]`);
  }
}
