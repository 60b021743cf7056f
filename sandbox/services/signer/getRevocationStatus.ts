import type { GetRevocationStatusRequest, GetRevocationStatusResponse } from '@aws-sdk/client-signer';
import { operation } from '../../account.ts';
import { invalid, signerState } from './state.ts';

/** The platform of container images: the only one whose signatures are made here. */
const PLATFORM = 'Notation-OCI-SHA384-ECDSA';
const ARN = /^arn:aws(?:-[a-z]+)*:signer:/;
const [LEAST, MOST] = [20, 2048];

/**
 * What was revoked of all that is named, as it is named; nothing where nothing was. What Signer says of a profile or a job that it does not know is not documented:
 * here that it was not revoked. IAM asks for both (service authorization reference).
 */
export const getRevocationStatus = operation<GetRevocationStatusRequest, GetRevocationStatusResponse>(
  ({ profileVersionArn = '', jobArn = '' }) => [
    { action: 'signer:GetRevocationStatus', resource: profileVersionArn.split('/').slice(0, 3).join('/') },
    { action: 'signer:GetRevocationStatus', resource: jobArn },
  ],
  ({ signatureTimestamp, platformId, profileVersionArn, jobArn, certificateHashes = [] }, { account }) => {
    const at = new Date(signatureTimestamp ?? Number.NaN).getTime();
    if (Number.isNaN(at)) throw invalid('signatureTimestamp must be a timestamp');
    if (platformId !== PLATFORM)
      throw invalid(`platformId ${platformId ?? ''} is not a signing platform that can be asked about`);
    const profile = arnOf('profileVersionArn', profileVersionArn);
    const job = arnOf('jobArn', jobArn);
    if (certificateHashes.length === 0) throw invalid('certificateHashes must not be empty');
    const { jobs, profileVersions, certificates } = signerState(account);
    const since = (from: number | undefined): boolean => from !== undefined && at >= from;
    return {
      revokedEntities: [
        ...(since(profileVersions.get(profile)) ? [profile] : []),
        ...(since(jobs.get(job)?.revokedFrom) ? [job] : []),
        ...certificateHashes.filter((one) => since(certificates.get(one))),
      ],
    };
  },
);

function arnOf(name: string, value: string | undefined): string {
  if (value !== undefined && value.length >= LEAST && value.length <= MOST && ARN.test(value)) return value;
  throw invalid(`${name} must be an ARN of AWS Signer of ${LEAST} to ${MOST} characters`);
}
