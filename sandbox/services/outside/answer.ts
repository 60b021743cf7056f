import type { Account, RestRequest } from '../../account.ts';
import type { Answer } from '../../door/protocols/protocol.ts';
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
  const { posts, ailments } = outsideOf(account);
  const host = (request.headers['host'] ?? '').replace(/:443$/, '').toLowerCase();
  const now = account.clock.now();
  const ailment = ailments.find((one) => one.host === host && one.until > now);
  const body = request.body.toString('utf8');
  const { status, answer } = ailed(ailment?.status, ailment?.retryAfter) ?? well(account, host, request.path, body);
  posts.push({ at: now, host, path: request.path, headers: request.headers, body, answered: status });
  return { answer, lateMs: ailment?.lateMs ?? 0 };
}

function ailed(
  status: number | 'down' | undefined,
  retryAfter: number | undefined,
): { readonly status: number | 'down'; readonly answer: Answer | undefined } | undefined {
  if (status === undefined) return undefined;
  if (status === 'down') return { status, answer: undefined };
  const headers = retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) };
  return { status, answer: asText(status, '{"message":"as it was told to"}', headers) };
}

function well(account: Account, host: string, path: string, body: string) {
  if (!host.endsWith('pagerduty.com')) return { status: 200, answer: asText(200, '{}') };
  const { status, said } = takeEvent(account, path, body);
  return { status, answer: asText(status, JSON.stringify(said)) };
}
