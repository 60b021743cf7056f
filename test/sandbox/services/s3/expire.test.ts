import { expect, test } from 'vitest';
import { expire } from '../../../../sandbox/services/s3/expire.ts';

const stored = (key: string, at: string) => ({
  key,
  body: Buffer.from(''),
  etag: '"e"',
  lastModified: Date.parse(at),
  headers: {},
  checksums: {},
});

const bucketWith = (...objects: readonly ReturnType<typeof stored>[]) => ({
  name: 'evidence',
  createdAt: 0,
  objects: new Map(objects.map((one) => [one.key, one])),
  expiries: [{ prefix: 'events/', days: 35 }],
  expiresNext: 0,
});

test('an object expires at the midnight after its days, and only one of the prefix', () => {
  const bucket = bucketWith(
    stored('events/a', '2026-11-20T10:00:00Z'),
    stored('events/b', '2026-11-21T00:00:00Z'),
    stored('bodies/c', '2026-11-01T00:00:00Z'),
  );
  const keysAt = (at: string): readonly string[] => {
    expire(bucket, Date.parse(at));
    return [...bucket.objects.keys()];
  };
  expect(keysAt('2026-12-25T23:59:59Z')).toEqual(['events/a', 'events/b', 'bodies/c']);
  expect(keysAt('2026-12-26T00:00:00Z')).toEqual(['events/b', 'bodies/c']);
  expect(keysAt('2026-12-26T23:00:00Z')).toEqual(['events/b', 'bodies/c']);
  expect(keysAt('2026-12-27T00:00:00Z')).toEqual(['bodies/c']);
});
