import {
  createServer,
  type IncomingMessage,
  request as plainRequest,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

// The same request without TLS: there is no certificate for a test that anybody would trust.
vi.mock('node:https', () => ({
  request: (url: string, options: object) => plainRequest(url.replace('https:', 'http:'), options),
}));
const { postOnce } = await import('../../shared/platform/post.ts');

let server: Server;
let answer: (message: IncomingMessage, response: ServerResponse) => void;
let heard: { readonly url: string | undefined; readonly headers: IncomingMessage['headers']; readonly body: string }[];

beforeEach(async () => {
  heard = [];
  answer = (_message, response) => response.end();
  server = createServer((message, response) => {
    const chunks: Buffer[] = [];
    message.on('data', (chunk: Buffer) => chunks.push(chunk));
    message.on('end', () => {
      heard.push({ url: message.url, headers: message.headers, body: Buffer.concat(chunks).toString('utf8') });
      answer(message, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  vi.useRealTimers();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const post = (path = '/a?b=c') =>
  postOnce({
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}${path}`,
    headers: { 'firebreak-id': 'i/1' },
    body: '{"a":"ä"}',
  });

describe('a post', () => {
  it('brings all bytes of its body and its headers', async () => {
    expect(await post()).toEqual({ status: 200, retryAfter: undefined });
    expect(heard).toMatchObject([
      { url: '/a?b=c', body: '{"a":"ä"}', headers: { 'firebreak-id': 'i/1', 'content-length': '10' } },
    ]);
  });

  it.each([
    ['120', 120],
    ['Wed, 21 Oct 2026 07:28:00 GMT', undefined],
  ])('says for how long it is asked to wait, in seconds: %s', async (header, retryAfter) => {
    answer = (_message, response) => response.writeHead(429, { 'retry-after': header }).end('x'.repeat(100_000));
    expect(await post()).toEqual({ status: 429, retryAfter });
  });

  it('goes where it was sent, and nowhere else: a redirect is not followed', async () => {
    answer = (_message, response) => response.writeHead(307, { location: '/elsewhere' }).end();
    expect((await post()).status).toBe(307);
    expect(heard).toHaveLength(1);
  });

  it('to whom hangs up is an error', async () => {
    answer = (message) => message.socket.destroy();
    await expect(post()).rejects.toThrow();
  });

  it('that is not answered is given up after five seconds', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const arrived = Promise.withResolvers<void>();
    answer = () => arrived.resolve();
    const posted = expect(post()).rejects.toThrow('no answer within five seconds');
    await arrived.promise;
    vi.advanceTimersByTime(5_000);
    await posted;
  });
});
