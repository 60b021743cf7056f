/** Where events lie in the bucket that were taken in. */
export const archivePrefix = 'events/';

/** So long they are kept (`ExpirationInDays` in resources/storage.yml). */
export const archiveDays = 35;

/** `2026/11/20/09/20261120T091403123Z`: keys in their order are times in theirs. */
export function archiveTime(at: Date): string {
  const iso = at.toISOString();
  return `${iso.slice(0, 13).replace(/[-T]/g, '/')}/${iso.replace(/[-:.]/g, '')}`;
}

/** Key of a batch, by when the queue took the first of its messages, and what tells it from other batches. */
export const archiveKey = (sentAt: Date, batch: string): string =>
  `${archivePrefix}${archiveTime(sentAt)}-${batch}.jsonl.gz`;

const form =
  /^events\/\d{4}\/\d\d\/\d\d\/\d\d\/(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z-[0-9a-f]{16}\.jsonl\.gz$/;

/** When the queue took the first event of the object of this key; null where intake wrote no such key. */
export function archivedAt(key: string): Date | null {
  const parts = form.exec(key);
  if (parts === null) return null;
  const [year = 0, month = 1, day, hour, minute, second, ms] = parts.slice(1).map(Number);
  return new Date(Date.UTC(year, month - 1, day, hour, minute, second, ms));
}
