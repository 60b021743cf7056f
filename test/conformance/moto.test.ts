import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, describe, expect, it } from 'vitest';
import { openMoto } from '../../conformance/moto.ts';
import { type Script, step } from '../../conformance/script.ts';

const folder = mkdtempSync(join(tmpdir(), 'firebreak-moto-'));
afterAll(() => rmSync(folder, { recursive: true }));

function executable(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  chmodSync(path, 0o755);
  return path;
}

/** Listens as moto does, and fails as it does for what it has not: the reason is in its log alone, behind the answer. */
const server = executable(
  'server',
  `#!${process.execPath}
const { createServer } = require('node:http');
const page = '<!doctype html><h1>Internal Server Error</h1>';
// Nobody ends it where a test fails.
setTimeout(() => process.exit(), 20_000);
const asked = createServer((request, response) => {
  process.stderr.write('"' + request.method + ' ' + request.url + '"\\n');
  if (request.url !== '/') return response.end('{}');
  response.writeHead(500, { 'content-type': 'text/html' }).end(page);
  const action = request.headers['x-amz-target'].endsWith('SendMessage') ? 'send_message' : 'other';
  setImmediate(() => process.stderr.write('Error on request:\\nNotImplementedError: The ' + action + ' action has not been implemented\\n'));
});
asked.listen(0, '127.0.0.1', () => {
  process.stderr.write(' * pid ' + process.pid + '\\n * Running on http://127.0.0.1:' + asked.address().port + '\\n');
});
`,
);

const script: Script = {
  service: 'sqs',
  client: (connection) => new SQSClient(connection),
  fields: {},
  steps: [
    step('sends', () => new SendMessageCommand({ QueueUrl: 'http://127.0.0.1/123456789012/work', MessageBody: 'm' })),
  ],
};

describe('moto_server', () => {
  it('is not there where there is no such command, or only a wrapper of it', async () => {
    expect(await openMoto(join(folder, 'nowhere'))).toBeUndefined();
    const wrapper = executable('wrapper', '#!/bin/sh\necho "moto_server: command not found" >&2\nexit 127\n');
    expect(await openMoto(wrapper)).toBeUndefined();
  });

  it('is an error when it ends before it listens, with what it said', async () => {
    const broken = executable('broken', '#!/bin/sh\necho "ImportError: no werkzeug" >&2\nexit 1\n');
    await expect(openMoto(broken)).rejects.toThrow('ImportError: no werkzeug');
  });

  it('tells from its log what it has not, and is ended', async () => {
    const moto = await openMoto(server);
    const before = process.listenerCount('SIGINT');
    try {
      const [answer] = (await moto?.play(script)) ?? [];
      expect(answer).toMatchObject({ step: 'sends', operation: 'SendMessage', kind: 'lacking' });
    } finally {
      await moto?.close();
    }
    expect(process.listenerCount('SIGINT')).toBe(before - 1);
    await expect(moto?.play(script)).rejects.toThrow();
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('ends with the one that started it, on %s too', async (signal) => {
    const module = join(import.meta.dirname, '..', '..', 'conformance', 'moto.ts');
    const program = `
      const { openMoto } = await import(${JSON.stringify(module)});
      const moto = await openMoto(${JSON.stringify(server)});
      console.log(moto.endpoint);
      setInterval(() => undefined, 60_000);
    `;
    const starter = spawn(process.execPath, ['--input-type=module', '-e', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = await once(starter.stdout, 'data');
    const socket = connect(Number(new URL(String(line).trim()).port), '127.0.0.1');
    await once(socket, 'connect');
    // A process that is killed resets its connections.
    socket.on('error', () => undefined);
    const closed = new Promise((resolve) => socket.once('close', resolve));
    const over = [once(starter, 'exit'), closed] as const;
    starter.kill(signal);
    const [[code]] = await Promise.all(over);
    expect(code).toBe(128 + constants.signals[signal]);
  });
});
