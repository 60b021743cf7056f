import { AwsError, type RestRequest } from '../../account.ts';
import { addressOf } from './address.ts';
import type { S3Request } from './request.ts';

// What would change the meaning of a request and is not modelled: refused rather than ignored.
const UNMODELLED = [
  'range',
  'x-amz-copy-source',
  'x-amz-tagging',
  'x-amz-object-lock-mode',
  'x-amz-object-lock-legal-hold',
  'x-amz-server-side-encryption-customer-algorithm',
];
const UNMODELLED_QUERY = ['uploads', 'uploadId', 'versionId', 'versions', 'tagging', 'acl', 'policy', 'retention'];

/** Another parameter makes a GET of a bucket another operation, and no list. `x-id` is what the SDK calls it. */
const LISTS_BY = new Set(['delimiter', 'encoding-type', 'marker', 'max-keys', 'prefix', 'x-id']);

const OBJECT: { readonly [method: string]: string } = {
  GET: 'GetObject',
  HEAD: 'HeadObject',
  PUT: 'PutObject',
  DELETE: 'DeleteObject',
};

/** Finds the operation a request asks for; undefined: none of ours. */
export function route(request: RestRequest): { readonly operation: string; readonly input: S3Request } | undefined {
  const { headers, query, body } = request;
  const { bucket, key } = addressOf(request);
  const operation = operationOn(bucket, key, request);
  if (operation === undefined) return undefined;
  const odd = [...UNMODELLED.filter((name) => headers[name]), ...UNMODELLED_QUERY.filter((name) => query.has(name))];
  if (odd.length > 0) throw new AwsError('NotImplemented', `This account does not model ${odd.join(', ')}`, 501);
  return { operation, input: { bucket, key, headers, query, body } };
}

function operationOn(bucket: string, key: string, { method, query }: RestRequest): string | undefined {
  if (bucket === '') return method === 'GET' && key === '' ? 'ListBuckets' : undefined;
  return key === '' ? onBucket(method, query) : OBJECT[method];
}

function onBucket(method: string, query: URLSearchParams): string | undefined {
  if (method === 'HEAD') return 'HeadBucket';
  if (method !== 'GET') return undefined;
  if (query.has('location')) return 'GetBucketLocation';
  if (query.get('list-type') === '2') return 'ListObjectsV2';
  return [...query.keys()].every((name) => LISTS_BY.has(name)) ? 'ListObjects' : undefined;
}
