import type { BatchGetAccountStatusRequest } from '@aws-sdk/client-inspector2';
import { operation } from '../../account.ts';
import { inspector, SCANNED_TYPES } from './state.ts';

const state = (on: boolean) => ({ status: on ? 'ENABLED' : 'DISABLED' });

/** Of this account, whether it is named or not; others are not members, and fail as such. IAM does not scope it. */
export const batchGetAccountStatus = operation<BatchGetAccountStatusRequest, object>(
  () => [{ action: 'inspector2:BatchGetAccountStatus', resource: '*' }],
  ({ accountIds }, { account }) => {
    const asked = accountIds === undefined || accountIds.length === 0 ? [account.id] : accountIds;
    const { scans } = inspector(account);
    const [ec2, ecr, lambda, lambdaCode, codeRepository] = SCANNED_TYPES.map((type) => state(scans.includes(type)));
    const resourceState = { ec2, ecr, lambda, lambdaCode, codeRepository };
    return {
      accounts: asked
        .filter((id) => id === account.id)
        .map((accountId) => ({ accountId, state: state(scans.length > 0), resourceState })),
      failedAccounts: asked
        .filter((id) => id !== account.id)
        .map((accountId) => ({
          accountId,
          errorCode: 'ACCESS_DENIED',
          errorMessage: 'The account is not a member of your organization.',
        })),
    };
  },
);
