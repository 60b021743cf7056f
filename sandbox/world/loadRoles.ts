import type { Account } from '../account.ts';
import { putManagedPolicy } from '../iam/managedPolicies.ts';
import { createRole, roleNamed } from '../iam/roles.ts';
import type { World } from './schema.ts';

/** The ARN of a role that is named by its name, or by its ARN already. */
export const roleArn = (account: Account, named: string): string =>
  named.startsWith('arn:') ? named : (roleNamed(account, named)?.arn ?? `arn:aws:iam::${account.id}:role/${named}`);

/** IAM decides by them, and shows them as they are written. */
export function loadRoles(account: Account, { managedPolicies, roles }: World): void {
  for (const policy of managedPolicies) putManagedPolicy(account, policy);
  for (const { name, path, trust, policies, tags, permissionsBoundary: named } of roles) {
    const its = managedPolicies.find((policy) => policy.name === named);
    const boundary = its === undefined ? {} : { boundary: `arn:aws:iam::${account.id}:policy${its.path}${its.name}` };
    createRole(account, {
      ...{ name, arn: `arn:aws:iam::${account.id}:role${path}${name}`, trust, policies, tags },
      ...boundary,
    });
  }
}
