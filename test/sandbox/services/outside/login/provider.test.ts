import * as openid from 'openid-client';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  LOGIN_CLIENT,
  LOGIN_HOST,
  LOGIN_ISSUER,
  PUBLIC_CLIENT,
} from '../../../../../sandbox/services/outside/login/state.ts';
import { ail, postsTo } from '../../../../../sandbox/services/outside/state.ts';
import { type FakeAccount, fakeAccount } from '../../../fakeAccount.ts';
import { browse, providerFetch } from './signIn.ts';

const REDIRECT = 'http://0123.lambda-url.localhost:4566/signed-in';

let fake: FakeAccount;
let fetched: ReturnType<typeof providerFetch>;
beforeEach(() => {
  fake = fakeAccount();
  fetched = providerFetch(fake.account);
});

async function discovered(
  authentication?: openid.ClientAuth,
  { id, ...secret }: { readonly id: string; readonly secret?: string } = LOGIN_CLIENT,
): Promise<openid.Configuration> {
  // The account's time is not this process's.
  const skew = Math.round((fake.clock.now() - Date.now()) / 1000);
  const client = { ...(secret.secret === undefined ? {} : { client_secret: secret.secret }), [openid.clockSkew]: skew };
  const options = { [openid.customFetch]: fetched };
  return openid.discovery(new URL(LOGIN_ISSUER), id, client, authentication, options);
}

const VERIFIER = 'v'.repeat(43);

async function asked(configuration: openid.Configuration): Promise<URL> {
  return openid.buildAuthorizationUrl(configuration, {
    redirect_uri: REDIRECT,
    scope: 'openid groups',
    state: 'the-state',
    nonce: 'the-nonce',
    code_challenge: await openid.calculatePKCECodeChallenge(VERIFIER),
    code_challenge_method: 'S256',
  });
}

const signedIn = (url: URL, form: Readonly<Record<string, string>> = { user: 'ada', groups: 'on-call, admins' }): URL =>
  new URL(browse(fake.account, url, form)?.headers['location'] ?? '');

const checks = { pkceCodeVerifier: VERIFIER, expectedState: 'the-state', expectedNonce: 'the-nonce' };

describe('signing in with openid-client', () => {
  it.each([
    ['client_secret_post', openid.ClientSecretPost()],
    ['client_secret_basic', openid.ClientSecretBasic()],
  ])('by %s ends with who it is, and in which groups', async (_how, authentication) => {
    const configuration = await discovered(authentication);
    const url = await asked(configuration);
    expect(url.href).toMatch(/^https:\/\/login\.example\.com\/authorize\?/);
    const back = signedIn(url);
    expect(back.href.startsWith(`${REDIRECT}?`)).toBe(true);
    const tokens = await openid.authorizationCodeGrant(configuration, back, checks);
    const now = fake.clock.now() / 1000;
    expect(tokens.claims()).toEqual({
      iss: LOGIN_ISSUER,
      sub: 'ada',
      aud: 'firebreak',
      iat: now,
      exp: now + 3600,
      auth_time: now,
      nonce: 'the-nonce',
      preferred_username: 'ada',
      groups: ['on-call', 'admins'],
    });
  });

  it('works for a client without a secret, too, and no other can redeem its code', async () => {
    const configuration = await discovered(openid.None(), PUBLIC_CLIENT);
    const back = signedIn(await asked(configuration));
    const tokens = await openid.authorizationCodeGrant(configuration, back, checks);
    expect(tokens.claims()).toMatchObject({ sub: 'ada', aud: 'firebreak-public' });
    const again = signedIn(await asked(configuration));
    await expect(openid.authorizationCodeGrant(await discovered(), again, checks)).rejects.toMatchObject({
      error: 'invalid_grant',
    });
  });

  it('has a signature that the published keys fit, and no other text', async () => {
    const configuration = await discovered();
    openid.enableNonRepudiationChecks(configuration);
    const back = signedIn(await asked(configuration));
    await expect(openid.authorizationCodeGrant(configuration, back, checks)).resolves.toBeDefined();
    const forged: typeof fetched = async (url, init) => {
      const response = await fetched(url, init);
      if (!url.endsWith('/token')) return response;
      const said = (await response.json()) as { id_token: string };
      const [head, claims, signature] = said.id_token.split('.');
      const other = Buffer.from(String(Buffer.from(claims ?? '', 'base64url')).replace('ada', 'eve'));
      return Response.json({ ...said, id_token: [head, other.toString('base64url'), signature].join('.') });
    };
    configuration[openid.customFetch] = forged;
    const again = signedIn(await asked(configuration));
    await expect(openid.authorizationCodeGrant(configuration, again, checks)).rejects.toMatchObject({
      cause: { message: expect.stringContaining('signature') },
    });
  });

  it('is too late a minute later, on the account’s clock', async () => {
    const configuration = await discovered();
    const late = signedIn(await asked(configuration));
    await fake.clock.advance(61_000);
    await expect(openid.authorizationCodeGrant(configuration, late, checks)).rejects.toMatchObject({
      error: 'invalid_grant',
    });
  });

  it('is down, or refuses, when it is told to', async () => {
    const configuration = await discovered();
    const url = await asked(configuration);
    const back = signedIn(url);
    ail(fake.account, { host: LOGIN_HOST, status: 'down', seconds: 3600 });
    await expect(discovered()).rejects.toThrow();
    await expect(openid.authorizationCodeGrant(configuration, back, checks)).rejects.toThrow();
    expect(browse(fake.account, url)).toBeUndefined();
    ail(fake.account, { host: LOGIN_HOST, status: 503, seconds: 10 });
    expect(browse(fake.account, url)?.status).toBe(503);
    await fake.clock.advance(3_600_001);
    expect(browse(fake.account, url)?.status).toBe(200);
    expect(postsTo(fake.account, LOGIN_HOST).map(({ path, answered }) => [path, answered])).toContainEqual([
      '/token',
      'down',
    ]);
  });
});

describe('a code is refused', () => {
  const redeem = async (over: Readonly<Record<string, string>>) => {
    const code = signedIn(await asked(await discovered())).searchParams.get('code') ?? '';
    return token({ code, ...over });
  };
  const token = async (over: Readonly<Record<string, string>>, method = 'POST') => {
    const body = new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: LOGIN_CLIENT.id,
      client_secret: LOGIN_CLIENT.secret,
      redirect_uri: REDIRECT,
      code_verifier: VERIFIER,
      ...over,
    });
    const response = await fetched(`${LOGIN_ISSUER}/token`, { method, body });
    return [response.status, ((await response.json()) as { error?: string }).error];
  };

  it.each([
    ['of another client', { client_id: 'other' }, [401, 'invalid_client']],
    ['with a wrong secret', { client_secret: 'other' }, [401, 'invalid_client']],
    ['with another verifier', { code_verifier: 'w'.repeat(43) }, [400, 'invalid_grant']],
    ['for another address', { redirect_uri: `${REDIRECT}/` }, [400, 'invalid_grant']],
    ['for another grant', { grant_type: 'password' }, [400, 'unsupported_grant_type']],
    ['that nobody was given', { code: 'made-up' }, [400, 'invalid_grant']],
  ])('%s', async (_why, over, refused) => {
    expect(await redeem(over)).toEqual(refused);
    expect(await redeem({})).toEqual([200, undefined]);
  });

  it('the second time', async () => {
    const code = signedIn(await asked(await discovered())).searchParams.get('code') ?? '';
    expect(await token({ code })).toEqual([200, undefined]);
    expect(await token({ code })).toEqual([400, 'invalid_grant']);
  });

  it('by another method, and there is nothing at other paths', async () => {
    expect((await fetched(`${LOGIN_ISSUER}/token`)).status).toBe(405);
    expect((await fetched(`${LOGIN_ISSUER}/userinfo`)).status).toBe(404);
  });
});
