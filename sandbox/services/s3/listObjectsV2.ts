import { AwsError, operation, type RestOutput } from '../../account.ts';
import { objectsOf, type StoredObject } from './buckets.ts';
import { algorithmsOf } from './checksums.ts';
import { ownerOf } from './owner.ts';
import { onBucket, type S3Request } from './request.ts';
import { document, element } from './xml.ts';

type Entry = { readonly object: StoredObject } | { readonly commonPrefix: string };

/** Keys in order, up to 1,000 per page; what shares a prefix up to the delimiter counts as one entry. */
export const listObjectsV2 = operation<S3Request, RestOutput>(onBucket('ListBucket'), (input, { account }) => {
  const { query } = input;
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const maxKeys = sizeOf(query.get('max-keys') ?? '1000');
  const start = startOf(query);
  const entries = grouped(objectsOf(account, input.bucket), prefix, delimiter).filter((entry) => after(entry, start));
  const page = entries.slice(0, maxKeys);
  const last = page.at(-1);
  const truncated = entries.length > page.length;
  const asUrl = query.get('encoding-type') === 'url';
  const shown = asUrl ? urlEncoded : (text: string) => text;
  return document(
    'ListBucketResult',
    [
      element('Name', input.bucket),
      element('Prefix', shown(prefix)),
      delimiter === '' ? '' : element('Delimiter', shown(delimiter)),
      // Clients that ask for it decode only when the answer says that it is so.
      asUrl ? element('EncodingType', 'url') : '',
      query.has('start-after') ? element('StartAfter', shown(query.get('start-after') ?? '')) : '',
      element('KeyCount', page.length),
      element('MaxKeys', maxKeys),
      element('IsTruncated', truncated),
      truncated && last ? element('NextContinuationToken', tokenFor(nameOf(last))) : '',
      ...page.map((entry) => written(entry, shown, query.get('fetch-owner') === 'true' ? ownerOf(account) : '')),
    ].join(''),
  );
});

/** At most 1,000, whatever is asked for. */
function sizeOf(asked: string): number {
  if (!/^\d{1,10}$/.test(asked)) {
    throw new AwsError('InvalidArgument', 'Argument max-keys must be an integer between 0 and 2147483647');
  }
  return Math.min(Number(asked), 1000);
}

/** S3 leaves the slashes of a key as they are. */
const urlEncoded = (text: string): string => encodeURIComponent(text).replaceAll('%2F', '/');

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

const nameOf = (entry: Entry): string => ('object' in entry ? entry.object.key : entry.commonPrefix);

const after = (entry: Entry, start: string): boolean =>
  start === '' || Buffer.compare(Buffer.from(nameOf(entry)), Buffer.from(start)) > 0;

function grouped(objects: readonly StoredObject[], prefix: string, delimiter: string): readonly Entry[] {
  const entries: Entry[] = [];
  const seen = new Set<string>();
  for (const object of objects) {
    if (!object.key.startsWith(prefix)) continue;
    const end = delimiter === '' ? -1 : object.key.indexOf(delimiter, prefix.length);
    if (end < 0) {
      entries.push({ object });
      continue;
    }
    const commonPrefix = object.key.slice(0, end + delimiter.length);
    if (!seen.has(commonPrefix)) entries.push({ commonPrefix });
    seen.add(commonPrefix);
  }
  return entries;
}

function written(entry: Entry, shown: (text: string) => string, owner: string): string {
  if ('commonPrefix' in entry)
    return `<CommonPrefixes>${element('Prefix', shown(entry.commonPrefix))}</CommonPrefixes>`;
  const { key, body, etag, lastModified, checksums } = entry.object;
  return `<Contents>${[
    element('Key', shown(key)),
    element('LastModified', new Date(lastModified).toISOString()),
    element('ETag', etag),
    ...algorithmsOf(checksums).map((algorithm) => element('ChecksumAlgorithm', algorithm)),
    Object.keys(checksums).length === 0 ? '' : element('ChecksumType', 'FULL_OBJECT'),
    element('Size', body.length),
    element('StorageClass', 'STANDARD'),
    owner,
  ].join('')}</Contents>`;
}
