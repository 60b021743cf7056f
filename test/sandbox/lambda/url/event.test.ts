import { describe, expect, it } from 'vitest';
import type { SentRequest } from '../../../../sandbox/door/sent.ts';
import { urlEvent } from '../../../../sandbox/services/lambda/url/event.ts';
import { fakeAccount } from '../../fakeAccount.ts';

const id = 'abcdefghijklmnopqrstuvwxyz012345';
const host = `${id}.lambda-url.localhost:4566`;
const URL_OF_FN = { id, functionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:fn', url: `http://${host}/` };

const eventOf = (sent: Partial<SentRequest>) =>
  urlEvent(
    fakeAccount().account,
    URL_OF_FN,
    { method: 'GET', target: '/', headers: [['Host', host]], body: Buffer.alloc(0), sourceIp: '127.0.0.1', ...sent },
    'request-id',
  );

const posted = (body: string | Buffer, type?: string) =>
  eventOf({ method: 'POST', body: Buffer.from(body), headers: type === undefined ? [] : [['Content-Type', type]] });

describe('the event of a request to a function URL', () => {
  it('is payload format 2.0, with the fixed values of a URL', () => {
    const event = eventOf({
      method: 'GET',
      target: '/incidents/a%2Fb?state=open',
      headers: [
        ['Host', host],
        ['User-Agent', 'agent/1'],
        ['Cookie', 'a=1; b=2'],
      ],
    });
    expect(event).toEqual({
      version: '2.0',
      routeKey: '$default',
      rawPath: '/incidents/a%2Fb',
      rawQueryString: 'state=open',
      cookies: ['a=1', 'b=2'],
      headers: {
        host,
        'user-agent': 'agent/1',
        'x-amzn-trace-id': expect.stringMatching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/),
        'x-forwarded-for': '127.0.0.1',
        'x-forwarded-port': '4566',
        'x-forwarded-proto': 'http',
      },
      queryStringParameters: { state: 'open' },
      requestContext: {
        accountId: 'anonymous',
        apiId: id,
        domainName: `${id}.lambda-url.localhost`,
        domainPrefix: id,
        http: {
          method: 'GET',
          path: '/incidents/a%2Fb',
          protocol: 'HTTP/1.1',
          sourceIp: '127.0.0.1',
          userAgent: 'agent/1',
        },
        requestId: 'request-id',
        routeKey: '$default',
        stage: '$default',
        time: '24/Nov/2026:08:00:00 +0000',
        timeEpoch: Date.parse('2026-11-24T08:00:00.000Z'),
      },
      isBase64Encoded: false,
    });
  });

  it('has no cookies, parameters or body where there are none', () => {
    const event = eventOf({});
    expect(Object.keys(event)).not.toEqual(expect.arrayContaining(['cookies']));
    expect(event).not.toHaveProperty('queryStringParameters');
    expect(event).not.toHaveProperty('body');
    expect(event).toMatchObject({ rawPath: '/', rawQueryString: '' });
  });

  it('joins what is there more than once by commas, names in lower case', () => {
    const event = eventOf({
      target: '/?a=1&b=x%20y&a=2&c',
      headers: [
        ['X-One', '1'],
        ['x-one', '2'],
        ['Cookie', 'a=1'],
        ['Cookie', 'b=2;c=3'],
      ],
    });
    expect(event.queryStringParameters).toEqual({ a: '1,2', b: 'x y', c: '' });
    expect(event.headers).toMatchObject({ 'x-one': '1,2' });
    expect(event.cookies).toEqual(['a=1', 'b=2', 'c=3']);
    expect(event.headers).not.toHaveProperty('cookie');
  });

  it('tells where it comes from itself, whatever the client says', () => {
    const event = eventOf({
      headers: [
        ['X-Forwarded-For', '10.0.0.1'],
        ['X-Forwarded-Proto', 'https'],
        ['Connection', 'keep-alive'],
      ],
    });
    expect(event.headers).toMatchObject({ 'x-forwarded-for': '127.0.0.1', 'x-forwarded-proto': 'http' });
    expect(event.headers).not.toHaveProperty('connection');
  });

  it.each([
    ['text/plain; charset=utf-8', 'ä'],
    ['application/json', '{"a":1}'],
    ['application/xml', '<a/>'],
    ['application/javascript', 'a()'],
    ['application/problem+json', '{}'],
    [undefined, 'no type'],
  ])('has a body of type %s as it is', (type, body) => {
    expect(posted(body, type)).toMatchObject({ body, isBase64Encoded: false });
  });

  it.each([
    ['application/x-www-form-urlencoded', 'a=1'],
    ['multipart/form-data; boundary=x', '--x--'],
    ['application/octet-stream', 'x'],
    ['image/png', 'x'],
  ])('has a body of type %s in base64', (type, body) => {
    expect(posted(body, type)).toMatchObject({ body: Buffer.from(body).toString('base64'), isBase64Encoded: true });
  });

  it('keeps the path of a client that takes the door for a proxy', () => {
    expect(eventOf({ target: `http://${host}/a?b=1` })).toMatchObject({ rawPath: '/a', rawQueryString: 'b=1' });
    expect(eventOf({ target: `http://${host}` })).toMatchObject({ rawPath: '/' });
  });
});
