import type { PutLifecyclePolicyRequest, PutLifecyclePolicyResponse } from '@aws-sdk/client-ecr';
import { operation } from '../../../account.ts';
import { repositoryArn, repositoryOf } from '../state.ts';
import { readPolicy } from './policy.ts';
import { putLifecycle } from './run.ts';

export const putLifecyclePolicy = operation<PutLifecyclePolicyRequest, PutLifecyclePolicyResponse>(
  (input, account) => [{ action: 'ecr:PutLifecyclePolicy', resource: repositoryArn(account, input.repositoryName) }],
  (input, { account }) => {
    const repository = repositoryOf(account, input);
    const { lifecyclePolicyText = '' } = input;
    readPolicy(lifecyclePolicyText);
    putLifecycle(account, repository, lifecyclePolicyText);
    return { registryId: account.id, repositoryName: repository.name, lifecyclePolicyText };
  },
);
