import type { GetRoleRequest, GetRoleResponse } from '@aws-sdk/client-iam';
import { operation } from '../../account.ts';
import { onRole, roleAsked, shown } from './onRole.ts';

/** Only here its tags and its boundary are shown, and not in lists. `RoleLastUsed` is empty, as of a role that was not used: it is not kept. */
export const getRole = operation<GetRoleRequest, GetRoleResponse>(onRole('GetRole'), (input, { account }) => {
  const role = roleAsked(account, input);
  const Tags = Object.entries(role.tags).map(([Key, Value]) => ({ Key, Value }));
  const { boundary } = role;
  const PermissionsBoundary =
    boundary === undefined
      ? {}
      : {
          PermissionsBoundary: {
            PermissionsBoundaryType: 'PermissionsBoundaryPolicy' as const,
            PermissionsBoundaryArn: boundary,
          },
        };
  return { Role: { ...shown(role), ...(Tags.length === 0 ? {} : { Tags }), ...PermissionsBoundary, RoleLastUsed: {} } };
});
