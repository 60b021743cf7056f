import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import {
  AssumeRoleCommand,
  type AssumeRoleCommandInput,
  GetCallerIdentityCommand,
  STSClient,
} from '@aws-sdk/client-sts';
import { createRole } from '../../sandbox/iam/roles.ts';
import { type Script, step, withClient } from '../script.ts';

const arn = 'arn:aws:iam::123456789012:role/responder';
const trust = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::123456789012:root' }, Action: 'sts:AssumeRole' }],
};

const assume =
  (input: Partial<AssumeRoleCommandInput> = {}) =>
  () =>
    new AssumeRoleCommand({ RoleArn: arn, RoleSessionName: 'act', ...input });

const policyOf = (length: number): string => {
  const text = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }],
  });
  return text.padEnd(length);
};

export const sts: Script = {
  service: 'sts',
  client: (connection) => new STSClient(connection),
  sandbox: (account) => {
    createRole(account, { name: 'responder', arn, trust, policies: [], maxSessionSeconds: 7200 });
  },
  moto: (connection) =>
    withClient(new IAMClient(connection), (client) =>
      client.send(
        new CreateRoleCommand({
          RoleName: 'responder',
          AssumeRolePolicyDocument: JSON.stringify(trust),
          MaxSessionDuration: 7200,
        }),
      ),
    ),
  fields: {
    AccessKeyId: 'id',
    SecretAccessKey: 'id',
    SessionToken: 'id',
    Expiration: 'time',
    AssumedRoleId: 'id',
    UserId: 'id',
  },
  steps: [
    step('says who calls', () => new GetCallerIdentityCommand({})),
    step('assumes a role', assume()),
    step('assumes a role for two hours', assume({ DurationSeconds: 7200 })),
    step('assumes a role with a policy of its own', assume({ Policy: policyOf(0) })),
    step('refuses a policy above 2,048 characters', assume({ Policy: policyOf(2049) })),
    step('refuses a policy that is none', assume({ Policy: 'none' })),
    step('refuses a session name with a space', assume({ RoleSessionName: 'a b' })),
    step('refuses a session name of one letter', assume({ RoleSessionName: 'a' })),
    step('refuses a session name of 65 letters', assume({ RoleSessionName: 'a'.repeat(65) })),
    step('refuses a session below a quarter of an hour', assume({ DurationSeconds: 899 })),
    step('refuses a session longer than the role allows', assume({ DurationSeconds: 7201 })),
    step('refuses a role that is not there', assume({ RoleArn: `${arn}x` })),
  ],
};
