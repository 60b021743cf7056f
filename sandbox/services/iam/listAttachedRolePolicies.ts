import type { ListAttachedRolePoliciesRequest, ListAttachedRolePoliciesResponse } from '@aws-sdk/client-iam';
import { operation } from '../../account.ts';
import { onRole, roleAsked } from './onRole.ts';
import { paged } from './page.ts';

/** Managed policies are boundaries alone here, so that none is attached. */
export const listAttachedRolePolicies = operation<ListAttachedRolePoliciesRequest, ListAttachedRolePoliciesResponse>(
  onRole('ListAttachedRolePolicies'),
  (input, { account }) => {
    roleAsked(account, input);
    return { AttachedPolicies: [], ...paged([], input).more };
  },
);
