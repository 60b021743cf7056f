import type { DescribeSecretRequest, DescribeSecretResponse } from '@aws-sdk/client-secrets-manager';
import { operation } from '../../account.ts';
import { arnAsked, secretNamed } from './state.ts';

const dateOf = (ms: number | undefined): Date | undefined => (ms === undefined ? undefined : new Date(ms));

export const describeSecret = operation<DescribeSecretRequest, DescribeSecretResponse>(
  ({ SecretId = '' }, account) => [{ action: 'secretsmanager:DescribeSecret', resource: arnAsked(account, SecretId) }],
  ({ SecretId = '' }, { account }) => {
    const { name, arn, createdAt, tags, rotation, rotatedAt, deletedAt, stages, madeAt, kmsKeyId } = secretNamed(
      account,
      SecretId,
    );
    return {
      ARN: arn,
      Name: name,
      CreatedDate: new Date(createdAt),
      KmsKeyId: kmsKeyId,
      LastChangedDate: new Date(Math.max(createdAt, ...Object.values(madeAt))),
      RotationEnabled: rotation !== undefined,
      RotationLambdaARN: rotation?.functionArn,
      LastRotatedDate: dateOf(rotatedAt),
      DeletedDate: dateOf(deletedAt),
      Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
      VersionIdsToStages: Object.fromEntries(Object.entries(stages).map(([id, labels]) => [id, [...labels]])),
    };
  },
);
