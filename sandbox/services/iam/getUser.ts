import type { GetUserRequest, GetUserResponse } from '@aws-sdk/client-iam';
import { AwsError, operation } from '../../account.ts';
import { noSuchEntity } from './onRole.ts';

/** An account is older than anything in it. */
const OPENED = new Date('2026-01-01T00:00:00Z');

/**
 * Without a name: who calls. That is the account's root user, who has no name, or a role's session, which is no user. There are no
 * others.
 */
export const getUser = operation<GetUserRequest, GetUserResponse>(
  ({ UserName }, account) => [
    { action: 'iam:GetUser', resource: UserName === undefined ? '*' : `arn:aws:iam::${account.id}:user/${UserName}` },
  ],
  ({ UserName }, { account, principal }) => {
    if (UserName !== undefined) throw noSuchEntity(`The user with name ${UserName} cannot be found.`);
    if (principal.kind !== 'root') {
      throw new AwsError('ValidationError', 'Must specify userName when calling with non-User credentials');
    }
    return {
      User: { Path: undefined, UserName: undefined, UserId: account.id, Arn: principal.arn, CreateDate: OPENED },
    };
  },
);
