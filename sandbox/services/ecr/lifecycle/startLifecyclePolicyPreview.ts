import type { StartLifecyclePolicyPreviewRequest, StartLifecyclePolicyPreviewResponse } from '@aws-sdk/client-ecr';
import { AwsError, operation } from '../../../account.ts';
import { repositoryArn, repositoryOf } from '../state.ts';
import { lifecycleOf } from './lifecycleOf.ts';
import { readPolicy } from './policy.ts';
import { beginPreview } from './preview.ts';

/** Of the policy that is given, else of the repository's own; one at a time. */
export const startLifecyclePolicyPreview = operation<
  StartLifecyclePolicyPreviewRequest,
  StartLifecyclePolicyPreviewResponse
>(
  (input, account) => [
    { action: 'ecr:StartLifecyclePolicyPreview', resource: repositoryArn(account, input.repositoryName) },
  ],
  (input, { account }) => {
    const repository = repositoryOf(account, input);
    const text = input.lifecyclePolicyText ?? lifecycleOf(account, repository).text;
    readPolicy(text);
    if (repository.preview?.status === 'IN_PROGRESS') {
      throw new AwsError(
        'LifecyclePolicyPreviewInProgressException',
        `A lifecycle policy preview of the repository with name '${repository.name}' in the registry with id '${account.id}' is in progress`,
      );
    }
    beginPreview(account, repository, text);
    return {
      registryId: account.id,
      repositoryName: repository.name,
      lifecyclePolicyText: text,
      status: 'IN_PROGRESS',
    };
  },
);
