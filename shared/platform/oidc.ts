import * as client from 'openid-client';

/** Where people sign in, as the settings say. */
export interface IdentityProvider {
  /** With `/.well-known/openid-configuration` below it; `https`. */
  readonly issuer: string;
  readonly clientId: string;
  /** Absent: a public client, which proves itself by PKCE alone. */
  readonly clientSecret?: string | undefined;
}

/** What the browser keeps between going there and coming back. */
export interface Going {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

export interface SignedIn {
  readonly subject: string;
  /** Of the ID token, which was checked: signature, issuer, audience, time, nonce. */
  readonly claims: { readonly [name: string]: unknown };
}

/** OpenID Connect: the authorization code flow with PKCE. */
export interface Oidc {
  /** Where to send the browser, and what it must bring back. Throws where the provider does not answer. */
  begin(provider: IdentityProvider, redirectUri: string): Promise<{ readonly url: string; readonly going: Going }>;
  /** Who came back. Throws where anything does not fit: another state, a used code, a token for somebody else. */
  finish(provider: IdentityProvider, cameBackTo: string, going: Going): Promise<SignedIn>;
}

const timeoutSeconds = 5;

const configuration = ({ issuer, clientId, clientSecret }: IdentityProvider): Promise<client.Configuration> =>
  client.discovery(
    new URL(issuer),
    clientId,
    undefined,
    clientSecret === undefined ? client.None() : client.ClientSecretBasic(clientSecret),
    { timeout: timeoutSeconds },
  );

export const openIdConnect: Oidc = {
  begin: async (provider, redirectUri) => {
    const config = await configuration(provider);
    const going = {
      state: client.randomState(),
      nonce: client.randomNonce(),
      verifier: client.randomPKCECodeVerifier(),
    };
    const url = client.buildAuthorizationUrl(config, {
      redirect_uri: redirectUri,
      scope: 'openid profile email',
      state: going.state,
      nonce: going.nonce,
      code_challenge: await client.calculatePKCECodeChallenge(going.verifier),
      code_challenge_method: 'S256',
    });
    return { url: url.href, going };
  },
  finish: async (provider, cameBackTo, { state, nonce, verifier }) => {
    const config = await configuration(provider);
    const tokens = await client.authorizationCodeGrant(config, new URL(cameBackTo), {
      expectedState: state,
      expectedNonce: nonce,
      pkceCodeVerifier: verifier,
      idTokenExpected: true,
    });
    const claims = tokens.claims();
    if (claims === undefined) throw new Error('The identity provider sent no ID token');
    return { subject: `${claims.iss}#${claims.sub}`, claims };
  },
};
