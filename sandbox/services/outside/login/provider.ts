import type { Account, RestRequest } from '../../../account.ts';
import type { Answer } from '../../../door/protocols/protocol.ts';
import { publicKeys } from './signingKey.ts';
import { LOGIN_ISSUER } from './state.ts';
import { tokenAnswer } from './token.ts';

/** What the provider says of itself (OpenID Connect Discovery 1.0, 3). */
const METADATA = {
  issuer: LOGIN_ISSUER,
  authorization_endpoint: `${LOGIN_ISSUER}/authorize`,
  token_endpoint: `${LOGIN_ISSUER}/token`,
  jwks_uri: `${LOGIN_ISSUER}/jwks`,
  response_types_supported: ['code'],
  grant_types_supported: ['authorization_code'],
  subject_types_supported: ['public'],
  id_token_signing_alg_values_supported: ['RS256'],
  scopes_supported: ['openid', 'profile', 'groups'],
  claims_supported: ['sub', 'preferred_username', 'groups', 'auth_time', 'nonce'],
  token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'none'],
  code_challenge_methods_supported: ['S256'],
  authorization_response_iss_parameter_supported: true,
};

const found = (value: object): Answer => ({
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
});

/** What a function is answered by the OpenID Connect provider. */
export function loginAnswer(account: Account, request: RestRequest): Answer {
  if (request.path === '/token') return tokenAnswer(account, request);
  if (request.method === 'GET' && request.path === '/.well-known/openid-configuration') return found(METADATA);
  if (request.method === 'GET' && request.path === '/jwks') return found(publicKeys());
  return { ...found({ error: 'not_found' }), status: 404 };
}
