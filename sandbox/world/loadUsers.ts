import type { Account } from '../account.ts';
import { users } from '../iam/users.ts';
import type { World } from './schema.ts';

/** A user with its keys: IAM shows them, and nobody signs with one. */
export function loadUser(account: Account, { name, path, tags, accessKeys }: World['users'][number]): void {
  users(account).set(name, {
    name,
    arn: `arn:aws:iam::${account.id}:user${path}${name}`,
    id: `AIDA${account.random.hex(17).toUpperCase()}`,
    createdAt: account.clock.now(),
    tags,
    keys: accessKeys.map(({ id, status, createdAt, lastUsed }) => ({
      id,
      status,
      createdAt: Date.parse(createdAt),
      lastUsed: lastUsed === undefined ? undefined : { ...lastUsed, at: Date.parse(lastUsed.at) },
    })),
  });
}
