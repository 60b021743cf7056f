import type { Account } from '../account.ts';
import { type Grant, grantsIn } from './grants.ts';
import { allResourcePolicies } from './resourcePolicies.ts';
import { allRoles } from './roles.ts';

/** Everything that roles, their trust policies and the policies of resources grant in an account. */
export const granted = (account: Account): readonly Grant[] =>
  [
    ...allRoles(account).flatMap(({ trust, policies }) => [trust, ...policies]),
    ...allResourcePolicies(account),
  ].flatMap(grantsIn);
