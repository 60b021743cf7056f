import { type Account, AwsError, slice } from '../../account.ts';
import { type Expiry, expire } from './expire.ts';

export interface StoredObject {
  readonly key: string;
  readonly body: Buffer;
  /** MD5 in hex and quotes. */
  readonly etag: string;
  readonly lastModified: number;
  /** Content type and encoding, user metadata: what came with the object and goes out with it. */
  readonly headers: { readonly [name: string]: string };
  /** By header name, base64. */
  readonly checksums: { readonly [header: string]: string };
}

export interface Bucket {
  readonly name: string;
  readonly createdAt: number;
  readonly objects: Map<string, StoredObject>;
  readonly expiries: readonly Expiry[];
  /** When it is looked again for what has expired. */
  expiresNext: number;
}

const bucketsOf = slice('s3', (): Map<string, Bucket> => new Map());

/** Makes a bucket in the account's Region: what the template loader calls. */
export function createBucket(
  account: Account,
  settings: { readonly name: string; readonly expiries?: readonly Expiry[] },
): Bucket {
  const { name, expiries = [] } = settings;
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name)) {
    throw new AwsError('InvalidBucketName', `The specified bucket is not valid: ${name}`);
  }
  const buckets = bucketsOf(account);
  if (buckets.has(name)) throw new AwsError('BucketAlreadyOwnedByYou', `There is a bucket ${name} already.`, 409);
  const bucket: Bucket = { name, createdAt: account.clock.now(), objects: new Map(), expiries, expiresNext: 0 };
  buckets.set(name, bucket);
  return bucket;
}

/** Every bucket, by name. */
export const bucketsByName = (account: Account): readonly Bucket[] =>
  [...bucketsOf(account).values()].sort((a, b) => (a.name < b.name ? -1 : 1));

/** Throws `NoSuchBucket`. */
export function bucketByName(account: Account, name: string): Bucket {
  const bucket = bucketsOf(account).get(name);
  if (!bucket) throw new AwsError('NoSuchBucket', 'The specified bucket does not exist', 404);
  expire(bucket, account.clock.now());
  return bucket;
}

/** Every object of a bucket in key order (UTF-8 bytes): for tests and dumps, past IAM and the wire. */
export function objectsOf(account: Account, bucket: string): readonly StoredObject[] {
  const objects = [...bucketByName(account, bucket).objects.values()];
  return objects.sort((a, b) => Buffer.compare(Buffer.from(a.key), Buffer.from(b.key)));
}
