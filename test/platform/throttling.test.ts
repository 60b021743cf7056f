import { describe, expect, it } from 'vitest';
import { isThrottling, throttled } from '../../shared/platform/throttling.ts';
import { isUnavailable } from '../../shared/platform/unavailable.ts';
import { awsError } from './awsAnswers.ts';

describe('a throttle', () => {
  it.each([
    'Throttling',
    'ThrottlingException',
    'ThrottledException',
    'TooManyRequestsException',
    'RequestLimitExceeded',
    'RequestThrottled',
    'ProvisionedThroughputExceededException',
    'SlowDown',
    'TooManyUpdates',
  ])('is known by the name %s', (name) => {
    expect(isThrottling(awsError(name))).toBe(true);
  });

  it('is known by its status, and by what the SDK says of it', () => {
    expect(isThrottling(awsError('SomethingNew', 429))).toBe(true);
    expect(isThrottling(Object.assign(new Error('x'), { $retryable: { throttling: true } }))).toBe(true);
  });

  it('is never known by its message', () => {
    expect(isThrottling(new Error('ThrottlingException: Rate exceeded'))).toBe(false);
    expect(isThrottling(awsError('AccessDeniedException'))).toBe(false);
    expect(isThrottling(Object.assign(new Error('x'), { $retryable: { throttling: false } }))).toBe(false);
  });

  it.each(['LimitExceededException', 'ExecutionLimitExceeded', 'ServiceQuotaExceededException'])(
    'is not %s: waiting raises no quota',
    (name) => expect(isThrottling(awsError(name))).toBe(false),
  );

  it.each([undefined, null, 'Throttling', 7, {}])('is not %j', (thrown) => {
    expect(isThrottling(thrown)).toBe(false);
    expect(isUnavailable(thrown)).toBe(false);
  });
});

describe('a call to AWS', () => {
  const failing = (error: unknown) => throttled(() => Promise.reject(error));

  it('answers what AWS answers', async () => {
    expect(await throttled(async () => 7)).toBe(7);
  });

  it.each([
    ['a throttle', awsError('ThrottlingException'), 'AWS asked to slow down'],
    ['a fault of AWS', awsError('InternalServerError', 500), 'AWS did not answer'],
    ['a name that no host has', Object.assign(new Error('x'), { code: 'ENOTFOUND' }), 'AWS did not answer'],
    ['a time-out of the client', Object.assign(new Error('x'), { name: 'TimeoutError' }), 'AWS did not answer'],
    ['a broken connection', Object.assign(new Error('x'), { code: 'ECONNRESET' }), 'AWS did not answer'],
  ])('that met %s comes out as Throttled, with its cause', async (_what, cause, message) => {
    await expect(failing(cause)).rejects.toMatchObject({ name: 'Throttled', message, cause });
  });

  it.each([
    awsError('AccessDeniedException', 403),
    awsError('LimitExceededException'),
    new TypeError('a fault of ours'),
  ])('that failed for good comes out as it is: $name', async (error) => {
    await expect(failing(error)).rejects.toBe(error);
  });
});
