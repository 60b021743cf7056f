import type { GetIPSetRequest, GetIPSetResponse } from '@aws-sdk/client-wafv2';
import { operation } from '../../account.ts';
import { arnAsked, setAsked } from './state.ts';

export const getIPSet = operation<GetIPSetRequest, GetIPSetResponse>(
  (input, account) => [{ action: 'wafv2:GetIPSet', resource: arnAsked(account, input) }],
  (input, { account }) => {
    const { name, id, version, description, addresses, token } = setAsked(account, input);
    return {
      IPSet: {
        Name: name,
        Id: id,
        ARN: arnAsked(account, input),
        IPAddressVersion: version,
        Description: description,
        Addresses: [...addresses],
      },
      LockToken: token,
    };
  },
);
