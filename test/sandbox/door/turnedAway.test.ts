import { once } from 'node:events';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { snsService } from '../../../sandbox/services/sns/service.ts';
import { createTopic, messagesOf } from '../../../sandbox/services/sns/topics.ts';
import { type Answered, ask } from '../control/ask.ts';
import { openWire, type Wire } from '../services/openWire.ts';

let wire: Wire;
let here: string;
beforeEach(async () => {
  wire = await openWire(snsService);
  here = new URL(wire.config.endpoint).host;
});
afterEach(() => wire.close());

type Headers = { readonly [name: string]: string };

const trail = (headers: Headers): Promise<Answered> => ask(wire.config.endpoint, '/_sandbox/trail', { headers });

const turnedAway = (sentence: RegExp) => ({
  status: 403,
  text: expect.stringMatching(new RegExp(`^\\{"message":".*${sentence.source}.*\\."\\}\\n$`)),
});

describe('a page in a browser on this machine', () => {
  const page = 'http://page.example';

  it.each([
    ['by fetch', { origin: page }],
    ['from a sandboxed frame or a file', { origin: 'null' }],
    ['served by another port of this machine', { origin: 'http://127.0.0.1:1' }],
    ['by an image or a link, which have no Origin', { 'sec-fetch-site': 'cross-site' }],
    ['of another name of this machine', { 'sec-fetch-site': 'same-site' }],
  ])('does not reach the control endpoint %s', async (_how, headers) => {
    expect(await trail(headers)).toMatchObject(turnedAway(/web page of another origin/));
  });

  it.each([
    'page.example',
    'page.example:4566',
    'localhost.page.example',
    '127.0.0.1.page.example',
    'amazonaws.com.page.example',
  ])('does not reach it under a name of its own that resolves to this machine: %j', async (host) => {
    expect(await trail({ host })).toMatchObject(turnedAway(/not to the Host/));
  });

  it('makes no AWS call with the key that everybody knows, by a form', async () => {
    const { account } = wire;
    const arn = 'arn:aws:sns:eu-west-1:123456789012:page';
    createTopic(account, { name: 'page', arn });
    const { accessKeyId } = wire.config.credentials;
    const path = `/?X-Amz-Credential=${encodeURIComponent(`${accessKeyId}/20261124/eu-west-1/sns/aws4_request`)}`;
    const body = `Action=Publish&Version=2010-03-31&Message=x&TopicArn=${encodeURIComponent(arn)}`;
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const send = (headers: Headers) => ask(wire.config.endpoint, path, { method: 'POST', headers, body });
    expect(await send({ ...form, origin: page })).toMatchObject({ status: 403 });
    expect(messagesOf(account)).toEqual([]);
    expect(account.trail).toEqual([]);
    expect(await send(form)).toMatchObject({ status: 200 });
    expect(messagesOf(account)).toHaveLength(1);
  });
});

describe('who may pass', () => {
  it.each([
    ['the endpoint as it was printed', () => ({})],
    ['localhost', () => ({ host: here.replace('127.0.0.1', 'localhost') })],
    ['a bucket below localhost', () => ({ host: `evidence.${here.replace('127.0.0.1', 'localhost')}` })],
    ['a host of AWS, as functions name it', () => ({ host: 'dynamodb.eu-west-1.amazonaws.com' })],
    ['a page of the door itself', () => ({ origin: `http://${here}`, 'sec-fetch-site': 'same-origin' })],
    ['an address that a person typed', () => ({ 'sec-fetch-site': 'none' })],
  ])('%s', async (_who, headers) => {
    expect(await trail(headers())).toMatchObject({ status: 200 });
  });
});

describe('the door', () => {
  it('is open on loopback alone', async () => {
    const outward = Object.values(networkInterfaces())
      .flat()
      .find((address) => address?.family === 'IPv4' && !address.internal);
    // A machine without a network has only loopback; 127.0.0.2 is another address of it.
    const host = outward?.address ?? '127.0.0.2';
    const [error] = await once(connect({ host, port: Number(new URL(wire.config.endpoint).port) }), 'error');
    expect(error).toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('answers a path that cannot be read, and goes on', async () => {
    const answer = await ask(wire.config.endpoint, '//[');
    expect(answer).toMatchObject({ status: 400, text: '{"message":"The path of the request cannot be read."}\n' });
    expect((await trail({})).status).toBe(200);
  });
});
