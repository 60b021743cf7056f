import type { ListAccessKeysRequest, ListAccessKeysResponse } from '@aws-sdk/client-iam';
import { operation } from '../../account.ts';
import { onUser, userAsked } from './onUser.ts';
import { paged } from './page.ts';

/** The keys of a user with their status, page by page. The root user's are none of the account's. */
export const listAccessKeys = operation<ListAccessKeysRequest, ListAccessKeysResponse>(
  onUser('ListAccessKeys'),
  (input, { account, principal }) => {
    const user = userAsked(account, input, principal);
    const { items, more } = paged(user?.keys ?? [], input);
    return {
      AccessKeyMetadata: items.map(({ id, status, createdAt }) => ({
        UserName: user?.name,
        AccessKeyId: id,
        Status: status,
        CreateDate: new Date(createdAt),
      })),
      ...more,
    };
  },
);
