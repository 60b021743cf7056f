import type {
  GetRegistryScanningConfigurationRequest,
  GetRegistryScanningConfigurationResponse,
} from '@aws-sdk/client-ecr';
import { operation } from '../../account.ts';
import { registryScanning, shownScanning } from './registryScanning.ts';

export const getRegistryScanningConfiguration = operation<
  GetRegistryScanningConfigurationRequest,
  GetRegistryScanningConfigurationResponse
>(
  () => [{ action: 'ecr:GetRegistryScanningConfiguration', resource: '*' }],
  (_input, { account }) => ({
    registryId: account.id,
    scanningConfiguration: shownScanning(registryScanning(account).is),
  }),
);
