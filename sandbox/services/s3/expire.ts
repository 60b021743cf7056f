import type { Bucket } from './buckets.ts';

/** What a bucket's lifecycle expires: objects whose keys begin so, after so many days. */
export interface Expiry {
  readonly prefix: string;
  readonly days: number;
}

const DAY_MS = 86_400_000;
const midnightAfter = (at: number): number => (Math.floor(at / DAY_MS) + 1) * DAY_MS;

/**
 * Takes away what has expired. S3 counts the days from an object's creation and rounds up to the next midnight UTC (S3 user guide,
 * "Lifecycle configuration elements"), so that once a day is often enough.
 */
export function expire(bucket: Bucket, now: number): void {
  if (bucket.expiries.length === 0 || now < bucket.expiresNext) return;
  bucket.expiresNext = midnightAfter(now);
  for (const { key, lastModified } of bucket.objects.values()) {
    const due = ({ prefix, days }: Expiry): boolean =>
      key.startsWith(prefix) && midnightAfter(lastModified + days * DAY_MS) <= now;
    if (bucket.expiries.some(due)) bucket.objects.delete(key);
  }
}
