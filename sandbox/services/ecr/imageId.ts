import type { ImageFailureCode, ImageIdentifier } from '@aws-sdk/client-ecr';
import { type Account, AwsError } from '../../account.ts';
import type { Repository, StoredImage } from './state.ts';

export interface NotFound {
  readonly code: ImageFailureCode;
  readonly reason: string;
}

const DIGEST = /^sha256:[0-9a-f]{64}$/;
const TAG = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,299}$/;

export const isTag = (text: string): boolean => TAG.test(text);

/** By digest, else by tag; where both are given they must agree. */
export function lookUp(repository: Repository, { imageDigest, imageTag }: ImageIdentifier): StoredImage | NotFound {
  if (imageDigest === undefined && imageTag === undefined) {
    return { code: 'MissingDigestAndTag', reason: 'Invalid request parameters: both tag and digest cannot be null' };
  }
  if (imageDigest !== undefined && !DIGEST.test(imageDigest)) {
    return { code: 'InvalidImageDigest', reason: 'Invalid request parameters: image digest should satisfy the regex' };
  }
  if (imageTag !== undefined && !isTag(imageTag)) {
    return { code: 'InvalidImageTag', reason: 'Invalid request parameters: image tag should satisfy the regex' };
  }
  const missing: NotFound = { code: 'ImageNotFound', reason: 'Requested image not found' };
  if (imageDigest === undefined) return tagged(repository, imageTag) ?? missing;
  const image = repository.images.get(imageDigest);
  if (image === undefined || imageTag === undefined || image.tags.has(imageTag)) return image ?? missing;
  return tagged(repository, imageTag) === undefined
    ? missing
    : { code: 'ImageTagDoesNotMatchDigest', reason: 'Requested image tag does not match the digest' };
}

const tagged = (repository: Repository, tag: string | undefined): StoredImage | undefined =>
  [...repository.images.values()].find((image) => tag !== undefined && image.tags.has(tag));

/** Throws AwsError ImageNotFoundException, or InvalidParameterException for an id that names nothing. */
export function imageOf(account: Account, repository: Repository, id: ImageIdentifier | undefined): StoredImage {
  const found = lookUp(repository, id ?? {});
  if (!('code' in found)) return found;
  if (found.code !== 'ImageNotFound' && found.code !== 'ImageTagDoesNotMatchDigest') {
    throw new AwsError('InvalidParameterException', found.reason);
  }
  throw imageNotFound(account, repository, id ?? {});
}

export const imageNotFound = (account: Account, repository: Repository, id: ImageIdentifier): AwsError =>
  new AwsError(
    'ImageNotFoundException',
    `The image with imageId {imageDigest:'${id.imageDigest ?? 'null'}', imageTag:'${id.imageTag ?? 'null'}'} does not exist within the repository with name '${repository.name}' in the registry with id '${account.id}'`,
  );

/** The ids of one request: 1 to 100. Throws AwsError InvalidParameterException. */
export function idsOf(ids: readonly ImageIdentifier[] | undefined): readonly ImageIdentifier[] {
  if (ids !== undefined && ids.length >= 1 && ids.length <= 100) return ids;
  throw new AwsError(
    'InvalidParameterException',
    "Invalid parameter at 'imageIds' failed to satisfy constraint: 'Member must have length from 1 to 100'",
  );
}
