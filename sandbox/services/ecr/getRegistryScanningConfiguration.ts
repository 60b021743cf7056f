import type {
  GetRegistryScanningConfigurationRequest,
  GetRegistryScanningConfigurationResponse,
} from '@aws-sdk/client-ecr';
import { operation } from '../../account.ts';

/** As a registry is at first, and stays here: basic scanning, of what each repository says. */
export const getRegistryScanningConfiguration = operation<
  GetRegistryScanningConfigurationRequest,
  GetRegistryScanningConfigurationResponse
>(
  () => [{ action: 'ecr:GetRegistryScanningConfiguration', resource: '*' }],
  (_input, { account }) => ({ registryId: account.id, scanningConfiguration: { scanType: 'BASIC', rules: [] } }),
);
