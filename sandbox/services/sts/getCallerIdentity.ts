import type { GetCallerIdentityRequest, GetCallerIdentityResponse } from '@aws-sdk/client-sts';
import { type Account, operation, type Principal } from '../../account.ts';
import { nameOf } from '../../iam/principals.ts';
import { roleNamed } from '../../iam/roles.ts';

/** Who am I? Needs no permission, and cannot be denied. */
export const getCallerIdentity = operation<GetCallerIdentityRequest, GetCallerIdentityResponse>(
  () => [],
  (_input, { account, principal }) => ({
    UserId: userId(account, principal),
    Account: account.id,
    Arn: nameOf(principal),
  }),
);

function userId(account: Account, principal: Principal): string {
  if (principal.kind !== 'role') return account.id;
  const session = principal.arn.slice(principal.arn.lastIndexOf('/') + 1);
  return `${roleNamed(account, principal.roleName)?.id ?? principal.roleName}:${session}`;
}
