import type { GetLifecyclePolicyRequest, GetLifecyclePolicyResponse } from '@aws-sdk/client-ecr';
import { operation } from '../../../account.ts';
import { repositoryArn, repositoryOf } from '../state.ts';
import { lifecycleOf } from './lifecycleOf.ts';

export const getLifecyclePolicy = operation<GetLifecyclePolicyRequest, GetLifecyclePolicyResponse>(
  (input, account) => [{ action: 'ecr:GetLifecyclePolicy', resource: repositoryArn(account, input.repositoryName) }],
  (input, { account }) => {
    const repository = repositoryOf(account, input);
    const { text, lastEvaluatedAt } = lifecycleOf(account, repository);
    return {
      registryId: account.id,
      repositoryName: repository.name,
      lifecyclePolicyText: text,
      lastEvaluatedAt: new Date(lastEvaluatedAt),
    };
  },
);
