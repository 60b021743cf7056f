import type { RestRequest } from '../../account.ts';

// BUCKET.s3.REGION.amazonaws.com, BUCKET.s3.amazonaws.com, and the same on loopback.
const VIRTUAL_HOST = /^(.+)\.(?:s3(?:[.-][a-z0-9-]+)*\.amazonaws\.com|localhost)(?::\d+)?$/;

/** Bucket and key of a request: the bucket in the Host (virtual-hosted style), or first in the path (path style). */
export function addressOf(request: RestRequest): { readonly bucket: string; readonly key: string } {
  const path = request.path.slice(1);
  const [, hosted] = VIRTUAL_HOST.exec(request.headers['host'] ?? '') ?? [];
  if (hosted !== undefined) return { bucket: hosted, key: decodeURIComponent(path) };
  const slash = path.indexOf('/');
  if (slash < 0) return { bucket: decodeURIComponent(path), key: '' };
  return { bucket: decodeURIComponent(path.slice(0, slash)), key: decodeURIComponent(path.slice(slash + 1)) };
}
