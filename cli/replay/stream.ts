import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { unwrap } from '../../shared/finding/envelope.ts';
import { InvalidEvent } from '../../shared/platform/errors.ts';
import { reasonOf } from '../files.ts';
import { UsageError } from '../usage.ts';

/** Events that were read together, with the line that the first of them stands on; 0 where the file is one JSON value. */
export interface Batch {
  readonly file: string;
  readonly events: readonly unknown[];
  /** Of each event. */
  readonly lines: readonly number[];
}

/** What is one JSON value, and not a line for each event, is read whole: longer than this, a machine may not hold it. In UTF-16 units. */
const longestWhole = 200_000_000;
const chunkBytes = 262_144;

/** The bytes of a file, `-` for standard input; what begins as gzip does is unpacked, whatever it is called. */
async function* bytesOf(file: string): AsyncGenerator<Buffer> {
  const source: Readable = file === '-' ? process.stdin : createReadStream(file, { highWaterMark: chunkBytes });
  const [first, rest] = await begun(source);
  const packed = first[0] === 0x1f && first[1] === 0x8b;
  if (!packed) {
    yield first;
    yield* rest;
    return;
  }
  const unpacked = createGunzip({ chunkSize: chunkBytes });
  // Fed by hand, so that what is wrong with the file itself ends the unpacking, too.
  const feeding = (async () => {
    unpacked.write(first);
    for await (const chunk of rest) if (!unpacked.write(chunk)) await new Promise((go) => unpacked.once('drain', go));
    unpacked.end();
  })().catch((error: unknown) => unpacked.destroy(error instanceof Error ? error : new Error(String(error))));
  yield* unpacked as AsyncIterable<Buffer>;
  await feeding;
}

/** The first bytes of a stream, at least two where there are two, and what comes after them. */
async function begun(source: Readable): Promise<readonly [Buffer, AsyncIterable<Buffer>]> {
  const chunks = source[Symbol.asyncIterator]() as AsyncIterableIterator<Buffer>;
  let first: Buffer = Buffer.alloc(0);
  while (first.length < 2) {
    const next = await chunks.next();
    if (next.done === true) break;
    first = Buffer.concat([first, next.value]);
  }
  return [first, { [Symbol.asyncIterator]: () => chunks }];
}

const nameOf = (file: string): string => (file === '-' ? 'standard input' : file);

/** The events of one text, as `explain` reads it. Throws UsageError with the file and the place. */
function eventsIn(text: string, file: string, line: number): readonly unknown[] {
  try {
    return unwrap(text);
  } catch (error) {
    if (!(error instanceof InvalidEvent)) throw error;
    const where = line === 0 ? error.message : `line ${line} is not JSON`;
    throw new UsageError(`${nameOf(file)}: ${where}. Give a JSON event, an array of events, or one event a line.`, {
      cause: error,
    });
  }
}

const isJson = (line: string): boolean => {
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
};

/** Takes a text apart as it comes. */
class Lines {
  readonly #file: string;
  #rest = '';
  #line = 0;
  /** Undecided until the first line that holds something: a line for each event, or one JSON value over several lines. */
  #kind: 'undecided' | 'lines' | 'whole' = 'undecided';

  constructor(file: string) {
    this.#file = file;
  }

  take(text: string): Batch | undefined {
    const grown = this.#rest + text;
    if (grown.length > longestWhole) {
      const what = this.#kind === 'lines' ? 'a line' : 'what is no line for each event';
      throw new UsageError(
        `${nameOf(this.#file)}: ${what} has more than ${longestWhole / 1e6} million characters. Give one event a line.`,
      );
    }
    if (this.#kind === 'whole') {
      this.#rest = grown;
      return undefined;
    }
    const end = grown.lastIndexOf('\n');
    if (end < 0) {
      this.#rest = grown;
      return undefined;
    }
    const lines = grown.slice(0, end).split('\n');
    const first = this.#kind === 'undecided' ? lines.find((line) => line.trim() !== '') : undefined;
    if (first !== undefined) this.#kind = isJson(first) ? 'lines' : 'whole';
    if (this.#kind === 'whole') {
      this.#rest = grown;
      return undefined;
    }
    this.#rest = grown.slice(end + 1);
    return this.#batch(lines);
  }

  end(text: string): Batch | undefined {
    const rest = this.#rest + text;
    if (this.#kind === 'lines') return rest.trim() === '' ? undefined : this.#batch([rest]);
    const events = eventsIn(rest, this.#file, 0);
    return { file: this.#file, events, lines: events.map(() => 0) };
  }

  #batch(lines: readonly string[]): Batch {
    const events: unknown[] = [];
    const places: number[] = [];
    for (const text of lines) {
      this.#line += 1;
      if (text.trim() === '') continue;
      for (const event of eventsIn(text, this.#file, this.#line)) {
        events.push(event);
        places.push(this.#line);
      }
    }
    return { file: this.#file, events, lines: places };
  }
}

/** The events in a stream of bytes. Throws UsageError with the name that is given and the place. */
export async function* eventsFrom(bytes: AsyncIterable<Uint8Array>, file: string): AsyncGenerator<Batch> {
  const lines = new Lines(file);
  const decoder = new TextDecoder();
  for await (const chunk of bytes) {
    // A byte order mark at the beginning, as Windows' editors write it, is no part of the text; the decoder knows.
    const batch = lines.take(decoder.decode(chunk, { stream: true }));
    if (batch !== undefined) yield batch;
  }
  const last = lines.end(decoder.decode());
  if (last !== undefined) yield last;
}

/**
 * The events of a file in a stream, so that a recording of any length needs the memory of a few lines: one event, a JSON array, or
 * JSON Lines, each perhaps wrapped by SNS or SQS, packed by gzip or not. Throws UsageError with the file and the place.
 */
async function* eventsOf(file: string): AsyncGenerator<Batch> {
  try {
    yield* eventsFrom(bytesOf(file), file);
  } catch (cause) {
    if (cause instanceof UsageError || !isOfReading(cause)) throw cause;
    throw new UsageError(`${nameOf(file)} cannot be read: ${reasonOf(cause)}.`, { cause });
  }
}

/** What the file system or gzip says; everything else is no matter of the file. */
const isOfReading = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && /^(E[A-Z]+|Z_)/.test(error.code);

/** Of several files, one after the other. */
export async function* eventsOfAll(files: readonly string[]): AsyncGenerator<Batch> {
  for (const file of files) yield* eventsOf(file);
}
