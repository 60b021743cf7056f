import { BatchGetRepositoryScanningConfigurationCommand, ECRClient } from '@aws-sdk/client-ecr';
import { clientOf } from '../client.ts';
import type { Layer } from './layer.ts';

const repository = 'payments/checkout-api';

export const unscannedPushes: Layer = {
  name: 'unscanned-pushes',
  title: 'What is pushed into a repository is not scanned: from now on it is',
  finding: 'AWS Config `ecr-private-image-scanning-enabled`',
  sample: 'config-repository-scanning',
  named: () => ({ 'shop/price-list': repository }),
  rule: 'not-scanned',
  action: 'ecr.enable-scanning',
  look: async (theatre) => {
    const command = new BatchGetRepositoryScanningConfigurationCommand({ repositoryNames: [repository] });
    const [one] = (await new ECRClient(clientOf(theatre)).send(command)).scanningConfigurations ?? [];
    return `scanning of ${repository}: ${one?.scanFrequency}`;
  },
  outcome: 'contained',
  told: 'digest',
};
