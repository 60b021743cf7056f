import type { Account } from '../account.ts';
import { createRole } from '../iam/roles.ts';
import type { World } from './schema.ts';

/** The ARN of a role that is named by its name, or by its ARN already. */
export const roleArn = (account: Account, named: string): string =>
  named.startsWith('arn:') ? named : `arn:aws:iam::${account.id}:role/${named}`;

/** IAM decides by it, and shows it as it is written. */
export function loadRole(account: Account, { name, trust, policies }: World['roles'][number]): void {
  createRole(account, { name, arn: roleArn(account, name), trust, policies });
}
