import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { arrive } from '../../../sandbox/door/receive.ts';

const mebibyte = Buffer.alloc(1024 * 1024);

/** A request whose body is so many MiB, read as slowly as it is taken. */
const request = (mebibytes: number): IncomingMessage =>
  Object.assign(Readable.from(Array.from({ length: mebibytes }, () => mebibyte)), {
    method: 'PUT',
    url: '/bucket/key',
    headers: { host: '127.0.0.1:4566' },
    socket: { remotePort: 1 },
  }) as unknown as IncomingMessage;

test('a body is taken to its end', async () => {
  expect((await arrive(request(2)))?.request.body).toHaveLength(2 * mebibyte.length);
});

test('a client that sends more than any operation takes is told so when it has sent it', async () => {
  const runaway = request(80);
  await expect(arrive(runaway)).rejects.toMatchObject({
    status: 413,
    message: expect.stringContaining('larger than 67108864 bytes'),
  });
  expect(runaway.readableEnded).toBe(true);
});
