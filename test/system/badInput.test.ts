import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { bin, firebreak } from './firebreak.ts';

const event = fileURLToPath(new URL('../../events/ecr-scan-critical.json', import.meta.url));
const open: Server[] = [];
afterEach(() => {
  for (const server of open.splice(0)) server.close();
});

/** Another program that listens. */
async function occupied(): Promise<number> {
  const server = createServer((_request, response) => response.end('<!DOCTYPE html>'));
  open.push(server);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return (server.address() as AddressInfo).port;
}

const credentials = { AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'AKIA', AWS_SECRET_ACCESS_KEY: 'x' };

describe('what is in the way: one sentence on standard error, exit 2', () => {
  it('another program on the port', async () => {
    const port = await occupied();
    expect(await firebreak(['sandbox', '--port', String(port)])).toEqual({
      exit: 2,
      out: '',
      err: `firebreak: port ${port} on 127.0.0.1 is in use by another program: stop that one, or choose another port.\n`,
    });
  });

  it('another program at the endpoint', async () => {
    const AWS_ENDPOINT_URL = `http://127.0.0.1:${await occupied()}`;
    expect(await firebreak(['incidents'], { env: { ...credentials, AWS_ENDPOINT_URL } })).toEqual({
      exit: 2,
      out: '',
      err: `firebreak: What answers at AWS_ENDPOINT_URL "${AWS_ENDPOINT_URL}" is not AWS, nor a sandbox: see to AWS_ENDPOINT_URL, or to a proxy in between.\n`,
    });
  });

  it('an endpoint that is no URL', async () => {
    const ran = await firebreak(['undo', 'x'], { env: { ...credentials, AWS_ENDPOINT_URL: 'localhost' } });
    expect(ran).toMatchObject({ exit: 2, out: '' });
    expect(ran.err).toMatch(/^firebreak: AWS_ENDPOINT_URL "localhost" is no URL: [^\n]+\n$/);
  });

  it('an event on standard input that never came', async () => {
    const ran = await firebreak(['explain', '-'], { stdin: '' });
    expect(ran).toMatchObject({ exit: 2, out: '' });
    expect(ran.err).toMatch(/^firebreak: standard input: the input is empty[^\n]+\n$/);
  });
});

describe('a reader that stops early', () => {
  /** Nobody reads one of the streams: its end is closed before the command writes. */
  async function unread(stream: 'stdout' | 'stderr', args: readonly string[]) {
    const child = spawn(process.execPath, [bin, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    child[stream].destroy();
    const other = stream === 'stdout' ? child.stderr : child.stdout;
    const [said, [exit]] = await Promise.all([text(other), once(child, 'close')]);
    return { exit, said };
  }

  it('of results is no failure', async () => {
    expect(await unread('stdout', ['explain', event])).toEqual({ exit: 0, said: '' });
  });

  it('of what is said changes neither the exit code nor the results', async () => {
    expect(await unread('stderr', ['explain', '/none'])).toEqual({ exit: 2, said: '' });
  });
});
