import { DescribeSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { secretArn } from '../../../sandbox/services/secretsManager/state.ts';
import { clientOf } from '../client.ts';
import type { Layer } from './layer.ts';

const name = 'checkout/database';

export const overdueSecret: Layer = {
  name: 'overdue-secret',
  title: 'The rotation of a secret is overdue: its own function replaces the value, which nobody here reads',
  finding: 'AWS Config `secretsmanager-secret-periodic-rotation`',
  sample: 'config-secret',
  named: (account) => ({
    'arn:aws:secretsmanager:us-east-1:123456789012:secret:checkout/database-a1B2c3': secretArn(account, name),
  }),
  rule: 'secret-overdue',
  action: 'secrets.rotate',
  look: async (theatre) => {
    const answer = await new SecretsManagerClient(clientOf(theatre)).send(
      new DescribeSecretCommand({ SecretId: name }),
    );
    return `${name} was last rotated ${answer.LastRotatedDate?.toISOString() ?? 'never'}`;
  },
  outcome: 'contained',
  told: 'digest',
  notUndone: /not taken back/,
};
