import type { RemovedCheck } from '../removedCheck.ts';

/** What the login provider refuses as a real one does: without it, a console that does not look would pass. */
export const loginChecks: readonly RemovedCheck[] = [
  {
    file: 'sandbox/services/outside/login/authorize.ts',
    text: 'if (!LOOPBACK.test(redirectUri) || !URL.canParse(redirectUri))',
    replacement: 'if (!URL.canParse(redirectUri))',
    test: 'test/sandbox/services/outside/login/authorize.test.ts',
    name: 'sends nothing anywhere else',
    why: 'A page could have a code sent to itself.',
  },
  {
    file: 'sandbox/services/outside/login/authorize.ts',
    text: "if (!isChallenged || asked.get('code_challenge_method') !== 'S256')",
    replacement: "if (asked.get('code_challenge_method') === 'none')",
    test: 'test/sandbox/services/outside/login/authorize.test.ts',
    name: 'no challenge',
    why: 'A sign-in without PKCE would work here.',
  },
  {
    file: 'sandbox/services/outside/login/token.ts',
    text: 'return challenge === grant.challenge ? undefined :',
    replacement: 'return verifier !== grant.challenge ? undefined :',
    test: 'test/sandbox/services/outside/login/provider.test.ts',
    name: 'with another verifier',
    why: 'A code that was stolen on its way could be redeemed.',
  },
  {
    file: 'sandbox/services/outside/login/token.ts',
    text: '  grantsOf(account).delete(code);\n',
    replacement: '',
    test: 'test/sandbox/services/outside/login/provider.test.ts',
    name: 'the second time',
    why: 'A console that redeems a code twice would not be noticed.',
  },
  {
    file: 'sandbox/services/outside/login/token.ts',
    text: 'return id === LOGIN_CLIENT.id && secret === LOGIN_CLIENT.secret ? id : undefined;',
    replacement: 'return id === LOGIN_CLIENT.id ? id : undefined;',
    test: 'test/sandbox/services/outside/login/provider.test.ts',
    name: 'with a wrong secret',
    why: 'A wrong client secret would be found in production only.',
  },
  {
    file: 'sandbox/services/outside/login/token.ts',
    text: "  if (form.get('redirect_uri') !== grant.redirectUri)",
    replacement: "  if (form.get('redirect_uri') === 'none')",
    test: 'test/sandbox/services/outside/login/provider.test.ts',
    name: 'for another address',
    why: 'A console that redeems with another redirect_uri would be refused by every real provider, and not here.',
  },
  {
    file: 'sandbox/services/outside/login/token.ts',
    text: 'grant.clientId === clientId ? unfit(account, grant, form) :',
    replacement: 'grant.clientId !== "" ? unfit(account, grant, form) :',
    test: 'test/sandbox/services/outside/login/provider.test.ts',
    name: 'no other can redeem its code',
    why: 'A code for one client could be redeemed by another.',
  },
  {
    file: 'sandbox/services/outside/login/token.ts',
    text: '  if (account.clock.now() - grant.signedInAt > CODE_LASTS_MS)',
    replacement: '  if (grant.signedInAt > account.clock.now())',
    test: 'test/sandbox/services/outside/login/provider.test.ts',
    name: 'is too late a minute later',
    why: 'A code would be good for ever.',
  },
];
