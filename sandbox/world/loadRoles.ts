import type { Account } from '../account.ts';
import { createRole, roleNamed } from '../iam/roles.ts';
import type { World } from './schema.ts';

/** The ARN of a role that is named by its name, or by its ARN already. */
export const roleArn = (account: Account, named: string): string =>
  named.startsWith('arn:') ? named : (roleNamed(account, named)?.arn ?? `arn:aws:iam::${account.id}:role/${named}`);

/** IAM decides by it, and shows it as it is written. */
export function loadRole(account: Account, { name, path, trust, policies, tags }: World['roles'][number]): void {
  createRole(account, { name, arn: `arn:aws:iam::${account.id}:role${path}${name}`, trust, policies, tags });
}
