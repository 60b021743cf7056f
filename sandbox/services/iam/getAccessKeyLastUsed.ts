import type { GetAccessKeyLastUsedRequest, GetAccessKeyLastUsedResponse } from '@aws-sdk/client-iam';
import { AwsError, operation } from '../../account.ts';
import { nameOf } from '../../iam/principals.ts';
import { userWithKey } from '../../iam/users.ts';
import { userArn } from './onUser.ts';

/**
 * Whose a key is, and when and where it was used last. "N/A" where it never was (API reference, "AccessKeyLastUsed"). IAM documents no error
 * for a key that is not of the account, and answers AccessDenied on "access key AKIA…", as people quote it.
 */
export const getAccessKeyLastUsed = operation<GetAccessKeyLastUsedRequest, GetAccessKeyLastUsedResponse>(
  ({ AccessKeyId = '' }, account) => [
    {
      action: 'iam:GetAccessKeyLastUsed',
      resource: userArn(account, userWithKey(account, AccessKeyId)?.name ?? 'unknown'),
    },
  ],
  ({ AccessKeyId = '' }, { account, principal }) => {
    const user = userWithKey(account, AccessKeyId);
    const used = user?.keys.find(({ id }) => id === AccessKeyId)?.lastUsed;
    if (user === undefined) {
      const message = `User: ${nameOf(principal)} is not authorized to perform: iam:GetAccessKeyLastUsed on resource: access key ${AccessKeyId}`;
      throw new AwsError('AccessDenied', message, 403);
    }
    return {
      UserName: user.name,
      AccessKeyLastUsed:
        used === undefined
          ? { ServiceName: 'N/A', Region: 'N/A', LastUsedDate: undefined }
          : { LastUsedDate: new Date(used.at), ServiceName: used.service, Region: used.region },
    };
  },
);
