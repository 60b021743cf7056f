import { describe, expect, it } from 'vitest';
import { urlAnswer } from '../../../../sandbox/services/lambda/url/response.ts';

const json = { 'content-type': 'application/json' };

describe('what a client receives for the answer of a function', () => {
  it.each([
    ['a text', 'hello', '"hello"'],
    ['an object', { message: 'hello' }, '{"message":"hello"}'],
    ['an object with a body, and no status', { body: 'x' }, '{"body":"x"}'],
    ['a list', [1], '[1]'],
    ['nothing', null, 'null'],
  ])('is a 200 in JSON for %s', (_what, payload, body) => {
    expect(urlAnswer(payload)).toEqual({ status: 200, headers: json, body });
  });

  it('is status, headers, cookies and body, as they are said', () => {
    expect(
      urlAnswer({
        statusCode: 303,
        headers: { Location: '/next', 'X-Number': 3, 'x-flag': true },
        cookies: ['a=1; Secure', 'b=2'],
        body: 'text',
        other: 'is passed over',
      }),
    ).toEqual({
      status: 303,
      headers: { ...json, location: '/next', 'x-number': '3', 'x-flag': 'true' },
      cookies: ['a=1; Secure', 'b=2'],
      body: 'text',
    });
  });

  it('takes a status in digits, nulls for what is left out, and a type of its own', () => {
    const payload = { statusCode: '404', headers: null, cookies: null, body: null, isBase64Encoded: null };
    expect(urlAnswer(payload)).toEqual({ status: 404, headers: json, body: '' });
    expect(urlAnswer({ statusCode: 200, headers: { 'Content-Type': 'text/html' }, body: '<p>' })).toMatchObject({
      headers: { 'content-type': 'text/html' },
    });
  });

  it('is the bytes of a body in base64', () => {
    expect(urlAnswer({ statusCode: 200, body: '/wD+', isBase64Encoded: true })?.body).toEqual(
      Buffer.from([0xff, 0, 0xfe]),
    );
  });

  it('leaves to the front door what is its own', () => {
    const headers = { 'Content-Length': '1', Connection: 'close', 'Transfer-Encoding': 'chunked', Date: 'now' };
    expect(urlAnswer({ statusCode: 200, headers, body: 'text' })?.headers).toEqual(json);
  });

  it.each([
    ['a status that is no number', { statusCode: 'fine' }],
    ['a status that no answer has', { statusCode: 99 }],
    ['a body that is no text', { statusCode: 200, body: { a: 1 } }],
    ['cookies that are no list', { statusCode: 200, cookies: 'a=1' }],
    ['a header that is no text', { statusCode: 200, headers: { a: ['1'] } }],
    ['a header that would end the line', { statusCode: 200, headers: { location: '/\r\nset-cookie: a=1' } }],
    ['a header whose name is none', { statusCode: 200, headers: { 'a b': '1' } }],
  ])('is malformed with %s', (_what, payload) => {
    expect(urlAnswer(payload)).toBeUndefined();
  });
});
