import type { InstanceProfile as Shown } from '@aws-sdk/client-iam';
import type { Account } from '../../account.ts';
import { inForce, roleNamed } from '../../iam/roles.ts';
import type { InstanceProfile } from '../ec2/instanceProfiles.ts';
import { shown } from './onRole.ts';

/** With its role, where that is one of the account: an account file may name another. */
export function shownProfile(account: Account, { name, arn, id, roleName }: InstanceProfile): Shown {
  const role = roleNamed(account, roleName);
  return {
    Path: '/',
    InstanceProfileName: name,
    InstanceProfileId: id,
    Arn: arn,
    CreateDate: new Date(role?.createdAt ?? account.clock.now()),
    Roles: role === undefined ? [] : [shown(inForce(account, role))],
  };
}
