import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { bucketObjects } from '../../shared/platform/objects.ts';

it('sends a checksum with what it stores: without one S3 refuses to write to a bucket with a default retention', async () => {
  const sent: IncomingHttpHeaders[] = [];
  const server = createServer((request, response) => {
    sent.push(request.headers);
    request.resume().on('end', () => response.end());
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  try {
    const { port } = server.address() as AddressInfo;
    const objects = bucketObjects({
      region: 'us-east-1',
      bucket: 'evidence',
      endpoint: `http://127.0.0.1:${port}`,
      credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
    });
    await objects.put('a.json', '{}', 'application/json');
  } finally {
    server.close();
  }
  expect(sent).toHaveLength(1);
  expect(sent[0]).toMatchObject({ 'x-amz-checksum-crc32': expect.stringMatching(/^[A-Za-z0-9+/]{6}==$/) });
});
