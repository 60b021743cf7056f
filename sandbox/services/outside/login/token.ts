import { createHash } from 'node:crypto';
import type { Account, RestRequest } from '../../../account.ts';
import type { Answer } from '../../../door/protocols/protocol.ts';
import { signedToken } from './signingKey.ts';
import { type Grant, grantsOf, LOGIN_CLIENT, LOGIN_ISSUER, PUBLIC_CLIENT } from './state.ts';

/** RFC 6749, 4.1.2, recommends ten minutes at most; providers give one. */
const CODE_LASTS_MS = 60_000;
const TOKEN_LASTS_S = 3600;

const said = (status: number, body: object, headers: Answer['headers'] = {}): Answer => ({
  status,
  headers: { 'content-type': 'application/json', 'cache-control': 'no-store', ...headers },
  body: JSON.stringify(body),
});

const refused = (error: string, error_description: string): Answer => said(400, { error, error_description });

/** Redeems a code for an id token (OpenID Connect Core 1.0, 3.1.3), once, for the client and verifier that asked for it (RFC 7636). */
export function tokenAnswer(account: Account, { method, headers, body }: RestRequest): Answer {
  if (method !== 'POST') return said(405, { error: 'invalid_request' }, { allow: 'POST' });
  const form = new URLSearchParams(body.toString('utf8'));
  const clientId = clientOf(headers['authorization'], form);
  if (clientId === undefined) {
    const error_description = 'client id and secret are not those of a client';
    return said(401, { error: 'invalid_client', error_description }, { 'www-authenticate': 'Basic realm="login"' });
  }
  if (form.get('grant_type') !== 'authorization_code')
    return refused('unsupported_grant_type', 'grant_type is not authorization_code');
  const code = form.get('code') ?? '';
  const grant = grantsOf(account).get(code);
  // Whatever comes of it: a code that was sent once is worth nothing any more.
  grantsOf(account).delete(code);
  if (grant === undefined) return refused('invalid_grant', 'the code is not known, or was redeemed');
  const why = grant.clientId === clientId ? unfit(account, grant, form) : 'the code is not for this client';
  return why === undefined ? said(200, tokensOf(account, grant)) : refused('invalid_grant', why);
}

/** Id of the client, by `client_secret_basic` or `client_secret_post` (RFC 6749, 2.3.1); of the public one, by its word. */
function clientOf(authorization: string | undefined, form: URLSearchParams): string | undefined {
  const [, basic] = /^Basic +(\S+)$/i.exec(authorization ?? '') ?? [];
  const [id, secret] =
    basic === undefined
      ? [form.get('client_id'), form.get('client_secret')]
      : [...new URLSearchParams(Buffer.from(basic, 'base64').toString('utf8').replace(':', '='))].flat();
  if (id === PUBLIC_CLIENT.id) return secret === null ? id : undefined;
  return id === LOGIN_CLIENT.id && secret === LOGIN_CLIENT.secret ? id : undefined;
}

function unfit(account: Account, grant: Grant, form: URLSearchParams): string | undefined {
  if (account.clock.now() - grant.signedInAt > CODE_LASTS_MS) return 'the code is too old';
  if (form.get('redirect_uri') !== grant.redirectUri) return 'redirect_uri is not the one that was asked for';
  const verifier = form.get('code_verifier') ?? '';
  const challenge = createHash('sha256').update(verifier).digest('base64url');
  return challenge === grant.challenge ? undefined : 'code_verifier is not the one of code_challenge';
}

function tokensOf(account: Account, { clientId, user, groups, scope, nonce, signedInAt }: Grant) {
  const iat = Math.floor(account.clock.now() / 1000);
  return {
    access_token: account.random.hex(32),
    token_type: 'Bearer',
    expires_in: TOKEN_LASTS_S,
    scope,
    id_token: signedToken({
      iss: LOGIN_ISSUER,
      sub: user,
      aud: clientId,
      iat,
      exp: iat + TOKEN_LASTS_S,
      auth_time: Math.floor(signedInAt / 1000),
      ...(nonce === undefined ? {} : { nonce }),
      preferred_username: user,
      groups,
    }),
  };
}
