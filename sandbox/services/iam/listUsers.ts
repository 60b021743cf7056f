import type { ListUsersRequest, ListUsersResponse } from '@aws-sdk/client-iam';
import { operation } from '../../account.ts';
import { paged } from './page.ts';

/** The account has no users: the administrator is its root user, whom AWS does not list either. */
export const listUsers = operation<ListUsersRequest, ListUsersResponse>(
  () => [{ action: 'iam:ListUsers', resource: '*' }],
  (input) => ({ Users: [], ...paged([], input).more }),
);
