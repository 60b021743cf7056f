import { Throttled } from './errors.ts';

/** Names that AWS services answer with when asked too often; many are not modelled in the SDK. */
const names = new Set([
  'Throttling',
  'ThrottlingException',
  'ThrottledException',
  'TooManyRequestsException',
  'RequestLimitExceeded',
  'ProvisionedThroughputExceededException',
  'LimitExceededException',
  'SlowDown',
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

/** Runs a call to AWS; what AWS throttled comes out as Throttled, so that the state machine retries it with jitter. */
export async function throttled<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (isThrottling(error)) throw new Throttled('AWS asked to slow down', { cause: error });
    throw error;
  }
}
