import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetBucketLocationCommand,
  GetObjectCommand,
  type GetObjectCommandInput,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  type ListObjectsV2CommandInput,
  PutObjectCommand,
  type PutObjectCommandInput,
  S3Client,
} from '@aws-sdk/client-s3';
import { createBucket } from '../../sandbox/services/s3/buckets.ts';
import { type Script, step, withClient } from '../script.ts';

const BUCKET = 'firebreak-evidence';
const put =
  (Key: string, input: Omit<PutObjectCommandInput, 'Bucket' | 'Key'> = {}) =>
  () =>
    new PutObjectCommand({ Bucket: BUCKET, Key, Body: `body of ${Key}`, ...input });
const get =
  (Key: string, input: Omit<GetObjectCommandInput, 'Bucket' | 'Key'> = {}) =>
  () =>
    new GetObjectCommand({ Bucket: BUCKET, Key, ...input });
const list =
  (input: Omit<ListObjectsV2CommandInput, 'Bucket'> = {}) =>
  () =>
    new ListObjectsV2Command({ Bucket: BUCKET, ...input });

const ETAG = '"5eb63bbbe01eeed093cb22bb8f5acdc3"';

const objects = [
  step('puts an object', put('a.txt', { Body: 'hello world' })),
  step('gets it', get('a.txt')),
  step('asks what it has', () => new HeadObjectCommand({ Bucket: BUCKET, Key: 'a.txt' })),
  step('gets an object that is not there', get('missing'), { words: true }),
  step('asks for an object that is not there', () => new HeadObjectCommand({ Bucket: BUCKET, Key: 'missing' })),
  step('gets from a bucket that is not there', () => new GetObjectCommand({ Bucket: 'nowhere-at-all', Key: 'a' }), {
    words: true,
  }),
  step(
    'puts into a bucket that is not there',
    () => new PutObjectCommand({ Bucket: 'nowhere-at-all', Key: 'a', Body: 'x' }),
  ),
  step(
    'puts with metadata',
    put('meta.json', {
      Body: '{}',
      ContentType: 'application/json',
      CacheControl: 'no-store',
      ContentDisposition: 'attachment',
      Metadata: { Team: 'payments' },
    }),
  ),
  step('gets the metadata', get('meta.json')),
  step('puts an empty object', put('empty', { Body: new Uint8Array(0) })),
  step('gets the empty object', get('empty')),
  step('puts with a checksum', put('sum', { ChecksumAlgorithm: 'SHA256', Body: 'hello world' })),
  step('gets the checksum', get('sum', { ChecksumMode: 'ENABLED' })),
  step('puts what must not be there, and it is', put('a.txt', { IfNoneMatch: '*' }), { words: true }),
  step('puts what must not be there, and it is not', put('new', { IfNoneMatch: '*' })),
  step('replaces what was read', put('a.txt', { IfMatch: ETAG, Body: 'hello world' })),
  step('does not replace what was not read', put('a.txt', { IfMatch: '"00000000000000000000000000000000"' })),
  step('does not replace what is not there', put('missing', { IfMatch: ETAG })),
  step('gets what has this tag', get('a.txt', { IfMatch: ETAG })),
  step('does not get what has another', get('a.txt', { IfMatch: '"0"' })),
  step('does not get what one has', get('a.txt', { IfNoneMatch: ETAG })),
  step(
    'does not ask for what one has',
    () => new HeadObjectCommand({ Bucket: BUCKET, Key: 'a.txt', IfNoneMatch: ETAG }),
  ),
  step('deletes', () => new DeleteObjectCommand({ Bucket: BUCKET, Key: 'new' })),
  step('deletes what is not there', () => new DeleteObjectCommand({ Bucket: BUCKET, Key: 'new' })),
  step(
    'deletes from a bucket that is not there',
    () => new DeleteObjectCommand({ Bucket: 'nowhere-at-all', Key: 'a' }),
  ),
];

const lists = [
  ...['logs/1.txt', 'logs/2.txt', 'logs/deep/3.txt', 'plan a+b.json', 'ünï.txt', 'Z'].map((key) =>
    step(`puts ${key}`, put(key)),
  ),
  step('gets a key with a space and a plus', get('plan a+b.json')),
  step('lists all, in the order of bytes', list()),
  step('lists a prefix', list({ Prefix: 'logs/' })),
  step('lists folders', list({ Delimiter: '/' })),
  step('lists a folder', list({ Prefix: 'logs/', Delimiter: '/' })),
  step('lists a page', list({ MaxKeys: 2 })),
  step(
    'lists the next page',
    (seen) =>
      new ListObjectsV2Command({
        Bucket: BUCKET,
        MaxKeys: 2,
        ContinuationToken: seen('lists a page', 'NextContinuationToken'),
      }),
  ),
  step('lists from a key', list({ StartAfter: 'logs/1.txt', Prefix: 'logs/' })),
  step('lists no keys', list({ MaxKeys: 0 })),
  step('lists nothing', list({ Prefix: 'nobody' })),
  step('lists keys as for a URL', list({ EncodingType: 'url', Prefix: 'plan' })),
  step('lists owners', list({ FetchOwner: true, Prefix: 'Z' })),
  step('refuses a list of a bucket that is not there', () => new ListObjectsV2Command({ Bucket: 'nowhere-at-all' }), {
    words: true,
  }),
];

/** In a bucket of their own, because a side may take what the other refuses. */
const refusals = [
  step(
    'refuses a wrong checksum',
    put('sum', { ChecksumSHA256: 'uU0nuZNNPgilLlLX2n2r+sSE7+N6U4DukIj3rOLvzel=', Body: 'x' }),
  ),
  step('refuses a wrong MD5', put('sum', { ContentMD5: 'XrY7u+Ae7tCTyyK7j1rNww==', Body: 'x' })),
  step('refuses an MD5 that is none', put('sum', { ContentMD5: 'none', Body: 'x' })),
  step('refuses a key above 1,024 bytes', put('k'.repeat(1025))),
  step('refuses a token that is none', list({ ContinuationToken: 'none!' })),
];

const base: Omit<Script, 'steps'> = {
  service: 's3',
  client: (connection) => new S3Client({ ...connection, forcePathStyle: true }),
  sandbox: (account) => {
    createBucket(account, { name: BUCKET });
  },
  moto: (connection) =>
    withClient(new S3Client({ ...connection, forcePathStyle: true }), (client) =>
      client.send(new CreateBucketCommand({ Bucket: BUCKET })),
    ),
  fields: { LastModified: 'time', 'Owner.ID': 'text', NextContinuationToken: 'id', ContinuationToken: 'id' },
};

export const s3: readonly Script[] = [
  {
    ...base,
    steps: [
      step('asks for the bucket', () => new HeadBucketCommand({ Bucket: BUCKET })),
      step('asks for a bucket that is not there', () => new HeadBucketCommand({ Bucket: 'nowhere-at-all' })),
      step('asks where the bucket is', () => new GetBucketLocationCommand({ Bucket: BUCKET })),
      step(
        'asks where a bucket is that is not there',
        () => new GetBucketLocationCommand({ Bucket: 'nowhere-at-all' }),
      ),
      ...objects,
      ...lists,
    ],
  },
  { ...base, steps: refusals },
];
