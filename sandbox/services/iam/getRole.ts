import type { GetRoleRequest, GetRoleResponse } from '@aws-sdk/client-iam';
import { operation } from '../../account.ts';
import { onRole, roleAsked, shown } from './onRole.ts';

/** `RoleLastUsed` is empty, as of a role that was not used: it is not kept. */
export const getRole = operation<GetRoleRequest, GetRoleResponse>(onRole('GetRole'), (input, { account }) => ({
  Role: { ...shown(roleAsked(account, input)), RoleLastUsed: {} },
}));
