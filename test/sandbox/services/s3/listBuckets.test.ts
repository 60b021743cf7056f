import { ListBucketsCommand, paginateListBuckets, S3Client } from '@aws-sdk/client-s3';
import { expect, it } from 'vitest';
import { createBucket } from '../../../../sandbox/services/s3/buckets.ts';
import { s3Service } from '../../../../sandbox/services/s3/service.ts';
import { openWire } from '../openWire.ts';

it('the SDK lists buckets by name, all at once or by pages, with a prefix or a Region', async () => {
  const wire = await openWire(s3Service);
  const client = new S3Client({ ...wire.config, forcePathStyle: true });
  try {
    for (const name of ['evidence-b', 'evidence-a', 'logs']) createBucket(wire.account, { name });
    const all = await client.send(new ListBucketsCommand({}));
    expect(all.Buckets).toEqual(
      ['evidence-a', 'evidence-b', 'logs'].map((Name) => ({ Name, CreationDate: new Date(wire.clock.now()) })),
    );
    expect(all.Owner?.ID).toMatch(/^[0-9a-f]{64}$/);
    expect(all.ContinuationToken).toBeUndefined();

    const pages: (string | undefined)[][] = [];
    for await (const { Buckets } of paginateListBuckets({ client, pageSize: 2 }, {})) {
      pages.push((Buckets ?? []).map(({ Name }) => Name));
    }
    expect(pages).toEqual([['evidence-a', 'evidence-b'], ['logs']]);

    const some = await client.send(new ListBucketsCommand({ Prefix: 'ev', BucketRegion: 'eu-west-1' }));
    expect(some.Buckets?.map(({ Name, BucketRegion }) => [Name, BucketRegion])).toEqual([
      ['evidence-a', 'eu-west-1'],
      ['evidence-b', 'eu-west-1'],
    ]);
    expect((await client.send(new ListBucketsCommand({ BucketRegion: 'us-east-2' }))).Buckets ?? []).toEqual([]);
    for (const input of [{ MaxBuckets: 10_001 }, { ContinuationToken: '*' }]) {
      await expect(client.send(new ListBucketsCommand(input))).rejects.toMatchObject({ name: 'InvalidArgument' });
    }
  } finally {
    client.destroy();
    await wire.close();
  }
});
