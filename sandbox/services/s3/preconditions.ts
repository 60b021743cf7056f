import { AwsError } from '../../account.ts';
import type { StoredObject } from './buckets.ts';

type Headers = { readonly [name: string]: string };

const failed = (): AwsError =>
  new AwsError('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', 412);

const matches = (header: string, object: StoredObject): boolean =>
  header === '*' ||
  header.split(',').some((etag) => etag.trim().replaceAll('"', '') === object.etag.replaceAll('"', ''));

/**
 * For writes: `If-None-Match: *` (only that form exists) makes the first writer win, 412 for the others; `If-Match: ETAG`
 * replaces what one has read.
 */
export function checkWrite(headers: Headers, existing: StoredObject | undefined): void {
  const { 'if-match': ifMatch, 'if-none-match': ifNoneMatch } = headers;
  if (ifNoneMatch !== undefined && ifNoneMatch !== '*') {
    throw new AwsError('NotImplemented', 'A header you provided implies functionality that is not implemented', 501);
  }
  if (ifNoneMatch !== undefined && existing) throw failed();
  if (ifMatch === undefined) return;
  if (!existing) throw new AwsError('NoSuchKey', 'The specified key does not exist.', 404);
  if (!matches(ifMatch, existing)) throw failed();
}

/** For reads: 412 unless `If-Match` matches, 304 if `If-None-Match` does. */
export function checkRead(headers: Headers, object: StoredObject): void {
  const { 'if-match': ifMatch, 'if-none-match': ifNoneMatch } = headers;
  if (ifMatch !== undefined && !matches(ifMatch, object)) throw failed();
  if (ifNoneMatch !== undefined && matches(ifNoneMatch, object)) throw new AwsError('NotModified', 'Not Modified', 304);
}
