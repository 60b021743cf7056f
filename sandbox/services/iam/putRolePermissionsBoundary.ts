import type { PutRolePermissionsBoundaryRequest } from '@aws-sdk/client-iam';
import { operation } from '../../account.ts';
import { replaceRole } from '../../iam/roles.ts';
import { policyAsked } from './onPolicy.ts';
import { onRole, roleToChange, unlessUnmodifiable } from './onRole.ts';

/**
 * Sets a managed policy as the boundary of a role, in the place of the one that it has; in force a little later (`roles.ts`). IAM is asked with the policy
 * that is to be set (service authorization reference, `iam:PermissionsBoundary`). Throws NoSuchEntity, UnmodifiableEntity, InvalidInput.
 */
export const putRolePermissionsBoundary = operation<PutRolePermissionsBoundaryRequest, Record<string, never>>(
  (input, account) =>
    onRole('PutRolePermissionsBoundary')(input, account).map((needed) => ({
      ...needed,
      context: { 'iam:PermissionsBoundary': input.PermissionsBoundary ?? '' },
    })),
  (input, { account }) => {
    const role = unlessUnmodifiable(roleToChange(account, input));
    const { arn } = policyAsked(account, input.PermissionsBoundary);
    replaceRole(account, { ...role, boundary: arn });
    return {};
  },
);
