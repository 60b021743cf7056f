import { Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  GetBucketLocationCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  NoSuchBucket,
  NoSuchKey,
  NotFound,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createBucket, objectsOf } from '../../../../sandbox/services/s3/buckets.ts';
import { s3Service } from '../../../../sandbox/services/s3/service.ts';
import { openWire, type Wire } from '../openWire.ts';

const Bucket = 'evidence';
let wire: Wire;
let client: S3Client;
beforeEach(async () => {
  wire = await openWire(s3Service);
  client = new S3Client({ ...wire.config, forcePathStyle: true });
  createBucket(wire.account, { name: Bucket });
});
afterEach(async () => {
  client.destroy();
  await wire.close();
});

test('an object comes back as it was put, with its metadata, and its checksum is compared', async () => {
  const Key = 'a b/ü+&?.json';
  await client.send(
    new PutObjectCommand({
      Bucket,
      Key,
      Body: '{"x":1}',
      ContentType: 'application/json',
      Metadata: { incident: 'i' },
    }),
  );
  const object = await client.send(new GetObjectCommand({ Bucket, Key }));
  expect(await object.Body?.transformToString()).toBe('{"x":1}');
  expect(object).toMatchObject({ ContentType: 'application/json', Metadata: { incident: 'i' } });
  expect(object.ChecksumCRC32).toBeDefined();
  const head = await client.send(new HeadObjectCommand({ Bucket, Key }));
  expect(head).toMatchObject({ ContentLength: 7, LastModified: new Date('2026-11-24T08:00:00.000Z') });
  expect(objectsOf(wire.account, Bucket).map((stored) => stored.key)).toEqual([Key]);
});

test('a stream, which the SDK sends in chunks with a trailer, arrives whole', async () => {
  const body = Readable.from([Buffer.from('part one, '), Buffer.from('part two')]);
  await client.send(new PutObjectCommand({ Bucket, Key: 's', Body: body, ContentLength: 18 }));
  const object = await client.send(new GetObjectCommand({ Bucket, Key: 's' }));
  expect(await object.Body?.transformToString()).toBe('part one, part two');
  expect(object.ContentEncoding).toBeUndefined();
});

test('of two writers with If-None-Match the second is refused', async () => {
  const put = (Body: string) => client.send(new PutObjectCommand({ Bucket, Key: 'once', Body, IfNoneMatch: '*' }));
  await put('first');
  await expect(put('second')).rejects.toMatchObject({
    name: 'PreconditionFailed',
    $metadata: { httpStatusCode: 412 },
  });
  const object = await client.send(new GetObjectCommand({ Bucket, Key: 'once' }));
  expect(await object.Body?.transformToString()).toBe('first');
});

test("what is not there is the SDK's own error", async () => {
  await expect(client.send(new GetObjectCommand({ Bucket, Key: 'none' }))).rejects.toBeInstanceOf(NoSuchKey);
  await expect(client.send(new HeadObjectCommand({ Bucket, Key: 'none' }))).rejects.toBeInstanceOf(NotFound);
  await expect(client.send(new ListObjectsV2Command({ Bucket: 'nowhere' }))).rejects.toBeInstanceOf(NoSuchBucket);
  await client.send(new DeleteObjectCommand({ Bucket, Key: 'none' }));
});

test('keys of a listing are written for a URL on request, and the answer says that they are', async () => {
  await client.send(new PutObjectCommand({ Bucket, Key: 'd/e f+ü', Body: 'x' }));
  const list = { Bucket, Prefix: 'd/', EncodingType: 'url' } as const;
  expect(await client.send(new ListObjectsV2Command(list))).toMatchObject({
    EncodingType: 'url',
    Contents: [{ Key: 'd/e%20f%2B%C3%BC' }],
  });
});

test('listing pages, groups by delimiter, and survives odd keys', async () => {
  for (const Key of ['a/1', 'a/2', 'b', 'c&<>.txt'])
    await client.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }));
  const first = await client.send(new ListObjectsV2Command({ Bucket, Delimiter: '/', MaxKeys: 2 }));
  expect(first).toMatchObject({ IsTruncated: true, KeyCount: 2, CommonPrefixes: [{ Prefix: 'a/' }] });
  expect(first.Contents?.map((object) => object.Key)).toEqual(['b']);
  const second = await client.send(
    new ListObjectsV2Command({ Bucket, Delimiter: '/', ContinuationToken: first.NextContinuationToken }),
  );
  expect(second.Contents?.map((object) => object.Key)).toEqual(['c&<>.txt']);
  const below = await client.send(new ListObjectsV2Command({ Bucket, Prefix: 'a/', StartAfter: 'a/1' }));
  expect(below.Contents).toMatchObject([{ Key: 'a/2', Size: 1 }]);
  const { LocationConstraint } = await client.send(new GetBucketLocationCommand({ Bucket }));
  expect(LocationConstraint).toBe('eu-west-1');
});
