import { AwsError } from '../../account.ts';

/** What may be wrong with who calls: no signature, one that names no key, a key that is unknown or has another token, a session that is over. */
export type Stranger = 'unsigned' | 'malformed' | 'unknown' | 'expired';

type Words = readonly [code: string, status: number, message: string];

/** How one wire format's services turn strangers away. */
export type Strangers = Readonly<Record<Stranger, Words>>;

const UNSIGNED = 'Request is missing Authentication Token';
const MALFORMED = "Authorization header requires 'Credential' parameter.";
const UNKNOWN = 'The security token included in the request is invalid.';
const EXPIRED = 'The security token included in the request is expired';

/*
 * The "Common errors" pages give ExpiredTokenException with 403 for every service, and services do otherwise: these are the answers that
 * users of the SDKs quote, of DynamoDB, ECS and ECR (JSON), IAM, STS and SNS (query), EC2, Lambda (REST-JSON) and S3.
 */

export const jsonStrangers: Strangers = {
  unsigned: ['MissingAuthenticationTokenException', 400, UNSIGNED],
  malformed: ['IncompleteSignatureException', 400, MALFORMED],
  unknown: ['UnrecognizedClientException', 400, UNKNOWN],
  expired: ['ExpiredTokenException', 400, EXPIRED],
};

export const restJsonStrangers: Strangers = {
  unsigned: ['MissingAuthenticationTokenException', 403, UNSIGNED],
  malformed: ['IncompleteSignatureException', 403, MALFORMED],
  unknown: ['UnrecognizedClientException', 403, UNKNOWN],
  expired: ['ExpiredTokenException', 403, EXPIRED],
};

export const queryStrangers: Strangers = {
  unsigned: ['MissingAuthenticationToken', 403, UNSIGNED],
  malformed: ['IncompleteSignature', 403, MALFORMED],
  unknown: ['InvalidClientTokenId', 403, UNKNOWN],
  expired: ['ExpiredToken', 403, EXPIRED],
};

export const ec2Strangers: Strangers = {
  unsigned: ['MissingAuthenticationToken', 403, UNSIGNED],
  malformed: ['IncompleteSignature', 403, MALFORMED],
  unknown: ['AuthFailure', 401, 'AWS was not able to validate the provided access credentials'],
  expired: ['RequestExpired', 400, 'Request has expired.'],
};

export const s3Strangers: Strangers = {
  // Whoever does not sign is anonymous, and allowed what a bucket policy allows everybody: nothing, here.
  unsigned: ['AccessDenied', 403, 'Access Denied'],
  malformed: ['AuthorizationHeaderMalformed', 400, 'The authorization header that you provided is not valid.'],
  unknown: ['InvalidAccessKeyId', 403, 'The AWS Access Key Id you provided does not exist in our records.'],
  expired: ['ExpiredToken', 400, 'The provided token has expired.'],
};

/** The API server tells nobody why ("Authenticating": 401). */
export const kubernetesStrangers: Strangers = {
  unsigned: ['Unauthorized', 401, 'Unauthorized'],
  malformed: ['Unauthorized', 401, 'Unauthorized'],
  unknown: ['Unauthorized', 401, 'Unauthorized'],
  expired: ['Unauthorized', 401, 'Unauthorized'],
};

export function turnAway(strangers: Strangers, stranger: Stranger): AwsError {
  const [code, status, message] = strangers[stranger];
  return new AwsError(code, message, status);
}
