import { type Account, slice } from '../account.ts';

/** `Expired` is a status that IAM gives, and takes from nobody. */
export type KeyStatus = 'Active' | 'Inactive';

/** A long-term access key, without its secret: nobody signs with it here. */
export interface AccessKey {
  /** `AKIA…`. */
  readonly id: string;
  readonly status: KeyStatus;
  /** Milliseconds since the epoch, virtual. */
  readonly createdAt: number;
  /** Undefined: never, since IAM keeps count. */
  readonly lastUsed: { readonly at: number; readonly service: string; readonly region: string } | undefined;
}

/** A user of IAM: whom its keys belong to. What it may do, nothing here asks. */
export interface User {
  readonly name: string;
  readonly arn: string;
  /** `AIDA…`. */
  readonly id: string;
  /** Milliseconds since the epoch, virtual. */
  readonly createdAt: number;
  readonly tags: Readonly<Record<string, string>>;
  readonly keys: readonly AccessKey[];
}

/** By name. */
export const users = slice('iam.users', () => new Map<string, User>());

export const userNamed = (account: Account, name: string): User | undefined => users(account).get(name);

export const userWithKey = (account: Account, keyId: string): User | undefined =>
  [...users(account).values()].find(({ keys }) => keys.some(({ id }) => id === keyId));

/** `arn:aws:iam::ID:user/team/NAME` has the path `/team/`. */
export const pathOfUser = ({ arn, name }: User): string =>
  arn.slice(arn.indexOf(':user/') + ':user'.length, arn.length - name.length);

/** Puts a key in the place of the one with its id. */
export function replaceKey(account: Account, { name }: User, key: AccessKey): void {
  const user = userNamed(account, name);
  if (user === undefined) return;
  users(account).set(name, { ...user, keys: user.keys.map((one) => (one.id === key.id ? key : one)) });
}
