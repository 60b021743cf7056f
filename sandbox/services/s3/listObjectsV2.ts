import { AwsError, operation, type RestOutput } from '../../account.ts';
import { listingOf } from './listing.ts';
import { ownerOf } from './owner.ts';
import { onBucket, type S3Request } from './request.ts';
import { document, element } from './xml.ts';

/** Objects of a bucket by key; the owner only where it is asked for. */
export const listObjectsV2 = operation<S3Request, RestOutput>(onBucket('ListBucket'), (input, { account }) => {
  const { query } = input;
  const owner = query.get('fetch-owner') === 'true' ? ownerOf(account) : '';
  const { head, count, maxKeys, truncated, last, entries, shown } = listingOf(account, input, startOf(query), owner);
  return document(
    'ListBucketResult',
    [
      head,
      query.has('start-after') ? element('StartAfter', shown(query.get('start-after') ?? '')) : '',
      element('KeyCount', count),
      element('MaxKeys', maxKeys),
      element('IsTruncated', truncated),
      truncated && last !== undefined ? element('NextContinuationToken', tokenFor(last)) : '',
      entries,
    ].join(''),
  );
});

/** Where the next page begins: after this key or prefix. */
const tokenFor = (name: string): string => Buffer.from(name).toString('base64');

function startOf(query: URLSearchParams): string {
  const token = query.get('continuation-token');
  if (token === null) return query.get('start-after') ?? '';
  const start = Buffer.from(token, 'base64').toString();
  if (start === '' || tokenFor(start) !== token)
    throw new AwsError('InvalidArgument', 'The continuation token provided is incorrect');
  return start;
}
