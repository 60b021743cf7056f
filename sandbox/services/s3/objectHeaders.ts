import type { StoredObject } from './buckets.ts';
import { encryption } from './putObject.ts';
import type { S3Request } from './request.ts';

/** Headers of an answer about an object; checksums go along when the client said that it will compare them. */
export function objectHeaders(object: StoredObject, request: S3Request): { [name: string]: string } {
  return {
    ...object.headers,
    etag: object.etag,
    'last-modified': new Date(object.lastModified).toUTCString(),
    'content-length': String(object.body.length),
    ...encryption,
    ...(request.headers['x-amz-checksum-mode'] === 'ENABLED' ? object.checksums : {}),
  };
}
