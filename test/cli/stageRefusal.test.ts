import { describe, expect, it } from 'vitest';
import { refusalOf } from '../../cli/stageRefusal.ts';
import { UsageError } from '../../cli/usage.ts';
import { Throttled } from '../../shared/platform/errors.ts';

const failing = (name: string, fields: object = {}): Error =>
  Object.assign(new Error('\u001b[31mUser arn:x may not'), { name, ...fields });

describe('what keeps the command from a stage', () => {
  it.each([
    [failing('CredentialsProviderError'), /^No AWS credentials were found/],
    [failing('ExpiredTokenException'), /^AWS does not accept these credentials \(ExpiredTokenException\)/],
    [
      failing('AccessDeniedException'),
      /^These credentials may not read or change stage dev\. AWS says: \\u\{1b\}\[31mUser/,
    ],
    [failing('Error', { code: 'ECONNREFUSED' }), /cannot be reached for stage dev \(ECONNREFUSED\)/],
    [failing('TimeoutError'), /cannot be reached for stage dev \(TimeoutError\)/],
    [failing('ResourceNotFoundException'), /is not there: deploy the stage again/],
    [new Throttled('slow down'), /try again in a minute/],
  ])('is a sentence with what to do: %s', (error, says) => {
    const refusal = refusalOf(error, 'stage dev');
    expect(refusal).toBeInstanceOf(UsageError);
    expect((refusal as Error).message).toMatch(says);
    expect((refusal as Error).cause).toBe(error);
  });

  it('stays what it is when it is a fault of our own, or a sentence already', () => {
    for (const error of [new TypeError('x is not a function'), new UsageError('Give a key.'), 'text']) {
      expect(refusalOf(error, 'stage dev')).toBe(error);
    }
  });
});
