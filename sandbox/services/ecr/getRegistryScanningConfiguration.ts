import type {
  GetRegistryScanningConfigurationRequest,
  GetRegistryScanningConfigurationResponse,
} from '@aws-sdk/client-ecr';
import { operation } from '../../account.ts';
import { registryScanning } from './registryScanning.ts';

/** As the account file says: no call changes it. */
export const getRegistryScanningConfiguration = operation<
  GetRegistryScanningConfigurationRequest,
  GetRegistryScanningConfigurationResponse
>(
  () => [{ action: 'ecr:GetRegistryScanningConfiguration', resource: '*' }],
  (_input, { account }) => {
    const { scanType, rules } = registryScanning(account).is;
    return {
      registryId: account.id,
      scanningConfiguration: {
        scanType,
        rules: rules.map(({ scanFrequency, filters }) => ({
          scanFrequency,
          repositoryFilters: filters.map((filter) => ({ filter, filterType: 'WILDCARD' })),
        })),
      },
    };
  },
);
