import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { invokeFunction } from '../../../../../sandbox/services/lambda/invoke.ts';
import { bundledHandler, removeBundledHandlers } from '../../../bundledHandler.ts';
import { addFunction, closeAccounts, START, smallAccount } from '../../../lambda/accountWithFunction.ts';
import { browse } from './signIn.ts';

let folder: string;
beforeAll(async () => {
  folder = await bundledHandler(`
    import * as openid from 'openid-client';
    export const handler = async ({ back, verifier, nonce }) => {
      const configuration = await openid.discovery(new URL('https://login.example.com'), 'firebreak',
        'sandbox-login-this-opens-only-a-loopback', undefined, { timeout: 5 });
      if (back === undefined) return configuration.serverMetadata().authorization_endpoint;
      openid.enableNonRepudiationChecks(configuration);
      const tokens = await openid.authorizationCodeGrant(configuration, new URL(back),
        { pkceCodeVerifier: verifier, expectedNonce: nonce, expectedState: 'the-state' });
      return tokens.claims();
    };`);
});
afterEach(closeAccounts);
afterAll(removeBundledHandlers);

it('a function signs a person in at the provider, on the account’s clock', async () => {
  const running = await smallAccount();
  addFunction(running, folder, { timeoutSeconds: 30 });
  const endpoint = await invokeFunction(running.account, 'fn', {});
  expect(endpoint).toEqual({ ok: true, payload: 'https://login.example.com/authorize' });
  const verifier = 'v'.repeat(43);
  const url = new URL(String(endpoint.ok && endpoint.payload));
  url.search = new URLSearchParams({
    client_id: 'firebreak',
    response_type: 'code',
    redirect_uri: 'http://fn.lambda-url.localhost/back',
    scope: 'openid',
    state: 'the-state',
    nonce: 'the-nonce',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  }).toString();
  const back = browse(running.account, url, { user: 'ada', groups: 'on-call' })?.headers['location'];
  const signedIn = await invokeFunction(running.account, 'fn', { back, verifier, nonce: 'the-nonce' });
  expect(signedIn).toMatchObject({ ok: true, payload: { sub: 'ada', groups: ['on-call'] } });
  expect(signedIn.ok && (signedIn.payload as { iat: number }).iat).toBe(Math.floor(running.clock.now() / 1000));
  expect(running.clock.now()).toBeGreaterThan(START);
});
