import type { DeleteRolePolicyRequest } from '@aws-sdk/client-iam';
import { operation } from '../../account.ts';
import { deleteRolePolicy as remove } from '../../iam/rolePolicies.ts';
import { noSuchEntity, onRole, roleToChange, unlessUnmodifiable } from './onRole.ts';

/** Without effect a little later (`roles.ts`). Throws NoSuchEntity for a role or a policy that is not there, UnmodifiableEntity. */
export const deleteRolePolicy = operation<DeleteRolePolicyRequest, Record<string, never>>(
  onRole('DeleteRolePolicy'),
  (input, { account }) => {
    const role = unlessUnmodifiable(roleToChange(account, input));
    if (!remove(account, role, input.PolicyName ?? '')) {
      throw noSuchEntity(`The role policy with name ${input.PolicyName} cannot be found.`);
    }
    return {};
  },
);
