import { operation, type RestOutput } from '../../account.ts';
import { listingOf } from './listing.ts';
import { ownerOf } from './owner.ts';
import { onBucket, type S3Request } from './request.ts';
import { document, element } from './xml.ts';

/** The first version of the list, which boto3's resources still ask for: it goes on after a key, and tells it only where there is a delimiter. */
export const listObjects = operation<S3Request, RestOutput>(onBucket('ListBucket'), (input, { account }) => {
  const { query } = input;
  const marker = query.get('marker') ?? '';
  const page = listingOf(account, input, marker, ownerOf(account));
  const { head, maxKeys, truncated, last, entries, shown } = page;
  const tellsNext = truncated && last !== undefined && query.has('delimiter');
  return document(
    'ListBucketResult',
    [
      head,
      element('Marker', shown(marker)),
      element('MaxKeys', maxKeys),
      element('IsTruncated', truncated),
      tellsNext ? element('NextMarker', shown(last)) : '',
      entries,
    ].join(''),
  );
});
