import type { UpdateAccessKeyRequest } from '@aws-sdk/client-iam';
import { AwsError, operation } from '../../account.ts';
import { replaceKey } from '../../iam/users.ts';
import { noSuchEntity } from './onRole.ts';
import { onUser, userAsked } from './onUser.ts';

/** Sets a key Active or Inactive, whatever it is. @throws AwsError NoSuchEntity, InvalidInput, ValidationError */
export const updateAccessKey = operation<UpdateAccessKeyRequest, Record<string, never>>(
  onUser('UpdateAccessKey'),
  (input, { account, principal }) => {
    const { AccessKeyId = '', Status } = input;
    const user = userAsked(account, input, principal);
    const key = user?.keys.find(({ id }) => id === AccessKeyId);
    if (user === undefined || key === undefined) {
      throw noSuchEntity(`The Access Key with id ${AccessKeyId} cannot be found.`);
    }
    if (Status !== 'Active' && Status !== 'Inactive') {
      throw new AwsError('InvalidInput', 'A key is set Active or Inactive; Expired is set by nobody.');
    }
    replaceKey(account, user, { ...key, status: Status });
    return {};
  },
);
