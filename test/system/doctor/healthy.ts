import { worldSchema } from '../../sandbox/world/schema.ts';

/** An account that is watched from all sides, in which every mail of SNS was answered. */
export const healthy = worldSchema.parse({
  repositories: [{ name: 'payments/checkout-api' }],
  clusters: [{ name: 'prod' }],
  guardDuty: {},
  inspector: { scans: ['ec2', 'ecr', 'lambda'] },
  configRecorder: {},
  registryScanning: { scanType: 'ENHANCED', rules: [{ scanFrequency: 'CONTINUOUS_SCAN', filters: ['*'] }] },
  confirmedAddresses: ['on-call@example.com'],
});
