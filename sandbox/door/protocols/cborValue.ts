import { AwsError } from '../../account.ts';

/** Values as CBOR (RFC 8949), as far as Smithy RPC v2 writes them: times are tag 1 with seconds. Members that are undefined are left out. */
export function toCbor(value: unknown): Buffer {
  if (value === null || value === undefined) return Buffer.from([0xf6]);
  if (typeof value === 'boolean') return Buffer.from([value ? 0xf5 : 0xf4]);
  if (typeof value === 'number') return Number.isSafeInteger(value) ? whole(value) : float(value);
  if (typeof value === 'string') return sized(3, Buffer.from(value));
  if (value instanceof Date) return Buffer.concat([head(6, 1), float(value.getTime() / 1000)]);
  if (value instanceof Uint8Array) return sized(2, Buffer.from(value));
  if (Array.isArray(value)) return Buffer.concat([head(4, value.length), ...value.map(toCbor)]);
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return Buffer.concat([head(5, members.length), ...members.flatMap((member) => member.map(toCbor))]);
}

const sized = (major: number, bytes: Buffer): Buffer => Buffer.concat([head(major, bytes.length), bytes]);

const whole = (value: number): Buffer => (value < 0 ? head(1, -1 - value) : head(0, value));

function float(value: number): Buffer {
  const bytes = Buffer.alloc(9, 0xfb);
  bytes.writeDoubleBE(value, 1);
  return bytes;
}

/** Major type and argument (RFC 8949, 3): in the first byte, or in the one to eight after it. */
function head(major: number, argument: number): Buffer {
  const type = major << 5;
  if (argument < 24) return Buffer.from([type | argument]);
  const bytes = Buffer.alloc(9);
  bytes.writeBigUInt64BE(BigInt(argument), 1);
  const [width, code] =
    argument < 2 ** 8 ? [1, 24] : argument < 2 ** 16 ? [2, 25] : argument < 2 ** 32 ? [4, 26] : [8, 27];
  return Buffer.concat([Buffer.from([type | code]), bytes.subarray(9 - width)]);
}

/** Deeper than any request that AWS takes; what is deeper would end in a stack that overflows. */
const DEEPEST = 200;

interface Reader {
  readonly bytes: Buffer;
  at: number;
}

const unread = (why: string): AwsError => new AwsError('SerializationException', `The request is not CBOR: ${why}`);

/** Reads a body as one value; an empty one is {}. Throws AwsError. */
export function fromCbor(body: Buffer): unknown {
  if (body.length === 0) return {};
  const reader: Reader = { bytes: body, at: 0 };
  const value = read(reader, 0);
  if (reader.at !== body.length) throw unread('something stands behind its value');
  return value;
}

function take(reader: Reader, length: number): Buffer {
  const from = reader.at;
  if (length > reader.bytes.length - from) throw unread('it ends too early');
  reader.at += length;
  return reader.bytes.subarray(from, from + length);
}

/** The argument of a head; undefined: of a length that is not said, and ended by a break. */
function argumentOf(reader: Reader, info: number): number | undefined {
  if (info < 24) return info;
  if (info === 31) return undefined;
  if (info > 27) throw unread('it has a head that is reserved');
  const bytes = take(reader, 2 ** (info - 24));
  return Number(bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n));
}

const BREAK = Symbol('break');

function read(reader: Reader, depth: number): unknown {
  const value = readOrBreak(reader, depth);
  if (value === BREAK) throw unread('a break stands where a value is expected');
  return value;
}

function readOrBreak(reader: Reader, depth: number): unknown {
  if (depth > DEEPEST) throw unread(`it is nested more than ${DEEPEST} levels deep`);
  const [first = 0] = take(reader, 1);
  const [major, info] = [first >> 5, first & 31];
  if (major === 7) return simple(reader, info);
  const argument = argumentOf(reader, info);
  if (major === 0 || major === 1 || major === 6) {
    if (argument === undefined) throw unread('it has a number without a length');
    if (major === 6) return read(reader, depth + 1);
    return major === 0 ? argument : -1 - argument;
  }
  if (major === 2) return bytesOf(reader, major, argument);
  if (major === 3) return bytesOf(reader, major, argument).toString('utf8');
  const items = itemsOf(reader, major === 5 && argument !== undefined ? argument * 2 : argument, depth);
  return major === 4 ? items : mapOf(items);
}

/** A text or bytes, whole or in pieces. */
function bytesOf(reader: Reader, major: number, length: number | undefined): Buffer {
  if (length !== undefined) return take(reader, length);
  const pieces: Buffer[] = [];
  for (;;) {
    const [first = 0] = take(reader, 1);
    if (first === 0xff) return Buffer.concat(pieces);
    const piece = first >> 5 === major ? argumentOf(reader, first & 31) : undefined;
    if (piece === undefined) throw unread('a text is in pieces that are none');
    pieces.push(take(reader, piece));
  }
}

function itemsOf(reader: Reader, count: number | undefined, depth: number): readonly unknown[] {
  const items: unknown[] = [];
  while (count === undefined || items.length < count) {
    const item = readOrBreak(reader, depth + 1);
    if (item !== BREAK) items.push(item);
    else if (count === undefined) return items;
    else throw unread('a list is broken off');
  }
  return items;
}

function mapOf(items: readonly unknown[]): Record<string, unknown> {
  const pairs: [string, unknown][] = [];
  for (let at = 0; at < items.length; at += 2) {
    const key = items[at];
    if (typeof key !== 'string' || at + 1 === items.length) throw unread('a key of it is no text, or has no value');
    pairs.push([key, items[at + 1]]);
  }
  return Object.fromEntries(pairs);
}

/** `false`, `true`, `null`, `undefined`, floats, and the break. */
function simple(reader: Reader, info: number): unknown {
  if (info === 20 || info === 21) return info === 21;
  if (info === 22 || info === 23) return null;
  if (info === 26) return take(reader, 4).readFloatBE();
  if (info === 27) return take(reader, 8).readDoubleBE();
  if (info === 31) return BREAK;
  throw unread('it has a simple value that is not known');
}
