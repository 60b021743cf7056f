import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ask } from '../../../control/ask.ts';
import { type FakeAccount, fakeAccount } from '../../../fakeAccount.ts';
import { openWire } from '../../openWire.ts';
import { browse } from './signIn.ts';

const REDIRECT = 'http://0123.lambda-url.localhost:4566/signed-in';
const ASKED = {
  client_id: 'firebreak',
  response_type: 'code',
  redirect_uri: REDIRECT,
  scope: 'openid',
  state: 'the-state',
  code_challenge: 'c'.repeat(43),
  code_challenge_method: 'S256',
};

const urlOf = (over: Readonly<Record<string, string>> = {}): URL =>
  new URL(`http://login.localhost:4566/authorize?${new URLSearchParams({ ...ASKED, ...over })}`);

describe('the page of the login provider', () => {
  let fake: FakeAccount;
  beforeEach(() => {
    fake = fakeAccount();
  });
  const back = (over: Readonly<Record<string, string>>, form?: Readonly<Record<string, string>>) => {
    const answer = browse(fake.account, urlOf(over), form);
    expect(answer?.status).toBe(303);
    return new URL(answer?.headers['location'] ?? '');
  };

  it('asks who it is, and says for whom, as text', () => {
    const answer = browse(fake.account, urlOf());
    expect(answer).toMatchObject({ status: 200, headers: { 'content-type': 'text/html; charset=utf-8' } });
    expect(answer?.body).toContain('Sign in to 0123.lambda-url.localhost:4566 as anybody');
    expect(answer?.body).toContain('name="groups" value="on-call"');
  });

  it('sends whoever says who they are back, with code and state', () => {
    const { origin, pathname, searchParams } = back({}, { user: 'ada', groups: 'on-call' });
    expect(`${origin}${pathname}`).toBe(REDIRECT);
    expect(Object.fromEntries(searchParams)).toEqual({
      code: expect.stringMatching(/^[0-9a-f]{32}$/),
      state: 'the-state',
      iss: 'https://login.example.com',
    });
  });

  it('asks again who does not say it, and sends back who does not want to', () => {
    expect(browse(fake.account, urlOf(), { user: ' ', groups: '' })).toMatchObject({
      status: 400,
      body: expect.stringContaining('Say who you are.'),
    });
    expect(back({}, { user: '', deny: 'yes' }).searchParams.get('error')).toBe('access_denied');
  });

  it.each(['http://127.0.0.1:4566/a', 'http://localhost/a', 'http://[::1]:1/a'])(
    'sends a code to this machine: %s',
    (uri) => {
      expect(back({ redirect_uri: uri }, { user: 'ada' }).href.startsWith(uri)).toBe(true);
    },
  );

  it.each([
    'https://page.example/a',
    'http://localhost.page.example/a',
    'http://localhost@page.example/a',
    'http://127.0.0.1.page.example/a',
    'javascript:alert(1)',
    '/a',
    '',
  ])('sends nothing anywhere else: %j', (uri) => {
    for (const form of [undefined, { user: 'ada' }])
      expect(browse(fake.account, urlOf({ redirect_uri: uri }), form)).toMatchObject({
        status: 400,
        body: expect.stringContaining('The redirect_uri is not on this machine.'),
      });
  });

  it('sends nothing for a client that it does not know', () => {
    expect(browse(fake.account, urlOf({ client_id: 'other' }))).toMatchObject({ status: 400 });
  });

  it.each([
    ['no code', { response_type: 'token' }, 'unsupported_response_type'],
    ['no openid', { scope: 'profile' }, 'invalid_scope'],
    ['no challenge', { code_challenge: '' }, 'invalid_request'],
    ['a plain challenge', { code_challenge_method: 'plain' }, 'invalid_request'],
  ])('sends back who asks for %s, with what is wrong', (_what, over, error) => {
    const { searchParams } = back(over, { user: 'ada' });
    expect([searchParams.get('error'), searchParams.get('state'), searchParams.get('code')]).toEqual([
      error,
      'the-state',
      null,
    ]);
  });

  it('has one address and two methods', () => {
    expect(browse(fake.account, new URL('http://login.localhost/other'))?.status).toBe(404);
    expect(browse(fake.account, urlOf(), undefined, 'PUT')?.status).toBe(405);
  });
});

describe('through the door', () => {
  let wire: Awaited<ReturnType<typeof openWire>>;
  beforeEach(async () => {
    wire = await openWire();
  });
  afterEach(() => wire.close());

  it('the page is at login.localhost, for browsers, and nothing of the account is', async () => {
    const { endpoint } = wire.config;
    const headers = { host: `login.localhost:${new URL(endpoint).port}`, 'sec-fetch-site': 'cross-site' };
    const { pathname, search } = urlOf();
    expect(await ask(endpoint, `${pathname}${search}`, { headers })).toMatchObject({ status: 200 });
    expect(await ask(endpoint, '/_sandbox/trail', { headers })).toMatchObject({ status: 404 });
  });
});
