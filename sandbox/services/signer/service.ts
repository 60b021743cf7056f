import type { RestRequest, Service } from '../../account.ts';
import { getRevocationStatus } from './getRevocationStatus.ts';
import { revokeSignature } from './revokeSignature.ts';

const JOB = /^\/signing-jobs\/([^/]+)\/revoke$/;

function route({ method, path, query, body }: RestRequest) {
  if (method === 'GET' && path === '/revocations') {
    const { certificateHashes: _hashes, ...asked } = Object.fromEntries(query);
    return {
      operation: 'GetRevocationStatus',
      input: { ...asked, certificateHashes: query.getAll('certificateHashes') },
    };
  }
  const [, jobId] = JOB.exec(path) ?? [];
  if (method !== 'PUT' || jobId === undefined) return undefined;
  const input = { ...JSON.parse(body.toString('utf8') || '{}'), jobId: decodeURIComponent(jobId) };
  return { operation: 'RevokeSignature', input };
}

/** AWS Signer, as far as ECR's managed signing goes: whether what it signed was revoked. Signing itself is what the account file says. */
export const signerService: Service = {
  name: 'signer',
  protocol: 'rest-json',
  route,
  operations: { GetRevocationStatus: getRevocationStatus, RevokeSignature: revokeSignature },
};
