import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { type Batch, eventsFrom, eventsOfAll } from '../../../cli/replay/stream.ts';
import { unwrap } from '../../../shared/finding/envelope.ts';

const folder = mkdtempSync(join(tmpdir(), 'firebreak-replay-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const event = (n: number) => ({ id: `event-${n}`, 'detail-type': 'ü 世界', detail: { n } });
const line = (n: number): string => JSON.stringify(event(n));
const sns = (n: number): string => JSON.stringify({ Type: 'Notification', Message: line(n) });

const forms: readonly (readonly [what: string, text: string])[] = [
  ['one event', line(1)],
  ['one event over several lines', JSON.stringify(event(1), null, 2)],
  ['an array', JSON.stringify([event(1), event(2)])],
  ['an array over several lines', JSON.stringify([event(1), event(2)], null, 2)],
  ['a line for each', `${line(1)}\n${line(2)}\n${line(3)}\n`],
  ['lines without an end, and with empty ones between', `\n${line(1)}\n\n  \n${line(2)}`],
  ["lines as Windows' editors write them", `\uFEFF${line(1)}\r\n${line(2)}\r\n`],
  ['lines that SNS has wrapped', `${sns(1)}\n${JSON.stringify({ Records: [{ body: sns(2) }, { body: line(3) }] })}\n`],
];

async function read(batches: AsyncIterable<Batch>): Promise<readonly unknown[]> {
  const all: unknown[] = [];
  for await (const batch of batches) {
    expect(batch.lines).toHaveLength(batch.events.length);
    all.push(...batch.events);
  }
  return all;
}

async function* cut(bytes: Uint8Array, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  let from = 0;
  for (const size of sizes) {
    yield bytes.subarray(from, from + size);
    from += size;
  }
  yield bytes.subarray(from);
}

const written = (name: string, content: string | Uint8Array): string => {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
};

describe('the events of a recording, as a stream', () => {
  it.each(forms)('are those that explain reads, wherever the bytes are cut: %s', async (_what, text) => {
    const bytes = Buffer.from(text);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(bytes.length), { maxLength: 12 }), async (sizes) => {
        expect(await read(eventsFrom(cut(bytes, sizes), 'x'))).toEqual(unwrap(text));
      }),
      { numRuns: 60 },
    );
  });

  it('are unpacked, whatever the file is called', async () => {
    const text = Array.from({ length: 5000 }, (_, n) => line(n)).join('\n');
    const packed = written('month.jsonl', gzipSync(text));
    expect(await read(eventsOfAll([packed]))).toEqual(unwrap(text));
    const two = written('two.jsonl.gz', Buffer.concat([gzipSync(`${line(1)}\n`), gzipSync(`${line(2)}\n`)]));
    expect(await read(eventsOfAll([two]))).toEqual([event(1), event(2)]);
  });

  it('come file after file, with the line that each stands on', async () => {
    const files = [
      written('a.jsonl', `${line(1)}\n\n${line(2)}\n`),
      written('b.json', JSON.stringify([event(3)], null, 1)),
    ];
    const places: string[] = [];
    for await (const { file, lines } of eventsOfAll(files)) places.push(...lines.map((n) => `${file.at(-7)}${n}`));
    expect(places).toHaveLength(3);
    expect(places.map((place) => place.slice(1))).toEqual(['1', '3', '0']);
  });

  it.each([
    ['no such file', async () => join(folder, 'none.jsonl'), /none\.jsonl cannot be read: there is no such file/],
    ['a folder', async () => folder, /cannot be read: it is a folder/],
    ['an empty file', async () => written('empty', '\n'), /empty: the input is empty/],
    ['no JSON', async () => written('broken', '{"id":'), /broken: the input is not JSON/],
    [
      'a line that is none',
      async () => written('third', `${line(1)}\n\n{"id":\n${line(2)}\n`),
      /third: line 3 is not JSON/,
    ],
    [
      'half a gzip',
      async () => written('half.gz', gzipSync('x'.repeat(9999)).subarray(0, 30)),
      /half\.gz cannot be read/,
    ],
    ['no gzip', async () => written('no.gz', Buffer.from([0x1f, 0x8b, 1, 2, 3, 4, 5])), /no\.gz cannot be read/],
  ])('or one sentence with the place: %s', async (_what, file, says) => {
    await expect(read(eventsOfAll([await file()]))).rejects.toThrow(says);
  });
});
