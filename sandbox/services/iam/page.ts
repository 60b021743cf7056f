import { AwsError } from '../../account.ts';
import { pageOf, pageSize } from '../paging.ts';

/** As the query protocol brings it: numbers are texts. */
interface Paged {
  readonly Marker?: string | undefined;
  readonly MaxItems?: number | string | undefined;
}

export interface Page<T> {
  readonly items: readonly T[];
  /** What every list of IAM ends with. */
  readonly more: { readonly IsTruncated: boolean; readonly Marker?: string };
}

/** 100 unless it is said, at most 1,000. Throws AwsError ValidationError. */
export function paged<T>(all: readonly T[], { MaxItems, Marker }: Paged): Page<T> {
  if (Marker === '') throw new AwsError('ValidationError', 'Invalid marker: it is empty.');
  const size = pageSize(MaxItems === undefined ? undefined : Number(MaxItems), 100, 1000, 'ValidationError');
  const { items, nextToken } = pageOf(all, size, Marker, 'ValidationError');
  return {
    items,
    more: { IsTruncated: nextToken !== undefined, ...(nextToken === undefined ? {} : { Marker: nextToken }) },
  };
}
