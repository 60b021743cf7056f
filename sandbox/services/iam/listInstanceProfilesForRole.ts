import type { ListInstanceProfilesForRoleRequest, ListInstanceProfilesForRoleResponse } from '@aws-sdk/client-iam';
import { operation } from '../../account.ts';
import { profiles } from '../ec2/instanceProfiles.ts';
import { shownProfile } from './instanceProfile.ts';
import { onRole, roleAsked } from './onRole.ts';
import { paged } from './page.ts';

/** The profiles by which instances have the role. Throws NoSuchEntity. */
export const listInstanceProfilesForRole = operation<
  ListInstanceProfilesForRoleRequest,
  ListInstanceProfilesForRoleResponse
>(onRole('ListInstanceProfilesForRole'), (input, { account }) => {
  const role = roleAsked(account, input);
  const its = profiles(account).filter(({ roleName }) => roleName === role.name);
  const { items, more } = paged(its, input);
  return { InstanceProfiles: items.map((profile) => shownProfile(account, profile)), ...more };
});
