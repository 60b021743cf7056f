import type { RotateSecretRequest, RotateSecretResponse } from '@aws-sdk/client-secrets-manager';
import { AwsError, operation } from '../../account.ts';
import { arnAsked, ENDED, secretNamed, versionAt } from './state.ts';

const refused = (message: string): AwsError => new AwsError('InvalidRequestException', message);

/** The function runs for as long as the account file says; it is no function of this account's Lambda. */
export const rotateSecret = operation<RotateSecretRequest, RotateSecretResponse>(
  ({ SecretId = '' }, account) => [{ action: 'secretsmanager:RotateSecret', resource: arnAsked(account, SecretId) }],
  ({ SecretId = '', ClientRequestToken }, { account }) => {
    const secret = secretNamed(account, SecretId);
    const token = ClientRequestToken ?? account.random.uuid();
    if (token.length < 32 || token.length > 64) {
      throw new AwsError('InvalidParameterException', 'ClientRequestToken must be 32-64 characters long.');
    }
    const answer = { ARN: secret.arn, Name: secret.name, VersionId: token };
    if (secret.stages[token] !== undefined) return answer;
    if (secret.deletedAt !== undefined) {
      throw refused("You can't perform this operation on the secret because it was marked for deletion.");
    }
    if (secret.rotation === undefined) {
      throw refused('No Lambda rotation function ARN is associated with this secret.');
    }
    const pending = versionAt(secret, 'AWSPENDING');
    if (pending !== undefined && pending !== versionAt(secret, 'AWSCURRENT')) {
      throw refused("A previous rotation isn't complete. That rotation will be reattempted.");
    }
    const labels = Object.entries(secret.stages).map(
      ([id, all]) => [id, all.filter((label) => label !== 'AWSPENDING')] as const,
    );
    secret.stages = { ...Object.fromEntries(labels), [token]: ['AWSPENDING'] };
    secret.madeAt = { ...secret.madeAt, [token]: account.clock.now() };
    account.clock.after(secret.rotation.takesSeconds * 1000, ENDED, { arn: secret.arn, version: token });
    return answer;
  },
);
