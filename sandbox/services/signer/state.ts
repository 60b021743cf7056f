import { createHash } from 'node:crypto';
import { type Account, AwsError, slice } from '../../account.ts';

/** What was revoked, by name, and from when on its signatures count for nothing (virtual milliseconds). */
export interface Revocations {
  /** ARNs of signing jobs that are known here. */
  readonly jobs: Map<string, { revokedFrom?: number }>;
  /** ARNs of versions of signing profiles. */
  readonly profileVersions: Map<string, number>;
  /** As AWS Signer names certificates: see `GetRevocationStatus`. */
  readonly certificates: Map<string, number>;
}

export const signerState = slice<Revocations>('signer', () => ({
  jobs: new Map(),
  profileVersions: new Map(),
  certificates: new Map(),
}));

/** ARN of a job; AWS writes a slash after the account. */
export const jobArn = ({ region, id }: Pick<Account, 'region' | 'id'>, job: string): string =>
  `arn:aws:signer:${region}:${id}:/signing-jobs/${job}`;

/** The one version that a profile has here: ten letters and digits, as on AWS. */
export const versionOf = (profile: string): string =>
  `${profile}/${createHash('sha256').update(profile).digest('hex').slice(0, 10)}`;

/** Worded after the constraints of the API Reference; AWS's own wording is not documented. */
export const invalid = (message: string): AwsError => new AwsError('ValidationException', message, 400);
