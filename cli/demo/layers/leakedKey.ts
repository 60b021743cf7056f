import { IAMClient, ListAccessKeysCommand } from '@aws-sdk/client-iam';
import { clientOf } from '../client.ts';
import type { Layer } from './layer.ts';

const user = 'exporter';

export const leakedKey: Layer = {
  name: 'leaked-key',
  title:
    'An access key stands in a task definition in plain text: its owner is told the names, and once somebody approves it the key is Inactive',
  finding: 'AWS Config `ecs-no-environment-secrets`',
  sample: 'config-environment-secret',
  named: () => ({ 'task-definition/checkout-api:87': 'task-definition/exports:5' }),
  rule: 'secret-in-definition',
  action: 'iam.deactivate-access-key',
  look: async (theatre) => {
    const { AccessKeyMetadata: keys = [] } = await new IAMClient(clientOf(theatre)).send(
      new ListAccessKeysCommand({ UserName: user }),
    );
    return keys.map(({ AccessKeyId, Status }) => `access key ${AccessKeyId} of ${user} is ${Status}`).join(', ');
  },
  outcome: 'contained',
  asked: 'notice',
  told: 'digest',
};
