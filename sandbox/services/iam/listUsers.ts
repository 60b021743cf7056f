import type { ListUsersRequest, ListUsersResponse } from '@aws-sdk/client-iam';
import { operation } from '../../account.ts';
import { pathOfUser, users } from '../../iam/users.ts';
import { shownUser } from './onUser.ts';
import { paged } from './page.ts';

/** By name. The administrator is the account's root user, whom AWS does not list either. */
export const listUsers = operation<ListUsersRequest, ListUsersResponse>(
  () => [{ action: 'iam:ListUsers', resource: '*' }],
  (input, { account }) => {
    const below = [...users(account).values()]
      .filter((user) => pathOfUser(user).startsWith(input.PathPrefix ?? '/'))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1));
    const { items, more } = paged(below, input);
    return { Users: items.map(shownUser), ...more };
  },
);
