import type {
  BatchGetRepositoryScanningConfigurationRequest,
  BatchGetRepositoryScanningConfigurationResponse,
} from '@aws-sdk/client-ecr';
import { AwsError, operation } from '../../account.ts';
import { frequencyOf, registryScanning } from './registryScanning.ts';
import { repositories, repositoryArn } from './state.ts';

/** How each repository is scanned by what it says itself and by the rules of the registry. */
export const batchGetRepositoryScanningConfiguration = operation<
  BatchGetRepositoryScanningConfigurationRequest,
  BatchGetRepositoryScanningConfigurationResponse
>(
  (input, account) =>
    (input.repositoryNames ?? []).map((name) => ({
      action: 'ecr:BatchGetRepositoryScanningConfiguration',
      resource: repositoryArn(account, name),
    })),
  (input, { account }) => {
    const names = input.repositoryNames ?? [];
    if (names.length < 1 || names.length > 25) {
      throw new AwsError('InvalidParameterException', 'repositoryNames must name 1 to 25 repositories');
    }
    const all = names.map((name) => ({ name, repository: repositories(account).get(name) }));
    return {
      scanningConfigurations: all.flatMap(({ repository }) => {
        if (repository === undefined) return [];
        const { frequency, filters } = frequencyOf(registryScanning(account).is, repository);
        return {
          repositoryArn: repository.arn,
          repositoryName: repository.name,
          scanOnPush: repository.scanOnPush,
          scanFrequency: frequency,
          appliedScanFilters: filters.map((filter) => ({ filter, filterType: 'WILDCARD' as const })),
        };
      }),
      failures: all.flatMap(({ name, repository }) =>
        repository === undefined
          ? {
              repositoryName: name,
              failureCode: 'REPOSITORY_NOT_FOUND' as const,
              failureReason: `The repository with name '${name}' does not exist in the registry with id '${account.id}'`,
            }
          : [],
      ),
    };
  },
);
