import type { Account } from '../account.ts';
import { askFunctionUrl } from '../services/lambda/url/ask.ts';
import { isUrlHost } from '../services/lambda/url/state.ts';
import { authorizeAnswer } from '../services/outside/login/authorize.ts';
import { isLoginHost, ledHere } from '../services/outside/login/state.ts';
import type { Answer } from './protocols/protocol.ts';
import { hostOf, type SentRequest } from './sent.ts';

/**
 * Hosts that anybody may send to, pages of other origins too, as they may on AWS: whoever stands behind one has to look for itself.
 * Neither the account's operations nor its control endpoint are behind it.
 */
export const isPublic = (host: string): boolean => isUrlHost(host) || isLoginHost(host);

/** What such a host answers; undefined when it is down. */
export async function answerPublic(account: Account, sent: SentRequest): Promise<Answer | undefined> {
  if (isLoginHost(hostOf(sent))) return authorizeAnswer(account, sent);
  const answer = await askFunctionUrl(account, sent);
  const { location } = answer.headers;
  return location === undefined
    ? answer
    : { ...answer, headers: { ...answer.headers, location: ledHere(account, location) } };
}
