import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { archivedAt, archivePrefix, archiveTime } from '../../shared/incident/archive.ts';
import { type AwsConfig, clientConfig } from '../../shared/platform/sdk/config.ts';
import { throttled } from '../../shared/platform/throttling.ts';

/** One object of the archive. */
export interface Batch {
  readonly key: string;
  /** A line for each event; null where the object cannot be read as intake writes it. */
  readonly lines: readonly string[] | null;
}

/** Objects that are asked for at the same time. */
const ahead = 8;
/** Ten events of 1 MiB each are the most that intake writes into one. */
const mostBytes = 32 * 1024 * 1024;

const unzip = promisify(gunzip);

/**
 * The batches that were taken in from `since` on and before `until`, in the order in which the queue took them. Holds a few objects at a time,
 * however many there are. What has expired since it was listed is left out. Throws what S3 answers.
 */
export async function* archivedBatches(
  config: AwsConfig & { readonly bucket: string },
  { since, until }: { readonly since: Date; readonly until: Date },
): AsyncGenerator<Batch> {
  const { GetObjectCommand, ListObjectsV2Command, S3Client } = await import('@aws-sdk/client-s3');
  const client = new S3Client(clientConfig(config));
  const { bucket: Bucket } = config;

  type From = { readonly StartAfter: string } | { readonly ContinuationToken: string };
  const pageFrom = (from: From) =>
    throttled(() => client.send(new ListObjectsV2Command({ Bucket, Prefix: archivePrefix, ...from })));

  async function* keys(): AsyncGenerator<string> {
    let from: From = { StartAfter: `${archivePrefix}${archiveTime(since)}` };
    for (;;) {
      const page: Awaited<ReturnType<typeof pageFrom>> = await pageFrom(from);
      for (const { Key: key = '' } of page.Contents ?? []) {
        const at = archivedAt(key);
        if (at !== null && at >= until) return;
        yield key;
      }
      if (page.NextContinuationToken === undefined) return;
      from = { ContinuationToken: page.NextContinuationToken };
    }
  }

  async function read(key: string): Promise<Batch | undefined> {
    if (archivedAt(key) === null) return { key, lines: null };
    let zipped: Uint8Array;
    try {
      zipped = await throttled(async () => {
        const { Body: body } = await client.send(new GetObjectCommand({ Bucket, Key: key }));
        return (await body?.transformToByteArray()) ?? new Uint8Array();
      });
    } catch (error) {
      if (error instanceof Error && error.name === 'NoSuchKey') return undefined;
      throw error;
    }
    return { key, lines: await linesOf(zipped) };
  }

  try {
    const asked: Promise<Batch | undefined>[] = [];
    const next = async (): Promise<Batch | undefined> => asked.shift();
    for await (const key of keys()) {
      const reading = read(key);
      // It is thrown when its turn comes; until then nobody waits for it.
      reading.catch(() => undefined);
      asked.push(reading);
      const batch = asked.length < ahead ? undefined : await next();
      if (batch !== undefined) yield batch;
    }
    while (asked.length > 0) {
      const batch = await next();
      if (batch !== undefined) yield batch;
    }
  } finally {
    client.destroy();
  }
}

async function linesOf(zipped: Uint8Array): Promise<readonly string[] | null> {
  try {
    const text = (await unzip(zipped, { maxOutputLength: mostBytes })).toString('utf8');
    return text.split('\n').filter((line) => line !== '');
  } catch {
    // Not gzip, cut off, or larger than any batch: somebody else's, or broken.
    return null;
  }
}
