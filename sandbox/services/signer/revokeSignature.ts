import type { RevokeSignatureRequest } from '@aws-sdk/client-signer';
import { AwsError, operation } from '../../account.ts';
import { invalid, jobArn, signerState } from './state.ts';

const MOST_REASON = 500;

/** What a job signed counts for nothing from here on, whenever it was signed. That cannot be taken back, as on AWS. */
export const revokeSignature = operation<RevokeSignatureRequest, Record<string, never>>(
  ({ jobId = '' }, account) => [{ action: 'signer:RevokeSignature', resource: jobArn(account, jobId) }],
  ({ jobId = '', reason = '' }, { account }) => {
    if (reason.length === 0 || reason.length > MOST_REASON)
      throw invalid(`reason must be of 1 to ${MOST_REASON} characters`);
    const job = signerState(account).jobs.get(jobArn(account, jobId));
    if (job === undefined) throw new AwsError('ResourceNotFoundException', `Signing job ${jobId} not found`, 404);
    job.revokedFrom = Number.NEGATIVE_INFINITY;
    return {};
  },
);
