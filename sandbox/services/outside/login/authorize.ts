import type { Account } from '../../../account.ts';
import type { Answer } from '../../../door/protocols/protocol.ts';
import type { SentRequest } from '../../../door/sent.ts';
import { ailmentOf } from '../answer.ts';
import { refusalPage, signInPage } from './pages.ts';
import { grantsOf, isClientId, LOGIN_HOST, LOGIN_ISSUER } from './state.ts';

/** Where a code may be sent: to this machine, whoever asks. */
const LOOPBACK = /^http:\/\/(?:127\.0\.0\.1|\[::1\]|(?:[a-z0-9-]+\.)*localhost)(?::\d+)?(?:\/|$)/i;

/**
 * What the provider shows to a person's browser, and answers to its form (OpenID Connect Core 1.0, 3.1.2). Anybody is who they say, and in
 * the groups that they say. Undefined: it is told to be down.
 */
export function authorizeAnswer(account: Account, { method, target, body }: SentRequest): Answer | undefined {
  const ailed = ailmentOf(account, LOGIN_HOST);
  if (ailed !== undefined) return ailed.answer;
  const { pathname, searchParams: asked } = new URL(target, 'http://login.localhost');
  if (pathname !== '/authorize') return refusalPage(404, 'There is no such page.');
  if (method !== 'GET' && method !== 'POST') return refusalPage(405, 'A browser asks with GET, its form with POST.');
  // Before anything is sent on: to where, and for whom, is not known to be right (RFC 6749, 4.1.2.1).
  if (!isClientId(asked.get('client_id'))) return refusalPage(400, 'No client has this client_id.');
  const redirectUri = asked.get('redirect_uri') ?? '';
  if (!LOOPBACK.test(redirectUri) || !URL.canParse(redirectUri))
    return refusalPage(400, 'The redirect_uri is not on this machine.');
  const wrong = wrongIn(asked);
  if (wrong !== undefined) return sentBack(asked, wrong);
  if (method === 'GET') return signInPage(new URL(redirectUri).host);
  const form = new URLSearchParams(body.toString('utf8'));
  if (form.has('deny')) return sentBack(asked, { error: 'access_denied' });
  const user = (form.get('user') ?? '').trim();
  if (user === '') return signInPage(new URL(redirectUri).host, 'Say who you are.');
  const code = account.random.hex(32);
  grantsOf(account).set(code, {
    clientId: asked.get('client_id') ?? '',
    user,
    groups: (form.get('groups') ?? '').split(/[\s,]+/).filter((group) => group !== ''),
    redirectUri,
    scope: asked.get('scope') ?? '',
    nonce: asked.get('nonce') ?? undefined,
    challenge: asked.get('code_challenge') ?? '',
    signedInAt: account.clock.now(),
  });
  return sentBack(asked, { code });
}

type Said = Readonly<Record<string, string>>;

function wrongIn(asked: URLSearchParams): Said | undefined {
  if (asked.get('response_type') !== 'code') return { error: 'unsupported_response_type' };
  if (!(asked.get('scope') ?? '').split(' ').includes('openid')) return { error: 'invalid_scope' };
  const isChallenged = /^[\w-]{43}$/.test(asked.get('code_challenge') ?? '');
  if (!isChallenged || asked.get('code_challenge_method') !== 'S256')
    return { error: 'invalid_request', error_description: 'a code_challenge by S256 is needed' };
  return undefined;
}

function sentBack(asked: URLSearchParams, answer: Said): Answer {
  const to = new URL(asked.get('redirect_uri') ?? '');
  const state = asked.get('state');
  // Whose answer it is: RFC 9207.
  const said = { ...answer, ...(state === null ? {} : { state }), iss: LOGIN_ISSUER };
  for (const [name, value] of Object.entries(said)) to.searchParams.set(name, value);
  return { status: 303, headers: { location: to.href, 'cache-control': 'no-store' }, body: '' };
}
