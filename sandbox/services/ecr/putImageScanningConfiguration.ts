import type { PutImageScanningConfigurationRequest, PutImageScanningConfigurationResponse } from '@aws-sdk/client-ecr';
import { operation } from '../../account.ts';
import { invalid } from './invalid.ts';
import { repositoryArn, repositoryOf } from './state.ts';

/** Whether what is pushed from now on is scanned. */
export const putImageScanningConfiguration = operation<
  PutImageScanningConfigurationRequest,
  PutImageScanningConfigurationResponse
>(
  (input, account) => [
    { action: 'ecr:PutImageScanningConfiguration', resource: repositoryArn(account, input.repositoryName) },
  ],
  (input, { account }) => {
    const repository = repositoryOf(account, input);
    if (input.imageScanningConfiguration === undefined) {
      throw invalid('imageScanningConfiguration', 'Member must not be null');
    }
    repository.scanOnPush = input.imageScanningConfiguration.scanOnPush === true;
    return {
      registryId: account.id,
      repositoryName: repository.name,
      imageScanningConfiguration: { scanOnPush: repository.scanOnPush },
    };
  },
);
