import type { ListRolesRequest, ListRolesResponse } from '@aws-sdk/client-iam';
import { operation } from '../../account.ts';
import { rolesByName } from '../../iam/roles.ts';
import { pathOf, shown } from './onRole.ts';
import { paged } from './page.ts';

/** By name; IAM does not scope it. */
export const listRoles = operation<ListRolesRequest, ListRolesResponse>(
  () => [{ action: 'iam:ListRoles', resource: '*' }],
  (input, { account }) => {
    const below = rolesByName(account).filter((role) => pathOf(role).startsWith(input.PathPrefix ?? '/'));
    const { items, more } = paged(below, input);
    return { Roles: items.map(shown), ...more };
  },
);
