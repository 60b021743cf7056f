import type { DeleteLifecyclePolicyRequest, DeleteLifecyclePolicyResponse } from '@aws-sdk/client-ecr';
import { operation } from '../../../account.ts';
import { repositoryArn, repositoryOf } from '../state.ts';
import { lifecycleOf } from './lifecycleOf.ts';
import { endLifecycle } from './run.ts';

/** Answers with what was deleted. */
export const deleteLifecyclePolicy = operation<DeleteLifecyclePolicyRequest, DeleteLifecyclePolicyResponse>(
  (input, account) => [{ action: 'ecr:DeleteLifecyclePolicy', resource: repositoryArn(account, input.repositoryName) }],
  (input, { account }) => {
    const repository = repositoryOf(account, input);
    const { text, lastEvaluatedAt } = lifecycleOf(account, repository);
    endLifecycle(account, repository);
    return {
      registryId: account.id,
      repositoryName: repository.name,
      lifecyclePolicyText: text,
      lastEvaluatedAt: new Date(lastEvaluatedAt),
    };
  },
);
