import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { attachResourcePolicy } from '../../../../sandbox/iam/resourcePolicies.ts';
import type { RunningAccount } from '../../../../sandbox/kernel/kernel.ts';
import { statisticOf } from '../../../../sandbox/services/cloudwatch/metrics.ts';
import { lambdaFigures } from '../../../../sandbox/services/lambda/figures.ts';
import type { FunctionSettings } from '../../../../sandbox/services/lambda/state.ts';
import { askFunctionUrl } from '../../../../sandbox/services/lambda/url/ask.ts';
import { createFunctionUrl } from '../../../../sandbox/services/lambda/url/state.ts';
import { bundledHandler, removeBundledHandlers } from '../../bundledHandler.ts';
import { ask, type Sent } from '../../control/ask.ts';
import { policyOf } from '../../services/throughDoor.ts';
import { addFunction, closeAccounts, START, smallAccount } from '../accountWithFunction.ts';

let folder: string;
beforeAll(async () => {
  folder = await bundledHandler(`
    exports.handler = async (event) => {
      const { state, sleep } = event.queryStringParameters ?? {};
      if (sleep) await new Promise((resolve) => setTimeout(resolve, Number(sleep)));
      if (event.rawPath === '/throw') throw new Error('a secret');
      if (event.rawPath === '/malformed') return { statusCode: 200, body: 7 };
      if (event.rawPath === '/big') return 'x'.repeat(6 * 1024 * 1024);
      if (event.rawPath === '/plain') return 'plain';
      if (event.rawPath === '/to') return { statusCode: 303, headers: { location: state } };
      if (event.rawPath === '/late') return Date.now();
      return {
        statusCode: 201,
        headers: { 'Content-Type': 'text/html; charset=utf-8', 'x-state': String(state) },
        cookies: ['a=1; HttpOnly', 'b=2'],
        body: JSON.stringify({ method: event.requestContext.http.method, body: event.body, cookies: event.cookies }),
      };
    };`);
});
afterEach(closeAccounts);
afterAll(removeBundledHandlers);

const FN = 'arn:aws:lambda:eu-west-1:123456789012:function:fn';
const letUrlIn = {
  Effect: 'Allow',
  Principal: '*',
  Action: 'lambda:InvokeFunctionUrl',
  Resource: FN,
  Condition: { StringEquals: { 'lambda:FunctionUrlAuthType': 'NONE' } },
};
const letInvoke = {
  Effect: 'Allow',
  Principal: '*',
  Action: 'lambda:InvokeFunction',
  Resource: FN,
  Condition: { Bool: { 'lambda:InvokedViaFunctionUrl': 'true' } },
};

interface Opened extends RunningAccount {
  readonly host: string;
  send(path: string, sent?: Sent): ReturnType<typeof ask>;
}

async function opened(
  statements: readonly object[] = [letUrlIn, letInvoke],
  given: Partial<FunctionSettings> = {},
): Promise<Opened> {
  const running = await smallAccount();
  addFunction(running, folder, given);
  const { url } = createFunctionUrl(running.account, 'fn');
  for (const statement of statements) attachResourcePolicy(running.account, FN, policyOf({ ...statement }));
  const { host } = new URL(url);
  return {
    ...running,
    host,
    send: (path, { headers = {}, ...sent } = {}) =>
      ask(running.account.endpoint, path, { ...sent, headers: { host, ...headers } }),
  };
}

describe('a request to a function URL', () => {
  it('reaches the function, whose answer comes back with each cookie in a header', async () => {
    const { send, account } = await opened();
    const answer = await send('/a?state=open', { headers: { cookie: 'c=3' } });
    expect(answer).toMatchObject({
      status: 201,
      headers: {
        'content-type': 'text/html; charset=utf-8',
        'x-state': 'open',
        'set-cookie': ['a=1; HttpOnly', 'b=2'],
        'x-amzn-requestid': expect.stringMatching(/^[0-9a-f-]{36}$/),
        date: 'Tue, 01 Jan 2030 00:00:00 GMT',
      },
    });
    expect(JSON.parse(answer.text)).toEqual({ method: 'GET', cookies: ['c=3'] });
    expect(account.trail).toMatchObject([
      { principal: 'anonymous', action: 'lambda:InvokeFunctionUrl', resource: FN, result: 'ok' },
    ]);
  });

  it('may be any method; a HEAD has no body', async () => {
    const { send } = await opened();
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const posted = await send('/', { method: 'POST', headers: form, body: 'a=1' });
    expect(JSON.parse(posted.text)).toEqual({ method: 'POST', body: Buffer.from('a=1').toString('base64') });
    expect(JSON.parse((await send('/', { method: 'DELETE' })).text)).toEqual({ method: 'DELETE' });
    expect(await send('/', { method: 'HEAD' })).toMatchObject({ status: 201, text: '' });
  });

  it('is counted by what it was answered with', async () => {
    const { send, account } = await opened();
    for (const path of ['/', '/throw', '/malformed', '/?state=x']) await send(path);
    await ask(account.endpoint, '/', { headers: { host: 'nobody.lambda-url.localhost' } });
    const counted = (metricName: string) =>
      statisticOf(
        account,
        { namespace: 'AWS/Lambda', metricName, dimensions: { FunctionName: 'fn' } },
        'Sum',
        0,
        Infinity,
      );
    expect(['UrlRequestCount', 'Url4xxCount', 'Url5xxCount'].map(counted)).toEqual([4, undefined, 2]);
  });

  it('that nobody may make is counted, too', async () => {
    const { send, account } = await opened([]);
    await send('/');
    const metric = { namespace: 'AWS/Lambda', metricName: 'Url4xxCount', dimensions: { FunctionName: 'fn' } };
    expect(statisticOf(account, metric, 'Sum', 0, Infinity)).toBe(1);
  });

  it('may come from a page of another origin: the function looks for itself', async () => {
    const { send } = await opened();
    const headers = { origin: 'http://page.example', 'sec-fetch-site': 'cross-site' };
    expect((await send('/', { method: 'POST', headers })).status).toBe(201);
  });

  it('never reaches the control endpoint or an operation', async () => {
    const { send } = await opened();
    expect((await send('/_sandbox/trail')).status).toBe(201);
    const call = await send('/2015-03-31/functions/', {
      headers: {
        authorization: 'AWS4-HMAC-SHA256 Credential=AKIASANDBOXADMIN0000/20300101/eu-west-1/lambda/aws4_request',
      },
    });
    expect(call.status).toBe(201);
  });

  it('takes virtual time, and moves no more of it than the function takes', async () => {
    const { send, clock } = await opened();
    expect((await send('/late?sleep=2000')).text).toBe(String(START + 2000));
    expect(clock.now()).toBe(START + 2000);
  });

  it('leads a browser that is sent to the login provider to its page on this machine', async () => {
    const { send, account } = await opened();
    const { port } = new URL(account.endpoint);
    const to = async (where: string) => (await send(`/to?state=${encodeURIComponent(where)}`)).headers.location;
    expect(await to('https://login.example.com/authorize?a=b')).toBe(`http://login.localhost:${port}/authorize?a=b`);
    expect(await to('https://login.example.com.page.test/')).toBe('https://login.example.com.page.test/');
    expect(await to('/incidents')).toBe('/incidents');
  });

  it('needs no socket in a program', async () => {
    const { account, host } = await opened();
    const sent = { method: 'GET', target: '/plain', headers: [['host', host]], body: Buffer.alloc(0) } as const;
    expect(await askFunctionUrl(account, { ...sent, sourceIp: '127.0.0.1' })).toMatchObject({
      status: 200,
      body: '"plain"',
    });
  });
});

describe('a function URL is closed', () => {
  const forbidden = { status: 403, text: expect.stringMatching(/^\{"Message":"Forbidden\. .*urls-auth\.html"\}$/) };

  it.each([
    ['without any permission', []],
    ['without lambda:InvokeFunction', [letUrlIn]],
    ['without lambda:InvokeFunctionUrl', [letInvoke]],
    [
      'for another type of URL',
      [{ ...letUrlIn, Condition: { StringEquals: { 'lambda:FunctionUrlAuthType': 'AWS_IAM' } } }, letInvoke],
    ],
    [
      'to who does not come through it',
      [letUrlIn, { ...letInvoke, Condition: { Bool: { 'lambda:InvokedViaFunctionUrl': 'false' } } }],
    ],
    ['to anybody where only the account is named', [{ ...letUrlIn, Principal: { AWS: '123456789012' } }, letInvoke]],
    ['where a policy denies it', [letUrlIn, letInvoke, { ...letInvoke, Effect: 'Deny' }]],
  ])('%s', async (_how, statements) => {
    const { send, account } = await opened(statements);
    expect(await send('/')).toMatchObject(forbidden);
    expect(lambdaFigures(account).invocations).toBe(0);
    expect(account.trail).toMatchObject([{ principal: 'anonymous', result: 'AccessDeniedException' }]);
  });

  it('where there is none of this name', async () => {
    const { send } = await opened();
    expect(await send('/', { headers: { host: 'other.lambda-url.localhost' } })).toMatchObject(forbidden);
  });
});

describe('what a function URL answers when the function does not', () => {
  const failed = { status: 502, text: '{"message":"Internal Server Error"}' };

  it.each(['/throw', '/malformed', '/big', '/?sleep=4000'])('to %s', async (path) => {
    expect(await (await opened()).send(path)).toMatchObject(failed);
  });

  it('is 429 where its concurrency is used up', async () => {
    const { send } = await opened(undefined, { reservedConcurrency: 0 });
    expect((await send('/')).status).toBe(429);
  });

  it('is 413 to more than an invocation takes, of which the function hears nothing', async () => {
    const { send, account } = await opened();
    const text = { 'content-type': 'text/plain' };
    const body = 'x'.repeat(6 * 1024 * 1024);
    expect((await send('/', { method: 'POST', headers: text, body })).status).toBe(413);
    expect(lambdaFigures(account).invocations).toBe(0);
  });
});

describe('the address', () => {
  it('is the same at every start, and there is one of a function', async () => {
    const first = await opened();
    const second = await opened();
    expect(first.host.split(':')[0]).toBe(second.host.split(':')[0]);
    expect(first.host).toMatch(/^[0-9a-f]{32}\.lambda-url\.localhost:\d+$/);
    expect(() => createFunctionUrl(first.account, FN)).toThrow('FunctionUrlConfig exists');
    expect(() => createFunctionUrl(first.account, 'absent')).toThrow('Function not found');
  });
});
