import { worldSchema } from '../../../sandbox/world/schema.ts';
import { unused } from '../scan.ts';

/** An account that is watched from all sides, in which the link of every mail of SNS was followed. */
export const healthy = worldSchema.parse({
  repositories: [{ name: unused.repository, images: [{ digest: unused.digest }] }],
  clusters: [{ name: 'prod' }],
  eksClusters: [
    {
      name: 'prod-eks',
      accessEntries: [{ role: 'firebreak-dev-us-east-1-responder', groups: ['firebreak:responder'] }],
    },
  ],
  guardDuty: {},
  inspector: { scans: ['ec2', 'ecr', 'lambda'] },
  configRecorder: {},
  registryScanning: { scanType: 'ENHANCED', rules: [{ scanFrequency: 'CONTINUOUS_SCAN', filters: ['*'] }] },
  confirmedAddresses: ['on-call@example.com'],
});
