import { Throttled } from '../shared/platform/errors.ts';
import { plain } from '../shared/report/text.ts';
import { UsageError } from './usage.ts';

const unknownCredentials = new Set([
  'UnrecognizedClientException',
  'InvalidClientTokenId',
  'InvalidAccessKeyId',
  'InvalidSignatureException',
  'SignatureDoesNotMatch',
  'IncompleteSignature',
  'IncompleteSignatureException',
  'MissingAuthenticationToken',
  'MissingAuthenticationTokenException',
  'ExpiredToken',
  'ExpiredTokenException',
]);

const denied = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'UnauthorizedOperation',
  // SNS (API reference, Common errors), by its code and by the name that the SDK gives it.
  'AuthorizationError',
  'AuthorizationErrorException',
]);

/** Whether AWS refuses a call for want of a permission. */
export const isDenied = (error: unknown): boolean => error instanceof Error && denied.has(error.name);

const unreachable = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
]);

const field = (error: Error, name: string): string => {
  // The SDK's errors carry fields that their types do not name.
  const value = (error as unknown as { readonly [key: string]: unknown })[name];
  return typeof value === 'string' ? value : '';
};

/**
 * What keeps a command from a stage, as one sentence with what to do; anything else as it is. Decided on names and codes; AWS's own
 * words are only quoted.
 */
export function refusalOf(error: unknown, what: string): unknown {
  if (!(error instanceof Error) || error instanceof UsageError) return error;
  const sentence = sentenceFor(error, what);
  return sentence === undefined ? error : new UsageError(sentence, { cause: error });
}

/** An answer in which the SDK found neither what was asked nor an error of AWS's: another program's, or a proxy's. */
const foreign = (error: Error): boolean =>
  error.name === 'Unknown' || error.name === 'UnknownError' || (error instanceof SyntaxError && '$metadata' in error);

function sentenceFor(error: Error, what: string): string | undefined {
  if (error.name === 'CredentialsProviderError' || error.name === 'TokenProviderError') {
    return 'No AWS credentials were found: log in, set AWS_PROFILE, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY ("firebreak sandbox" prints those of the embedded account).';
  }
  if (unknownCredentials.has(error.name)) {
    return `AWS does not accept these credentials (${error.name}): log in again, or set others.`;
  }
  if (isDenied(error)) {
    return `These credentials may not read or change ${what}. AWS says: ${plain(error.message)}`;
  }
  const { AWS_ENDPOINT_URL: endpoint } = process.env;
  const where = endpoint === undefined ? 'AWS' : `AWS_ENDPOINT_URL ${JSON.stringify(endpoint)}`;
  if (field(error, 'code') === 'ERR_INVALID_URL') {
    return `${where} is no URL: write it as http://127.0.0.1:4566, or leave it unset for AWS itself.`;
  }
  if (foreign(error)) {
    return `What answers at ${where} is not AWS, nor a sandbox: see to AWS_ENDPOINT_URL, or to a proxy in between.${error instanceof SyntaxError ? '' : ` It says: ${plain(error.message, 200)}`}`;
  }
  if (unreachable.has(field(error, 'code')) || error.name === 'TimeoutError') {
    return `${where} cannot be reached for ${what} (${field(error, 'code') || error.name}): see to the network, or to what should listen there.`;
  }
  if (error.name === 'ResourceNotFoundException') {
    return `Something of ${what} that the stack parameter names is not there: deploy the stage again.`;
  }
  if (error instanceof Throttled) return `AWS asks for fewer calls to ${what}: try again in a minute.`;
  return undefined;
}
