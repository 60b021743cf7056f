import { createHash } from 'node:crypto';
import { AwsError, type Call, operation, type RestOutput } from '../../account.ts';
import { bucketByName } from './buckets.ts';
import { checksumsOf } from './checksums.ts';
import { checkWrite } from './preconditions.ts';
import { onObject, type S3Request } from './request.ts';

const KEPT = ['cache-control', 'content-disposition', 'content-language', 'content-type', 'expires'];

export const putObject = operation<S3Request, RestOutput>(onObject('PutObject'), put);

function put(input: S3Request, { account }: Call): RestOutput {
  const { key, body, headers } = input;
  if (Buffer.byteLength(key) > 1024) throw new AwsError('KeyTooLongError', 'Your key is too long');
  const bucket = bucketByName(account, input.bucket);
  checkWrite(headers, bucket.objects.get(key));
  const checksums = checksumsOf(body, headers);
  const md5 = createHash('md5').update(body).digest();
  const given = headers['content-md5'];
  if (given !== undefined && !/^[A-Za-z0-9+/]{22}==$/.test(given)) {
    throw new AwsError('InvalidDigest', 'The Content-MD5 you specified was invalid.');
  }
  if (given !== undefined && given !== md5.toString('base64')) {
    throw new AwsError('BadDigest', 'The Content-MD5 you specified did not match what we received.');
  }
  const etag = `"${md5.toString('hex')}"`;
  bucket.objects.set(key, { key, body, etag, lastModified: account.clock.now(), headers: kept(headers), checksums });
  return { headers: { etag, ...checksums, ...encryption } };
}

/** New objects are encrypted with keys of S3's, unless asked otherwise. */
export const encryption = { 'x-amz-server-side-encryption': 'AES256' };

function kept(headers: S3Request['headers']): { [name: string]: string } {
  const entries = Object.entries(headers).filter(([name]) => KEPT.includes(name) || name.startsWith('x-amz-meta-'));
  // `aws-chunked` belongs to the transfer, not to the object.
  const encodings = (headers['content-encoding'] ?? '').split(',').map((encoding) => encoding.trim());
  const encoding = encodings.filter((name) => name !== '' && name !== 'aws-chunked').join(',');
  return {
    'content-type': 'application/octet-stream',
    ...Object.fromEntries(entries),
    ...(encoding === '' ? {} : { 'content-encoding': encoding }),
  };
}
