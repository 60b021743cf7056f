import type { PutImageTagMutabilityRequest, PutImageTagMutabilityResponse } from '@aws-sdk/client-ecr';
import { operation } from '../../account.ts';
import { readMutability, shownMutability } from './mutability.ts';
import { repositoryArn, repositoryOf } from './state.ts';

/** Replaces the setting and its filters; tags that are there stay where they are. */
export const putImageTagMutability = operation<PutImageTagMutabilityRequest, PutImageTagMutabilityResponse>(
  (input, account) => [{ action: 'ecr:PutImageTagMutability', resource: repositoryArn(account, input.repositoryName) }],
  (input, { account }) => {
    const repository = repositoryOf(account, input);
    repository.mutability = readMutability(input.imageTagMutability, input.imageTagMutabilityExclusionFilters);
    return { registryId: account.id, repositoryName: repository.name, ...shownMutability(repository.mutability) };
  },
);
