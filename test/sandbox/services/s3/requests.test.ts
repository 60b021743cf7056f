import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import type { RestOutput, RestRequest } from '../../../../sandbox/account.ts';
import { createBucket } from '../../../../sandbox/services/s3/buckets.ts';
import { s3Service } from '../../../../sandbox/services/s3/service.ts';
import { type FakeAccount, fakeAccount } from '../../fakeAccount.ts';
import { invoke } from '../../invoke.ts';

let fake: FakeAccount;
beforeEach(() => {
  fake = fakeAccount();
  createBucket(fake.account, { name: 'evidence' });
});

function request(method: string, path: string, headers: Record<string, string> = {}, body = ''): RestRequest {
  const url = new URL(path, 'http://door');
  return { method, path: url.pathname, query: url.searchParams, headers, body: Buffer.from(body) };
}
async function send(...args: Parameters<typeof request>): Promise<RestOutput> {
  const found = s3Service.route?.(request(...args));
  if (!found) throw new Error('no operation');
  return invoke<RestOutput>(s3Service, found.operation, found.input, fake.call());
}

describe('addresses', () => {
  test.each([
    ['path style', 'http://127.0.0.1:4566', '/evidence/a%2Fb/c%20d', '127.0.0.1:4566'],
    ['virtual-hosted style', '', '/a%2Fb/c%20d', 'evidence.s3.eu-west-1.amazonaws.com'],
    ['virtual-hosted style without Region', '', '/a%2Fb/c%20d', 'evidence.s3.amazonaws.com'],
  ])('%s', (_name, _base, path, host) => {
    expect(s3Service.route?.(request('GET', path, { host }))).toMatchObject({
      operation: 'GetObject',
      input: { bucket: 'evidence', key: 'a/b/c d' },
    });
  });

  test('what is not modelled is refused, not ignored', () => {
    expect(() => s3Service.route?.(request('GET', '/evidence/a', { range: 'bytes=0-1' }))).toThrow(
      expect.objectContaining({ code: 'NotImplemented' }),
    );
    expect(s3Service.route?.(request('POST', '/evidence/a'))).toBeUndefined();
  });
});

describe('checksums', () => {
  const sha256 = createHash('sha256').update('body').digest('base64');

  test('one that fits is kept and answered to who asks for it', async () => {
    const put = await send('PUT', '/evidence/a', { 'x-amz-checksum-sha256': sha256 }, 'body');
    expect(put.headers).toMatchObject({ 'x-amz-checksum-sha256': sha256 });
    const asked = await send('GET', '/evidence/a', { 'x-amz-checksum-mode': 'ENABLED' });
    expect(asked.headers).toMatchObject({ 'x-amz-checksum-sha256': sha256 });
    expect((await send('GET', '/evidence/a')).headers).not.toHaveProperty('x-amz-checksum-sha256');
  });

  test.each([
    ['x-amz-checksum-sha256', sha256],
    ['content-md5', createHash('md5').update('body').digest('base64')],
  ])('a wrong %s stores nothing', async (header, value) => {
    await expect(send('PUT', '/evidence/a', { [header]: value }, 'other')).rejects.toMatchObject({ code: 'BadDigest' });
    await expect(send('GET', '/evidence/a')).rejects.toMatchObject({ code: 'NoSuchKey', status: 404 });
    await send('PUT', '/evidence/a', { [header]: value }, 'body');
  });
});

describe('preconditions', () => {
  test('If-Match replaces only what was read', async () => {
    const etag = (await send('PUT', '/evidence/a', {}, 'one')).headers?.['etag'] ?? '';
    await send('PUT', '/evidence/a', { 'if-match': etag }, 'two');
    await expect(send('PUT', '/evidence/a', { 'if-match': etag }, 'three')).rejects.toMatchObject({ status: 412 });
    await expect(send('PUT', '/evidence/none', { 'if-match': etag }, 'x')).rejects.toMatchObject({ status: 404 });
  });

  test('a read can say what it has already', async () => {
    const etag = (await send('PUT', '/evidence/a', {}, 'one')).headers?.['etag'] ?? '';
    await expect(send('GET', '/evidence/a', { 'if-none-match': etag })).rejects.toMatchObject({ status: 304 });
    expect((await send('GET', '/evidence/a', { 'if-none-match': '"x"' })).body?.toString()).toBe('one');
  });
});

test('IAM is asked about the object, or about the bucket', () => {
  const needs = (method: string, path: string): unknown => {
    const found = s3Service.route?.(request(method, path));
    return s3Service.operations[found?.operation ?? '']?.needs(found?.input as never, fake.account);
  };
  expect(needs('HEAD', '/evidence/a/b')).toEqual([{ action: 's3:GetObject', resource: 'arn:aws:s3:::evidence/a/b' }]);
  expect(needs('GET', '/evidence?list-type=2')).toEqual([
    { action: 's3:ListBucket', resource: 'arn:aws:s3:::evidence' },
  ]);
});

describe('listings', () => {
  const list = async (query: string): Promise<string> =>
    String((await send('GET', `/evidence?list-type=2${query}`)).body);

  test('tell checksums, and owners where they are asked for', async () => {
    const sha256 = createHash('sha256').update('body').digest('base64');
    await send('PUT', '/evidence/a', { 'x-amz-checksum-sha256': sha256 }, 'body');
    expect(await list('')).toContain(
      '<ChecksumAlgorithm>SHA256</ChecksumAlgorithm><ChecksumType>FULL_OBJECT</ChecksumType>',
    );
    expect(await list('')).not.toContain('<Owner>');
    expect(await list('&fetch-owner=true')).toMatch(/<Owner><ID>[0-9a-f]{64}<\/ID><\/Owner>/);
  });

  test('begin behind a key, which they repeat, or at a token of theirs', async () => {
    for (const key of ['a', 'b', 'c']) await send('PUT', `/evidence/${key}`, {}, key);
    expect(await list('&start-after=b')).toMatch(/<StartAfter>b<\/StartAfter>.*<Key>c<\/Key>/s);
    const [, token = ''] = /<NextContinuationToken>(.*)<\/NextContinuationToken>/.exec(await list('&max-keys=1')) ?? [];
    expect(await list(`&continuation-token=${encodeURIComponent(token)}`)).toContain('<Key>b</Key>');
    await expect(list('&continuation-token=none!')).rejects.toMatchObject({ code: 'InvalidArgument' });
  });
});

test('an MD5 that is none is told from one that does not fit', async () => {
  await expect(send('PUT', '/evidence/a', { 'content-md5': 'none' }, 'x')).rejects.toMatchObject({
    code: 'InvalidDigest',
  });
});
