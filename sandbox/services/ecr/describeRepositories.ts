import type { DescribeRepositoriesRequest, DescribeRepositoriesResponse } from '@aws-sdk/client-ecr';
import { type Account, AwsError, operation } from '../../account.ts';
import { next, pageOf, pageSize } from '../paging.ts';
import { shownMutability } from './mutability.ts';
import { type Repository, repositories, repositoryArn, repositoryOf, repositoryUri } from './state.ts';

function named(account: Account, input: DescribeRepositoriesRequest, names: readonly string[]): Repository[] {
  if (input.maxResults !== undefined || input.nextToken !== undefined) {
    throw new AwsError('InvalidParameterException', 'maxResults and nextToken cannot be used with repositoryNames');
  }
  if (names.length < 1 || names.length > 100) {
    throw new AwsError('InvalidParameterException', 'repositoryNames must name 1 to 100 repositories');
  }
  return names.map((repositoryName) => repositoryOf(account, { registryId: input.registryId, repositoryName }));
}

export const describeRepositories = operation<DescribeRepositoriesRequest, DescribeRepositoriesResponse>(
  (input, account) =>
    (input.repositoryNames ?? ['*']).map((name) => ({
      action: 'ecr:DescribeRepositories',
      resource: repositoryArn(account, name),
    })),
  (input, { account }) => {
    const { repositoryNames, registryId = account.id } = input;
    const all = registryId === account.id ? [...repositories(account).values()] : [];
    const page =
      repositoryNames === undefined
        ? pageOf(all, pageSize(input.maxResults, 100, 1000), input.nextToken)
        : { items: named(account, input, repositoryNames), nextToken: undefined };
    return {
      repositories: page.items.map(({ name, arn, createdAt, mutability, scanOnPush }) => ({
        registryId: account.id,
        repositoryName: name,
        repositoryArn: arn,
        repositoryUri: repositoryUri(account, name),
        createdAt: new Date(createdAt),
        ...shownMutability(mutability),
        imageScanningConfiguration: { scanOnPush },
        encryptionConfiguration: { encryptionType: 'AES256' },
      })),
      ...next(page.nextToken),
    };
  },
);
