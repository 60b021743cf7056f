import type { GetUserRequest, GetUserResponse } from '@aws-sdk/client-iam';
import { AwsError, operation } from '../../account.ts';
import { userNamed } from '../../iam/users.ts';
import { noSuchEntity } from './onRole.ts';
import { shownUser, userArn } from './onUser.ts';

/** An account is older than anything in it. */
const OPENED = new Date('2026-01-01T00:00:00Z');

/**
 * Without a name: who calls. That is the account's root user, who has no name, or a role's session, which is no user. Only here a user's
 * tags are shown, and not in lists.
 */
export const getUser = operation<GetUserRequest, GetUserResponse>(
  ({ UserName }, account) => [
    { action: 'iam:GetUser', resource: UserName === undefined ? '*' : userArn(account, UserName) },
  ],
  ({ UserName }, { account, principal }) => {
    if (UserName !== undefined) {
      const user = userNamed(account, UserName);
      if (user === undefined) throw noSuchEntity(`The user with name ${UserName} cannot be found.`);
      const Tags = Object.entries(user.tags).map(([Key, Value]) => ({ Key, Value }));
      return { User: { ...shownUser(user), ...(Tags.length === 0 ? {} : { Tags }) } };
    }
    if (principal.kind !== 'root') {
      throw new AwsError('ValidationError', 'Must specify userName when calling with non-User credentials');
    }
    return {
      User: { Path: undefined, UserName: undefined, UserId: account.id, Arn: principal.arn, CreateDate: OPENED },
    };
  },
);
