import type { UpdateIPSetRequest, UpdateIPSetResponse } from '@aws-sdk/client-wafv2';
import { AwsError, operation } from '../../account.ts';
import { arnAsked, invalid, isEntry, setAsked, waf } from './state.ts';

/** "Maximum number of IP addresses in CIDR notation per IP set: 10,000" (AWS WAF quotas). */
const most = 10_000;
/** "Maximum number of requests per second per account per Region, for any individual Create, Put, or Update action: 1" (AWS WAF quotas). */
const apartMs = 1000;

/** Replaces the whole list, with the token of the read that it was made from. What it says nothing of, the description, is empty then. */
export const updateIPSet = operation<UpdateIPSetRequest, UpdateIPSetResponse>(
  (input, account) => [{ action: 'wafv2:UpdateIPSet', resource: arnAsked(account, input) }],
  (input, { account }) => {
    const set = setAsked(account, input);
    const { changedAt } = waf(account);
    const now = account.clock.now();
    if (now - (changedAt.get(set.scope) ?? Number.NEGATIVE_INFINITY) < apartMs) {
      throw new AwsError('ThrottlingException', 'Rate exceeded');
    }
    const { Addresses: addresses = [], Description, LockToken } = input;
    const wrong = addresses.find((entry) => !isEntry(entry, set.version));
    if (wrong !== undefined) {
      throw invalid(`The parameter contains formatting that is not valid., field: IP_ADDRESS, parameter: ${wrong}`);
    }
    if (addresses.length > most) {
      throw new AwsError(
        'WAFLimitsExceededException',
        'AWS WAF couldn’t perform the operation because you exceeded your resource limit.',
      );
    }
    if (LockToken !== set.token) {
      throw new AwsError(
        'WAFOptimisticLockException',
        'AWS WAF couldn’t save your changes because someone changed the resource after you started to edit it. Reapply your changes.',
      );
    }
    changedAt.set(set.scope, now);
    set.addresses = [...new Set(addresses)];
    set.description = Description;
    set.token = account.random.uuid();
    return { NextLockToken: set.token };
  },
);
