import type { Account } from '../../../../../sandbox/account.ts';
import { answerOutside } from '../../../../../sandbox/services/outside/answer.ts';
import { authorizeAnswer } from '../../../../../sandbox/services/outside/login/authorize.ts';

/** The provider as a function reaches it, for a client that takes a `fetch` of one's own. */
export const providerFetch =
  (account: Account) =>
  async (url: string, init: { readonly method?: string; readonly headers?: object; readonly body?: unknown } = {}) => {
    const { host, pathname, searchParams } = new URL(url);
    const headers = Object.fromEntries(new Headers(init.headers as Record<string, string>));
    const { answer } = answerOutside(account, {
      method: init.method ?? 'GET',
      path: pathname,
      query: searchParams,
      headers: { ...headers, host },
      body: Buffer.from(String(init.body ?? '')),
    });
    if (answer === undefined) throw new TypeError('fetch failed');
    return new Response(String(answer.body), { status: answer.status, headers: { ...answer.headers } });
  };

/** What the provider answers to a browser: to its form where there is one. */
export function browse(account: Account, url: URL, form?: Readonly<Record<string, string>>, method?: string) {
  const body = form === undefined ? '' : new URLSearchParams(form).toString();
  const sent = { method: method ?? (form === undefined ? 'GET' : 'POST'), body: Buffer.from(body) };
  return authorizeAnswer(account, {
    ...sent,
    target: `${url.pathname}${url.search}`,
    headers: [['Host', url.host]],
    sourceIp: '127.0.0.1',
  });
}
