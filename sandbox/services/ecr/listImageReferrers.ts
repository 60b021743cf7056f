import {
  ArtifactStatusFilter,
  type ImageReferrer,
  type ListImageReferrersRequest,
  type ListImageReferrersResponse,
} from '@aws-sdk/client-ecr';
import { operation } from '../../account.ts';
import { next, pageOf, pageSize } from '../paging.ts';
import { invalid } from './invalid.ts';
import { repositoryArn, repositoryOf, type StoredImage } from './state.ts';

const DIGEST = /^sha256:[0-9a-f]{64}$/;

/**
 * Whatever names the image as its subject: signatures, SBOMs, attestations. IAM has no action of this name: it asks for
 * ecr:BatchGetImage (the operation's own page). Of an image that is not there the list is empty, because the API has no error for it.
 */
export const listImageReferrers = operation<ListImageReferrersRequest, ListImageReferrersResponse>(
  (input, account) => [{ action: 'ecr:BatchGetImage', resource: repositoryArn(account, input.repositoryName) }],
  (input, { account }) => {
    const repository = repositoryOf(account, input);
    const subject = input.subjectId?.imageDigest ?? '';
    if (!DIGEST.test(subject)) throw invalid('subjectId.imageDigest', 'image digest should satisfy the regex');
    const { artifactTypes = [], artifactStatus = 'ACTIVE' } = input.filter ?? {};
    const statuses: readonly string[] = Object.values(ArtifactStatusFilter);
    if (!statuses.includes(artifactStatus)) {
      throw invalid('filter.artifactStatus', `Member must satisfy enum value set: [${statuses.join(', ')}]`);
    }
    const listed = [...repository.images.values()].filter(
      (image) =>
        image.subject === subject &&
        (artifactStatus === 'ANY' || image.status === artifactStatus) &&
        (artifactTypes.length === 0 || artifactTypes.includes(image.artifactMediaType ?? '')),
    );
    const page = pageOf(listed.map(referrer), pageSize(input.maxResults, 20, 50), input.nextToken);
    return { referrers: [...page.items], ...next(page.nextToken) };
  },
);

const referrer = ({
  digest,
  mediaType,
  artifactMediaType,
  annotations,
  manifest,
  status,
}: StoredImage): ImageReferrer => ({
  digest,
  mediaType,
  ...(artifactMediaType === undefined ? {} : { artifactType: artifactMediaType }),
  size: Buffer.byteLength(manifest),
  ...(annotations === undefined ? {} : { annotations: { ...annotations } }),
  artifactStatus: status,
});
