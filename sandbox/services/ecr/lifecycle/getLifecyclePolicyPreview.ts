import type {
  GetLifecyclePolicyPreviewRequest,
  GetLifecyclePolicyPreviewResponse,
  LifecyclePolicyPreviewResult,
  LifecyclePolicyPreviewSummary,
} from '@aws-sdk/client-ecr';
import { type Account, AwsError, operation } from '../../../account.ts';
import { next, pageOf, pageSize } from '../../paging.ts';
import { idsOf } from '../imageId.ts';
import { invalid } from '../invalid.ts';
import { type Repository, repositoryArn, repositoryOf } from '../state.ts';
import type { Preview, PreviewedImage } from './state.ts';

export const getLifecyclePolicyPreview = operation<GetLifecyclePolicyPreviewRequest, GetLifecyclePolicyPreviewResponse>(
  (input, account) => [
    { action: 'ecr:GetLifecyclePolicyPreview', resource: repositoryArn(account, input.repositoryName) },
  ],
  (input, { account }) => {
    const repository = repositoryOf(account, input);
    const { text, status, results } = previewOf(account, repository);
    const page = pageFor(input, results);
    return {
      registryId: account.id,
      repositoryName: repository.name,
      lifecyclePolicyText: text,
      status,
      previewResults: page.items.map(shown),
      ...(status === 'COMPLETE' ? { summary: summaryOf(results) } : {}),
      ...next(page.nextToken),
    };
  },
);

function previewOf(account: Account, { name, preview }: Repository): Preview {
  if (preview !== undefined) return preview;
  throw new AwsError(
    'LifecyclePolicyPreviewNotFoundException',
    `Lifecycle policy preview does not exist for the repository with name '${name}' in the registry with id '${account.id}'`,
  );
}

function pageFor(input: GetLifecyclePolicyPreviewRequest, results: readonly PreviewedImage[]) {
  const { tagStatus = 'ANY' } = input.filter ?? {};
  const filtered = results.filter(({ tags }) => tagStatus === 'ANY' || tags.length > 0 === (tagStatus === 'TAGGED'));
  if (input.imageIds === undefined) {
    return pageOf(filtered, pageSize(input.maxResults, 100, 100), input.nextToken);
  }
  if (input.maxResults !== undefined || input.nextToken !== undefined) {
    throw invalid('imageIds', 'maxResults and nextToken cannot be used together with imageIds');
  }
  const wanted = idsOf(input.imageIds);
  const named = filtered.filter(({ digest, tags }) =>
    wanted.some(
      ({ imageDigest = digest, imageTag }) =>
        imageDigest === digest && (imageTag === undefined || tags.includes(imageTag)),
    ),
  );
  return { items: named, nextToken: undefined };
}

const shown = ({
  digest,
  tags,
  pushedAt,
  action,
  priority,
  storageClass,
}: PreviewedImage): LifecyclePolicyPreviewResult => ({
  ...(tags.length === 0 ? {} : { imageTags: [...tags] }),
  imageDigest: digest,
  imagePushedAt: new Date(pushedAt),
  action: action === 'EXPIRE' ? { type: action } : { type: action, targetStorageClass: 'ARCHIVE' },
  appliedRulePriority: priority,
  storageClass,
});

function summaryOf(results: readonly PreviewedImage[]): LifecyclePolicyPreviewSummary {
  const transitioning = results.filter(({ action }) => action === 'TRANSITION').length;
  return {
    expiringImageTotalCount: results.length - transitioning,
    ...(transitioning === 0
      ? {}
      : { transitioningImageTotalCounts: [{ targetStorageClass: 'ARCHIVE', imageTotalCount: transitioning }] }),
  };
}
