import { expect, test } from 'vitest';
import { decodeAwsChunked } from '../../../sandbox/door/chunked.ts';

test('signed and unsigned chunks are joined, trailers dropped', () => {
  const body = '5;chunk-signature=abc\r\nhello\r\n1\r\n!\r\n0\r\nx-amz-checksum-crc32:AAAA==\r\n\r\n';
  expect(decodeAwsChunked(Buffer.from(body)).toString()).toBe('hello!');
});

test.each([
  ['5\r\nhel', 'IncompleteBody'],
  ['5\r\nhello\r\n', 'IncompleteBody'],
  ['zz\r\nhello', 'InvalidChunkSizeError'],
])('%j is refused as %s', (body, code) => {
  expect(() => decodeAwsChunked(Buffer.from(body))).toThrow(expect.objectContaining({ code }));
});
