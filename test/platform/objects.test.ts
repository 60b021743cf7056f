import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { sha256Hex } from '../../shared/platform/hash.ts';
import { bucketObjects } from '../../shared/platform/objects.ts';
import { GetObjectCommand, PutObjectCommand, S3Client } from '../../shared/platform/sdk/s3.ts';
import { awsError, notMocked } from './awsAnswers.ts';

const s3 = mockClient(S3Client);
const objects = bucketObjects({ region: 'us-east-1', bucket: 'evidence' });
const bodyOf = (read: () => Promise<string>) => ({ Body: { transformToString: read } as never });

beforeEach(() => {
  s3.reset();
  s3.onAnyCommand().rejects(notMocked);
});

describe('putting an object', () => {
  it('writes it, and answers where it is and what was written', async () => {
    s3.on(PutObjectCommand).resolves({});
    expect(await objects.put('a/b.json', '{"ä":1}', 'application/json')).toEqual({
      uri: 's3://evidence/a/b.json',
      sha256: sha256Hex('{"ä":1}'),
    });
    expect(s3.commandCalls(PutObjectCommand)[0]?.args[0].input).toEqual({
      Bucket: 'evidence',
      Key: 'a/b.json',
      Body: '{"ä":1}',
      ContentType: 'application/json',
    });
  });

  it('that S3 slows down or refuses fails by that name', async () => {
    s3.on(PutObjectCommand).rejects(awsError('SlowDown', 503));
    await expect(objects.put('a', 'b', 'text/plain')).rejects.toMatchObject({ name: 'Throttled' });
    s3.on(PutObjectCommand).rejects(awsError('AccessDenied', 403));
    await expect(objects.put('a', 'b', 'text/plain')).rejects.toMatchObject({ name: 'AccessDenied' });
  });
});

describe('getting an object', () => {
  it.each(['text', ''])('answers what is in it: "%s"', async (text) => {
    s3.on(GetObjectCommand, { Bucket: 'evidence', Key: 'a' }).resolves(bodyOf(async () => text));
    expect(await objects.get('a')).toBe(text);
  });

  it('answers null when S3 says that there is none', async () => {
    s3.on(GetObjectCommand).rejects(awsError('NoSuchKey', 404));
    expect(await objects.get('a')).toBeNull();
  });

  it.each([
    // What S3 says of an object that is not there, to who may not list the bucket.
    ['AccessDenied', 403],
    ['NoSuchBucket', 404],
    ['InvalidObjectState', 403],
  ])('never takes %s for absent', async (name, status) => {
    s3.on(GetObjectCommand).rejects(awsError(name, status));
    await expect(objects.get('a')).rejects.toMatchObject({ name });
  });

  it('never takes an answer without a body for absent', async () => {
    s3.on(GetObjectCommand).resolves({});
    await expect(objects.get('a')).rejects.toThrow('S3 answered without a body');
  });

  it('is asked for again when S3 is slow, or when the body breaks off', async () => {
    s3.on(GetObjectCommand).rejects(awsError('InternalError', 500));
    await expect(objects.get('a')).rejects.toMatchObject({ name: 'Throttled' });
    const cut = Object.assign(new Error('aborted'), { code: 'ECONNRESET' });
    s3.on(GetObjectCommand).resolves(bodyOf(() => Promise.reject(cut)));
    await expect(objects.get('a')).rejects.toMatchObject({ name: 'Throttled', cause: cut });
  });
});
