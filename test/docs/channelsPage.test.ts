import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { webhookRequest } from '../../shared/report/channels/webhook.ts';
import { readChannels } from '../../shared/respond/channel/schema.ts';
import { told } from '../report/channels/told.ts';

const page = readFileSync(new URL('../../docs/channels.md', import.meta.url), 'utf8');
const block = (language: string): string =>
  new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'm').exec(page)?.[1] ?? '';

it('the channels on the page can be used as they are', () => {
  const read = readChannels(block('yaml'), 'prod');
  expect('channels' in read ? read.channels.map(({ name, kind }) => `${name} ${kind}`) : read.wrong).toEqual([
    'on-call pagerduty',
    'soc webhook',
    'slack chat',
  ]);
});

/** A port that is free now. */
const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });

describe('the receiver on the page', () => {
  const folder = mkdtempSync(join(tmpdir(), 'firebreak-receiver-'));
  const key = 'the key of the page';
  let receiver: ChildProcess;
  let port: number;
  let printed = '';

  beforeAll(async () => {
    port = await freePort();
    const file = join(folder, 'receiver.mjs');
    writeFileSync(file, block('js'));
    receiver = spawn(process.execPath, [file], { env: { FIREBREAK_KEY: key, PORT: String(port) } });
    await new Promise<void>((resolve, reject) => {
      receiver.once('exit', (code) => reject(new Error(`it ended with ${code}`)));
      receiver.stdout?.on('data', (text: Buffer) => {
        printed += text;
        if (printed.includes('ready')) resolve();
      });
    });
  });
  afterAll(() => {
    receiver.kill();
    rmSync(folder, { recursive: true, force: true });
  });

  const send = async ({ headers, body }: ReturnType<typeof webhookRequest>): Promise<number> =>
    (await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', headers, body })).status;
  const message = told({ headline: 'GET UP: it was heard' });

  it('takes what is genuine, once', async () => {
    const request = webhookRequest(message, key, new Date());
    expect([await send(request), await send(request)]).toEqual([204, 204]);
    expect(printed.match(/GET UP: it was heard/g)).toHaveLength(1);
  });

  it.each([
    ['signed with another key', webhookRequest(message, 'another', new Date())],
    ['older than five minutes', webhookRequest(message, key, new Date(Date.now() - 301_000))],
    ['changed on the way', { ...webhookRequest(message, key, new Date()), body: '{"headline":"NO ACTION"}' }],
    ['not signed', { headers: {}, body: '{}' }],
  ])('refuses what is %s', async (_name, request) => {
    expect(await send(request)).toBe(401);
  });
});
