import type { DeleteRolePermissionsBoundaryRequest } from '@aws-sdk/client-iam';
import { operation } from '../../account.ts';
import { replaceRole, roleNamed } from '../../iam/roles.ts';
import { onRole, roleToChange, unlessUnmodifiable } from './onRole.ts';

/**
 * Takes the boundary away, whatever it is; without effect a little later (`roles.ts`). IAM is asked with the policy that is set. What it answers for a
 * role without a boundary AWS does not document: here nothing is done then. Throws NoSuchEntity for a role that is not there, UnmodifiableEntity.
 */
export const deleteRolePermissionsBoundary = operation<DeleteRolePermissionsBoundaryRequest, Record<string, never>>(
  (input, account) => {
    const boundary = roleNamed(account, input.RoleName ?? '')?.boundary;
    return onRole('DeleteRolePermissionsBoundary')(input, account).map((needed) => ({
      ...needed,
      ...(boundary === undefined ? {} : { context: { 'iam:PermissionsBoundary': boundary } }),
    }));
  },
  (input, { account }) => {
    const { boundary, ...role } = unlessUnmodifiable(roleToChange(account, input));
    if (boundary !== undefined) replaceRole(account, role);
    return {};
  },
);
