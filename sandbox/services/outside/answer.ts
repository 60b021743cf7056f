import type { Account, RestRequest } from '../../account.ts';
import type { Answer } from '../../door/protocols/protocol.ts';
import { loginAnswer } from './login/provider.ts';
import { LOGIN_HOST } from './login/state.ts';
import { takeEvent } from './pagerDuty.ts';
import { outsideOf } from './state.ts';

/**
 * Hosts that functions reach beside AWS: those of PagerDuty, and names below one that nobody owns (RFC 2606). The list stands in
 * `kernel/worker/sockets.cjs`, too, which leads them to the door.
 */
const OUTSIDE = /^(?:events(?:\.eu)?\.pagerduty\.com|.+\.example(?:\.com)?)(?::443)?$/i;

export const isOutside = (host: string): boolean => OUTSIDE.test(host);

const asText = (status: number, body: string, headers: Answer['headers'] = {}): Answer => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body,
});

interface Reply {
  /** Undefined: the connection breaks. */
  readonly answer: Answer | undefined;
  readonly lateMs: number;
}

/** What a host outside AWS makes of a request: as it should, unless it is told to ail. What was sent is kept. */
export function answerOutside(account: Account, request: RestRequest): Reply {
  const { posts } = outsideOf(account);
  const host = (request.headers['host'] ?? '').replace(/:443$/, '').toLowerCase();
  const now = account.clock.now();
  const body = request.body.toString('utf8');
  const ailed = ailmentOf(account, host);
  const { status, answer } = ailed ?? well(account, host, request);
  posts.push({ at: now, host, path: request.path, headers: request.headers, body, answered: status });
  return { answer, lateMs: ailed?.lateMs ?? 0 };
}

/** What a host answers while it is told to ail. */
export function ailmentOf(account: Account, host: string) {
  const now = account.clock.now();
  const ailment = outsideOf(account).ailments.find((one) => one.host === host && one.until > now);
  return ailment && { ...ailed(ailment.status, ailment.retryAfter), lateMs: ailment.lateMs };
}

function ailed(
  status: number | 'down',
  retryAfter: number | undefined,
): { readonly status: number | 'down'; readonly answer: Answer | undefined } {
  if (status === 'down') return { status, answer: undefined };
  const headers = retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) };
  return { status, answer: asText(status, '{"message":"as it was told to"}', headers) };
}

function well(account: Account, host: string, request: RestRequest) {
  if (host === LOGIN_HOST) {
    const answer = loginAnswer(account, request);
    return { status: answer.status, answer };
  }
  if (!host.endsWith('pagerduty.com')) return { status: 200, answer: asText(200, '{}') };
  const { status, said } = takeEvent(account, request.path, request.body.toString('utf8'));
  return { status, answer: asText(status, JSON.stringify(said)) };
}
