import type { User as ShownUser } from '@aws-sdk/client-iam';
import { type Account, AwsError, type Needed, type Principal } from '../../account.ts';
import { pathOfUser, type User, userNamed } from '../../iam/users.ts';
import { noSuchEntity } from './onRole.ts';

interface NamesUser {
  readonly UserName?: string | undefined;
}

/** The ARN of a user by its name; of one that is not there, as IAM would make it. */
export const userArn = (account: Account, name: string): string =>
  userNamed(account, name)?.arn ?? `arn:aws:iam::${account.id}:user/${name}`;

/** What IAM is asked for an operation on one user. */
export const onUser =
  (action: string) =>
  ({ UserName = '' }: NamesUser, account: Account): readonly Needed[] => [
    {
      action: `iam:${action}`,
      resource: UserName === '' ? `arn:aws:iam::${account.id}:user/` : userArn(account, UserName),
    },
  ];

/**
 * The user that an operation on keys is about. Without a name IAM means whoever calls: the root user has keys that this account does not
 * show, and a role's session has none (API reference, "UpdateAccessKey": with a temporary key the name is required).
 * @throws AwsError NoSuchEntity, ValidationError
 */
export function userAsked(account: Account, { UserName }: NamesUser, principal: Principal): User | undefined {
  if (UserName === undefined) {
    if (principal.kind === 'root') return undefined;
    throw new AwsError('ValidationError', 'Must specify userName when calling with non-User credentials');
  }
  const user = userNamed(account, UserName);
  if (user === undefined) throw noSuchEntity(`The user with name ${UserName} cannot be found.`);
  return user;
}

/** A user as lists show it: without its tags. When it last signed in with a password nobody counts here. */
export const shownUser = (user: User) =>
  ({
    Path: pathOfUser(user),
    UserName: user.name,
    UserId: user.id,
    Arn: user.arn,
    CreateDate: new Date(user.createdAt),
  }) satisfies ShownUser;
