import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { archivedBatches, type Batch } from '../../../cli/events/archived.ts';
import { rootCredentials } from '../../../sandbox/iam/credentials.ts';
import { type EmbeddedAccount, openAccount } from '../../../sandbox/sandbox.ts';
import { bucketByName, createBucket } from '../../../sandbox/services/s3/buckets.ts';
import { worldSchema } from '../../../sandbox/world/schema.ts';
import { archiveKey } from '../../../shared/incident/archive.ts';

const bucket = 'evidence';
const begin = Date.parse('2026-11-20T00:00:00Z');
const all = { since: new Date(begin), until: new Date(begin + 86_400_000) };
let embedded: EmbeddedAccount;

beforeAll(async () => {
  embedded = await openAccount({ world: worldSchema.parse({}) });
  createBucket(embedded.account, { name: bucket });
});
afterAll(() => embedded.close());

const objects = () => bucketByName(embedded.account, bucket).objects;
function put(key: string, body: Buffer): void {
  objects().set(key, {
    key,
    body,
    etag: '"e"',
    lastModified: embedded.account.clock.now(),
    headers: {},
    checksums: {},
  });
}
const keyAt = (second: number): string => archiveKey(new Date(begin + second * 1000), '0123456789abcdef');

async function read(period = all): Promise<readonly Batch[]> {
  const { account, door } = embedded;
  const config = { region: account.region, endpoint: door.endpoint, credentials: rootCredentials(account), bucket };
  const batches: Batch[] = [];
  for await (const batch of archivedBatches(config, period)) batches.push(batch);
  return batches;
}

describe('the archive, read', () => {
  it('has more objects than a page in the order of their times, from one moment on and before another', async () => {
    for (let second = 0; second < 1200; second += 1) put(keyAt(second), gzipSync(`{"n":${second}}\n`));
    put('events-of-others', gzipSync('{}'));
    const batches = await read({ since: new Date(begin + 10_000), until: new Date(begin + 1_150_000) });
    const numbers = batches.flatMap(({ lines }) => (lines ?? []).map((line) => JSON.parse(line).n));
    expect(numbers).toEqual(Array.from({ length: 1140 }, (_, n) => n + 10));
    objects().clear();
  });

  it('has nothing of an object that is none of ours, broken, or cut off', async () => {
    put('events/2026/11/20/notes.txt', Buffer.from('hello'));
    put(keyAt(1), Buffer.from('no gzip'));
    put(keyAt(2), gzipSync('{"n":1}\n{"n":2}\n').subarray(0, 20));
    put(keyAt(3), gzipSync('{"n":3}\n'));
    expect((await read()).map(({ lines }) => lines)).toEqual([null, null, ['{"n":3}'], null]);
    objects().clear();
  });

  it('has nothing of one that unfolds to more than any batch', async () => {
    put(keyAt(1), gzipSync(Buffer.alloc(33 * 1024 * 1024, 'x')));
    expect(await read()).toEqual([{ key: keyAt(1), lines: null }]);
    objects().clear();
  });
});
