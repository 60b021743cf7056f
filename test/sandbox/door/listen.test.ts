import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { listen } from '../../../sandbox/door/listen.ts';

test('the door is open to this machine alone', async () => {
  const server = createServer();
  try {
    const port = await listen(server, 0);
    expect(server.address()).toEqual({ address: '127.0.0.1', family: 'IPv4', port });
  } finally {
    server.close();
  }
});
