import { type Account, AwsError } from '../../account.ts';
import { objectsOf, type StoredObject } from './buckets.ts';
import { algorithmsOf } from './checksums.ts';
import type { S3Request } from './request.ts';
import { element } from './xml.ts';

type Entry = { readonly object: StoredObject } | { readonly commonPrefix: string };

/** One page of a bucket: what both ways to list its objects have in common. */
export interface Listing {
  /** Name, prefix, delimiter and encoding, as XML. */
  readonly head: string;
  readonly count: number;
  readonly maxKeys: number;
  readonly truncated: boolean;
  /** The last key or prefix of the page. */
  readonly last: string | undefined;
  /** Objects and common prefixes, as XML. */
  readonly entries: string;
  /** A text as the client asked for it. */
  readonly shown: (text: string) => string;
}

/**
 * Keys in order after `start`, up to 1,000; what shares a prefix up to the delimiter counts as one entry. `owner` stands with each object.
 * Throws AwsError NoSuchBucket, InvalidArgument.
 */
export function listingOf(account: Account, { bucket, query }: S3Request, start: string, owner: string): Listing {
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const maxKeys = sizeOf(query.get('max-keys') ?? '1000');
  const all = grouped(objectsOf(account, bucket), prefix, delimiter).filter((entry) => after(entry, start));
  const page = all.slice(0, maxKeys);
  const last = page.at(-1);
  const asUrl = query.get('encoding-type') === 'url';
  const shown = asUrl ? urlEncoded : (text: string) => text;
  return {
    head: [
      element('Name', bucket),
      element('Prefix', shown(prefix)),
      delimiter === '' ? '' : element('Delimiter', shown(delimiter)),
      // Clients that ask for it decode only when the answer says that it is so.
      asUrl ? element('EncodingType', 'url') : '',
    ].join(''),
    count: page.length,
    maxKeys,
    truncated: maxKeys > 0 && all.length > page.length,
    last: last && nameOf(last),
    entries: page.map((entry) => written(entry, shown, owner)).join(''),
    shown,
  };
}

/** At most 1,000, whatever is asked for. */
function sizeOf(asked: string): number {
  if (!/^\d{1,10}$/.test(asked)) {
    throw new AwsError('InvalidArgument', 'Argument max-keys must be an integer between 0 and 2147483647');
  }
  return Math.min(Number(asked), 1000);
}

/** S3 leaves the slashes of a key as they are. */
const urlEncoded = (text: string): string => encodeURIComponent(text).replaceAll('%2F', '/');

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
