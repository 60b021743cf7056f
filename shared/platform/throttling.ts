import { Throttled } from './errors.ts';
import { isUnavailable } from './unavailable.ts';

/**
 * Names that AWS services answer with when asked too often; many are not modelled in the SDK. Not LimitExceededException,
 * although the SDK retries it: for most services (ECR, IAM, DynamoDB's tables) it is a quota, which waiting does not raise.
 */
const names = new Set([
  'BandwidthLimitExceeded',
  'EC2ThrottledException',
  'KMSThrottlingException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'RequestThrottled',
  'RequestThrottledException',
  'SlowDown',
  'ThrottledException',
  'Throttling',
  'ThrottlingException',
  'TooManyRequestsException',
  'TooManyUpdates',
]);

const field = (value: unknown, name: string): unknown =>
  value !== null && typeof value === 'object' ? (value as { readonly [key: string]: unknown })[name] : undefined;

/** Whether AWS asked us to slow down, by name, status or the SDK's own judgement; never by message text. */
export function isThrottling(error: unknown): boolean {
  const name = field(error, 'name');
  return (
    (typeof name === 'string' && names.has(name)) ||
    field(field(error, '$metadata'), 'httpStatusCode') === 429 ||
    field(field(error, '$retryable'), 'throttling') === true
  );
}

/**
 * Runs a call to AWS. What may pass (a throttle, a fault of AWS, a broken connection) comes out as Throttled, so that the
 * state machine retries it with jitter: whoever calls must be able to repeat the call. Anything else comes out as it is.
 */
export async function throttled<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (isThrottling(error)) throw new Throttled('AWS asked to slow down', { cause: error });
    if (isUnavailable(error)) throw new Throttled('AWS did not answer', { cause: error });
    throw error;
  }
}
