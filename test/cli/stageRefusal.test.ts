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
    [failing('MissingAuthenticationTokenException'), /^AWS does not accept these credentials/],
    [
      failing('AccessDeniedException'),
      /^These credentials may not read or change stage dev\. AWS says: \\u\{1b\}\[31mUser/,
    ],
    [failing('Error', { code: 'ECONNREFUSED' }), /cannot be reached for stage dev \(ECONNREFUSED\)/],
    [failing('TimeoutError'), /cannot be reached for stage dev \(TimeoutError\)/],
    [failing('ResourceNotFoundException'), /is not there: deploy the stage again/],
    [failing('TypeError', { code: 'ERR_INVALID_URL' }), /is no URL: write it as http:/],
    [failing('Unknown'), /^What answers at AWS is not AWS, nor a sandbox: .* It says: \\u\{1b\}/],
    [Object.assign(new SyntaxError('<'), { $metadata: {} }), /is not AWS, nor a sandbox: .* a proxy in between\.$/],
    [new Throttled('slow down'), /try again in a minute/],
  ])('is a sentence with what to do: %s', (error, says) => {
    const refusal = refusalOf(error, 'stage dev');
    expect(refusal).toBeInstanceOf(UsageError);
    expect((refusal as Error).message).toMatch(says);
    expect((refusal as Error).cause).toBe(error);
  });

  it('stays what it is when it is a fault of our own, or a sentence already', () => {
    for (const error of [
      new TypeError('x is not a function'),
      new SyntaxError('of ours'),
      new UsageError('Give a key.'),
      'text',
    ]) {
      expect(refusalOf(error, 'stage dev')).toBe(error);
    }
  });
});
