import type { ListRolePoliciesRequest, ListRolePoliciesResponse } from '@aws-sdk/client-iam';
import { operation } from '../../account.ts';
import { onRole, roleAsked } from './onRole.ts';
import { paged } from './page.ts';

/** The names of the policies that are written into the role: all that a role has here. */
export const listRolePolicies = operation<ListRolePoliciesRequest, ListRolePoliciesResponse>(
  onRole('ListRolePolicies'),
  (input, { account }) => {
    const names = roleAsked(account, input).written.policies.map(({ name }) => name);
    const { items, more } = paged(names.toSorted(), input);
    return { PolicyNames: [...items], ...more };
  },
);
