import type { Account } from '../../../account.ts';
import type { SentRequest } from '../../../door/sent.ts';
import type { FunctionUrl } from './state.ts';

/** Between two hops only (RFC 9110, 7.6.1); cookies are told apart in a field of their own, and the forwarding is Lambda's to tell. */
const NOT_PASSED_ON = new Set([
  'connection',
  'cookie',
  'keep-alive',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'x-amzn-trace-id',
  'x-forwarded-for',
  'x-forwarded-port',
  'x-forwarded-proto',
]);

/** What comes as it is; everything else in base64, forms too. */
const TEXT = /^(?:text\/|application\/(?:json|xml|javascript)(?:;|$)|application\/[^;]+\+(?:json|xml)(?:;|$))/i;

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/**
 * The event that a function receives for a request to its URL: API Gateway's payload format 2.0, with fixed values for what a URL does
 * not have (Lambda developer guide, "Invoking Lambda function URLs", request payload format).
 */
export function urlEvent(account: Account, { id }: FunctionUrl, sent: SentRequest, requestId: string) {
  const { method, body, sourceIp } = sent;
  const { path, query } = partsOf(sent.target);
  const headers = headersOf(account, sent);
  const cookies = sent.headers
    .filter(([name]) => name.toLowerCase() === 'cookie')
    .flatMap(([, value]) => value.split(/;\s*/).filter((cookie) => cookie !== ''));
  const parameters = joined([...new URLSearchParams(query)]);
  const isText = TEXT.test(headers['content-type'] ?? 'text/plain');
  const domainName = `${id}.lambda-url.localhost`;
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: query,
    ...(cookies.length === 0 ? {} : { cookies }),
    headers,
    ...(query === '' ? {} : { queryStringParameters: parameters }),
    requestContext: {
      accountId: 'anonymous',
      apiId: id,
      domainName,
      domainPrefix: id,
      http: { method, path, protocol: 'HTTP/1.1', sourceIp, userAgent: headers['user-agent'] ?? '' },
      requestId,
      routeKey: '$default',
      stage: '$default',
      time: clfTime(account.clock.now()),
      timeEpoch: account.clock.now(),
    },
    ...(body.length === 0 ? {} : { body: body.toString(isText ? 'utf8' : 'base64') }),
    isBase64Encoded: body.length > 0 && !isText,
  };
}

/** Path and query as they were sent, not decoded. */
function partsOf(target: string): { readonly path: string; readonly query: string } {
  // A client that takes the door for a proxy sends the whole URL.
  const own = target.replace(/^https?:\/\/[^/?#]*/i, '');
  const at = own.indexOf('?');
  const path = at < 0 ? own : own.slice(0, at);
  return { path: path.startsWith('/') ? path : `/${path}`, query: at < 0 ? '' : own.slice(at + 1) };
}

function headersOf(account: Account, { headers, sourceIp }: SentRequest): Readonly<Record<string, string>> {
  const passed = headers
    .map(([name, value]): [string, string] => [name.toLowerCase(), value])
    .filter(([name]) => !NOT_PASSED_ON.has(name));
  const seconds = Math.floor(account.clock.now() / 1000).toString(16);
  return {
    ...joined(passed),
    'x-amzn-trace-id': `Root=1-${seconds}-${account.random.hex(24)}`,
    'x-forwarded-for': sourceIp,
    'x-forwarded-port': new URL(account.endpoint).port,
    'x-forwarded-proto': 'http',
  };
}

/** Values of one name, joined by commas, in the order of the first of each. */
function joined(entries: readonly (readonly [string, string])[]): Readonly<Record<string, string>> {
  const values = new Map<string, string>();
  for (const [name, value] of entries) {
    const before = values.get(name);
    values.set(name, before === undefined ? value : `${before},${value}`);
  }
  return Object.fromEntries(values);
}

/** `12/Mar/2020:19:03:58 +0000` */
function clfTime(at: number): string {
  const [day, time] = new Date(at).toISOString().split('T');
  const [year, month, date] = (day ?? '').split('-');
  return `${date}/${MONTHS[Number(month) - 1]}/${year}:${time?.slice(0, 8)} +0000`;
}
