import type { ListSecretVersionIdsRequest, ListSecretVersionIdsResponse } from '@aws-sdk/client-secrets-manager';
import { operation } from '../../account.ts';
import { pageOf, pageSize } from '../paging.ts';
import { arnAsked, secretNamed } from './state.ts';

/** Its versions with a label, or with IncludeDeprecated all of them, newest first. No value is among what it answers. */
export const listSecretVersionIds = operation<ListSecretVersionIdsRequest, ListSecretVersionIdsResponse>(
  ({ SecretId = '' }, account) => [
    { action: 'secretsmanager:ListSecretVersionIds', resource: arnAsked(account, SecretId) },
  ],
  ({ SecretId = '', IncludeDeprecated, MaxResults, NextToken }, { account }) => {
    const { name, arn, stages, madeAt, kmsKeyId } = secretNamed(account, SecretId);
    const all = Object.entries(stages)
      .map(([VersionId, labels]) => ({
        VersionId,
        VersionStages: [...labels],
        CreatedDate: new Date(madeAt[VersionId] ?? 0),
        KmsKeyIds: [kmsKeyId ?? 'DefaultEncryptionKey'],
      }))
      .filter(({ VersionStages }) => IncludeDeprecated === true || VersionStages.length > 0)
      .toSorted((a, b) => b.CreatedDate.getTime() - a.CreatedDate.getTime());
    const { items, nextToken } = pageOf(all, pageSize(MaxResults, 100, 100), NextToken, 'InvalidNextTokenException');
    return { ARN: arn, Name: name, Versions: [...items], NextToken: nextToken };
  },
);
