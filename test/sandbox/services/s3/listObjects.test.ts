import { ListObjectsCommand, S3Client } from '@aws-sdk/client-s3';
import { expect, it } from 'vitest';
import { createBucket } from '../../../../sandbox/services/s3/buckets.ts';
import { s3Service } from '../../../../sandbox/services/s3/service.ts';
import { openWire } from '../openWire.ts';

it('the first version of the list goes on after a marker, and tells it only with a delimiter', async () => {
  const wire = await openWire(s3Service);
  const client = new S3Client({ ...wire.config, forcePathStyle: true });
  const list = (input: object) => client.send(new ListObjectsCommand({ Bucket: 'evidence', ...input }));
  try {
    const { objects } = createBucket(wire.account, { name: 'evidence' });
    for (const key of ['a/1', 'a/2', 'b', 'c']) {
      const body = Buffer.from(key);
      objects.set(key, { key, body, etag: '"x"', lastModified: wire.clock.now(), headers: {}, checksums: {} });
    }
    const all = await list({});
    expect(all).toMatchObject({ Name: 'evidence', Marker: '', MaxKeys: 1000, IsTruncated: false });
    expect(all.Contents?.map(({ Key, Size, Owner }) => [Key, Size, Owner?.ID?.length])).toEqual([
      ['a/1', 3, 64],
      ['a/2', 3, 64],
      ['b', 1, 64],
      ['c', 1, 64],
    ]);
    const first = await list({ Delimiter: '/', MaxKeys: 2 });
    expect(first.CommonPrefixes).toEqual([{ Prefix: 'a/' }]);
    expect(first).toMatchObject({ IsTruncated: true, NextMarker: 'b' });
    expect((await list({ Delimiter: '/', Marker: first.NextMarker })).Contents?.map(({ Key }) => Key)).toEqual(['c']);
    const plain = await list({ MaxKeys: 1 });
    expect(plain.IsTruncated).toBe(true);
    expect(plain.NextMarker).toBeUndefined();
    expect(await list({ MaxKeys: 0 })).toMatchObject({ IsTruncated: false, MaxKeys: 0 });
  } finally {
    client.destroy();
    await wire.close();
  }
});
