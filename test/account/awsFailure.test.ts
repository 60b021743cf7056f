import { describe, expect, test } from 'vitest';
import { failureOf, namedFailure } from '../../shared/account/awsFailure.ts';
import { awsError } from './awsError.ts';

describe('what an answer of AWS means', () => {
  test.each([
    ['ThrottlingException', 400, 'throttled', 'Throttled'],
    ['SomethingNew', 429, 'throttled', 'Throttled'],
    ['ServerException', 500, 'unavailable', 'Throttled'],
    ['AccessDeniedException', 400, 'denied', 'ActionFailed'],
    ['ExpiredToken', 403, 'denied', 'ActionFailed'],
    ['RequestExpired', 400, 'denied', 'ActionFailed'],
    ['ImageNotFoundException', 400, 'gone', 'TargetGone'],
    ['RepositoryNotFoundException', 400, 'gone', 'TargetGone'],
    ['ImageStorageClassUpdateNotSupportedException', 400, 'refused', 'ActionFailed'],
  ])('%s with %i', (name, status, kind, named) => {
    const error = awsError(name, status);
    expect(failureOf(error)?.kind).toBe(kind);
    expect(namedFailure(error, 'Archiving x')).toMatchObject({
      name: named,
      message: expect.stringMatching(new RegExp(`^Archiving x: .*\\(${name}\\)$`)),
      cause: error,
    });
  });

  test('a broken connection may pass', () => {
    const error = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
    expect(failureOf(error)?.kind).toBe('unavailable');
  });

  test('a fault of our own stays what it is', () => {
    const error = new TypeError('x is undefined');
    expect(failureOf(error)).toBeNull();
    expect(namedFailure(error, 'Archiving x')).toBe(error);
    expect(failureOf('text')).toBeNull();
  });
});
