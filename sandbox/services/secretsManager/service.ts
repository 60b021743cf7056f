import type { Service } from '../../account.ts';
import { describeSecret } from './describeSecret.ts';
import { listSecretVersionIds } from './listSecretVersionIds.ts';
import { rotateSecret } from './rotateSecret.ts';

/** Secrets and their rotation, without values: there is no GetSecretValue. */
export const secretsManagerService: Service = {
  name: 'secretsmanager',
  protocol: 'json-1.1',
  target: 'secretsmanager',
  operations: {
    DescribeSecret: describeSecret,
    ListSecretVersionIds: listSecretVersionIds,
    RotateSecret: rotateSecret,
  },
};
