import { createHash } from 'node:crypto';
import type { Account } from '../../account.ts';
import { nameInArn } from '../../iam/roles.ts';
import { hosts } from './interfaces.ts';

/** A role as EC2 gives it to instances: the console makes the profile with the role, under its name. */
export interface InstanceProfile {
  readonly name: string;
  readonly arn: string;
  readonly id: string;
  readonly roleName: string;
}

export function profileOf(account: Account, roleArn: string): InstanceProfile {
  const name = nameInArn(roleArn);
  const hash = createHash('sha256').update(`${account.id}/${name}`).digest('hex');
  return {
    name,
    arn: `arn:aws:iam::${account.id}:instance-profile/${name}`,
    id: `AIPA${hash.slice(0, 17).toUpperCase()}`,
    roleName: name,
  };
}

/** Those that some instance has. */
export function profiles(account: Account): readonly InstanceProfile[] {
  const roles = new Set(hosts(account).flatMap(({ roleArn }) => roleArn ?? []));
  return [...roles].sort().map((arn) => profileOf(account, arn));
}
