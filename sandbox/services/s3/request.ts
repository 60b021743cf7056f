import { type Account, AwsError, type Needed, type RestRequest } from '../../account.ts';
import { bucketByName, type StoredObject } from './buckets.ts';

/** A request to S3, after its address was read; headers hold the parameters, as in the S3 reference. */
export interface S3Request {
  readonly bucket: string;
  /** Decoded; empty for requests on the bucket. */
  readonly key: string;
  readonly headers: RestRequest['headers'];
  readonly query: URLSearchParams;
  readonly body: Buffer;
}

/** What IAM is asked for an operation on one object. */
export const onObject =
  (action: string) =>
  ({ bucket, key }: S3Request): readonly Needed[] => [
    { action: `s3:${action}`, resource: `arn:aws:s3:::${bucket}/${key}` },
  ];

/** What IAM is asked for an operation on a bucket. */
export const onBucket =
  (action: string) =>
  ({ bucket }: S3Request): readonly Needed[] => [{ action: `s3:${action}`, resource: `arn:aws:s3:::${bucket}` }];

/** Throws `NoSuchBucket` or `NoSuchKey`. AWS hides a missing key from who may not list the bucket; this does not. */
export function objectAt(account: Account, { bucket, key }: S3Request): StoredObject {
  const object = bucketByName(account, bucket).objects.get(key);
  if (!object) throw new AwsError('NoSuchKey', 'The specified key does not exist.', 404);
  return object;
}
