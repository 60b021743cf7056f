import { AwsError, operation, type RestOutput } from '../../account.ts';
import { type Bucket, bucketsByName } from './buckets.ts';
import { ownerOf } from './owner.ts';
import type { S3Request } from './request.ts';
import { document, element } from './xml.ts';

const MOST = 10_000;

/** Buckets by name: all of them, or by pages where that is asked for. */
export const listBuckets = operation<S3Request, RestOutput>(
  () => [{ action: 's3:ListAllMyBuckets', resource: '*' }],
  ({ query }, { account }) => {
    const prefix = query.get('prefix') ?? '';
    const region = query.get('bucket-region') ?? account.region;
    const from = startOf(query);
    const found = bucketsByName(account).filter(
      ({ name }) => region === account.region && name.startsWith(prefix) && (from === undefined || name > from),
    );
    const page = found.slice(0, sizeOf(query));
    const last = page.at(-1);
    const token = last !== undefined && page.length < found.length ? tokenFor(last.name) : undefined;
    return document(
      'ListAllMyBucketsResult',
      [
        ownerOf(account),
        `<Buckets>${page.map((bucket) => written(bucket, account.region, isPaged(query))).join('')}</Buckets>`,
        token === undefined ? '' : element('ContinuationToken', token),
        query.has('prefix') ? element('Prefix', prefix) : '',
      ].join(''),
    );
  },
);

const isPaged = (query: URLSearchParams): boolean =>
  ['bucket-region', 'continuation-token', 'max-buckets', 'prefix'].some((name) => query.has(name));

/** The Region is told in answers to requests that name one of the parameters of pages. */
const written = ({ name, createdAt }: Bucket, region: string, withRegion: boolean): string =>
  `<Bucket>${element('Name', name)}${element('CreationDate', new Date(createdAt).toISOString())}${
    withRegion ? element('BucketRegion', region) : ''
  }</Bucket>`;

function sizeOf(query: URLSearchParams): number {
  const asked = query.get('max-buckets');
  if (asked === null) return MOST;
  const size = Number(asked);
  if (Number.isInteger(size) && size >= 1 && size <= MOST) return size;
  throw new AwsError('InvalidArgument', `Argument max-buckets must be an integer between 1 and ${MOST}`);
}

const tokenFor = (name: string): string => Buffer.from(name).toString('base64');

function startOf(query: URLSearchParams): string | undefined {
  const token = query.get('continuation-token');
  if (token === null) return undefined;
  const name = Buffer.from(token, 'base64').toString();
  if (name !== '' && tokenFor(name) === token) return name;
  throw new AwsError('InvalidArgument', 'The continuation token provided is incorrect');
}
